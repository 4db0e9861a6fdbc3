namespace Martlet.Protocols.Imap.Commands;

/// <summary>RENAME: RFC 9051 §6.3.6.</summary>
/// <param name="From">The mailbox to rename.</param>
/// <param name="To">Its new name.</param>
public sealed record RenameCommand(MailboxName From, MailboxName To)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static RenameCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var from) && reader.Space() && reader.Mailbox(out var to) && reader.End()
            ? new RenameCommand(from, to)
            : null;
}
