namespace Martlet.Protocols.Imap.Commands;

/// <summary>GETQUOTAROOT: RFC 9208 §4.1.2.</summary>
/// <param name="Mailbox">Mailbox; it need not exist.</param>
public sealed record GetQuotaRootCommand(MailboxName Mailbox)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static GetQuotaRootCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var mailbox) && reader.End() ? new GetQuotaRootCommand(mailbox) : null;
}
