using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>GETQUOTAROOT: RFC 9208 §4.1.2. The mailbox need not exist: the answer is what would hold for it.</summary>
internal static class GetQuotaRoot
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session, GetQuotaRootCommand command)
    {
        session.Writer.Raw("* QUOTAROOT "u8).Mailbox(command.Mailbox).Space().AString(QuotaRoot.Name).CrLf();
        QuotaRoot.Write(session.Writer, session.LoggedIn.Row, session.Store.QuotaOf(session.LoggedIn));
        return new(ImapResult.Ok("Done."));
    }
}
