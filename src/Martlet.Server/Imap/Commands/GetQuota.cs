using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>GETQUOTA: RFC 9208 §4.1.1. Limits are the administrator's to set: QUOTASET is not announced and SETQUOTA is no command.</summary>
internal static class GetQuota
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session, GetQuotaCommand command)
    {
        if (command.Root != QuotaRoot.Name)
        {
            return new(ImapResult.No(ResponseCode.NonExistent, "No such quota root."));
        }

        QuotaRoot.Write(session.Writer, session.LoggedIn.Row, session.Store.QuotaOf(session.LoggedIn));
        return new(ImapResult.Ok("Done."));
    }
}
