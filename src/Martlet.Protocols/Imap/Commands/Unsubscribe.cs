namespace Martlet.Protocols.Imap.Commands;

/// <summary>UNSUBSCRIBE: RFC 9051 §6.3.8.</summary>
/// <param name="Mailbox">The name; it need not exist.</param>
public sealed record UnsubscribeCommand(MailboxName Mailbox)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static UnsubscribeCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var mailbox) && reader.End() ? new UnsubscribeCommand(mailbox) : null;
}
