namespace Martlet.Protocols.Imap.Commands;

/// <summary>LSUB: RFC 3501 §6.3.9. IMAP4rev2 has LIST (SUBSCRIBED) in its place.</summary>
/// <param name="Reference">Put before the pattern as it stands; usually empty.</param>
/// <param name="Pattern">With <c>*</c> and <c>%</c>.</param>
public sealed record LsubCommand(MailboxName Reference, string Pattern)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static LsubCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.Mailbox(out var reference) && reader.Space() && reader.ListMailbox(out var pattern) && reader.End()
            ? new LsubCommand(reference, pattern)
            : null;
}
