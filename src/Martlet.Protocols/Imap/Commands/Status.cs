namespace Martlet.Protocols.Imap.Commands;

/// <summary>STATUS: RFC 9051 §6.3.11.</summary>
/// <param name="Mailbox">The mailbox asked about.</param>
/// <param name="Items">At least one.</param>
public sealed record StatusCommand(MailboxName Mailbox, StatusItems Items)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static StatusCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var mailbox) && reader.Space() && StatusItemsReader.Read(ref reader, out var items) && reader.End()
            ? new StatusCommand(mailbox, items)
            : null;
}
