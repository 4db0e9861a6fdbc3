namespace Martlet.Protocols.Imap.Commands;

/// <summary>COPY and UID COPY: RFC 9051 §6.4.7.</summary>
/// <param name="Messages">Sequence numbers, or UIDs for the UID form.</param>
/// <param name="Destination">Where to.</param>
public sealed record CopyCommand(NumSet Messages, MailboxName Destination)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static CopyCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.SequenceSet(out var messages)
        && reader.Space() && reader.Mailbox(out var destination)
        && reader.End()
            ? new CopyCommand(messages, destination)
            : null;
}
