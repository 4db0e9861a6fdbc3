namespace Martlet.Protocols.Imap.Commands;

/// <summary>MOVE and UID MOVE: RFC 9051 §6.4.8.</summary>
/// <param name="Messages">Sequence numbers, or UIDs for the UID form.</param>
/// <param name="Destination">Where to.</param>
public sealed record MoveCommand(NumSet Messages, MailboxName Destination)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static MoveCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.SequenceSet(out var messages)
        && reader.Space() && reader.Mailbox(out var destination)
        && reader.End()
            ? new MoveCommand(messages, destination)
            : null;
}
