namespace Martlet.Protocols.Imap.Commands;

/// <summary>SUBSCRIBE: RFC 9051 §6.3.7.</summary>
/// <param name="Mailbox">The name; it need not exist.</param>
public sealed record SubscribeCommand(MailboxName Mailbox)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static SubscribeCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var mailbox) && reader.End() ? new SubscribeCommand(mailbox) : null;
}
