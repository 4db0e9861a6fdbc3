namespace Martlet.Protocols.Imap.Commands;

/// <summary>DELETE: RFC 9051 §6.3.5.</summary>
/// <param name="Mailbox">The mailbox to remove.</param>
public sealed record DeleteCommand(MailboxName Mailbox)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static DeleteCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var mailbox) && reader.End() ? new DeleteCommand(mailbox) : null;
}
