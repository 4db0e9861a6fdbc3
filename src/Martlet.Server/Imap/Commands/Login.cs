using Martlet.Network.Connections;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Accounts;

namespace Martlet.Server.Imap.Commands;

/// <summary>LOGIN: RFC 9051 §6.2.3.</summary>
internal static class Login
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, LoginCommand command)
    {
        if (IsInTheClear(session))
        {
            return await RefuseInTheClearAsync(session, "LOGIN");
        }

        var result = await session.Authenticator.LoginAsync(command.Username, command.Password, session.Login, cancel: session.Connection.Stopping);
        return Finish(session, result);
    }

    /// <summary>The reply to any login without TLS.</summary>
    public static readonly ImapResult InTheClear = ImapResult.No(ResponseCode.PrivacyRequired, "Start TLS first: nobody logs in in the clear.");

    /// <summary>Whether nobody may log in now, because TLS has not started.</summary>
    public static bool IsInTheClear(ImapSession session) => session.Connection.Tls is null && !session.Options.AllowPlainWithoutTls;

    /// <summary>The refusal of any login then. It is an attempt that failed, so that a program set up wrongly can be found.</summary>
    public static async ValueTask<ImapResult> RefuseInTheClearAsync(ImapSession session, string mechanism)
    {
        await session.Authenticator.RefuseInTheClearAsync(session.Login, mechanism, session.Connection.Stopping);
        EndIfExhausted(session);
        return InTheClear;
    }

    /// <summary>Reply to a login of any kind.</summary>
    public static ImapResult Finish(ImapSession session, LoginResult result)
    {
        if (result.IsDone)
        {
            session.Enter(result.Grant);
            return ImapResult.Ok($"{ResponseCode.Capability} {Capabilities.For(session)}", $"Logged in as {result.Account.Name}.");
        }

        EndIfExhausted(session);
        return result.Refusal switch
        {
            LoginRefusal.OtherAccount => ImapResult.No(ResponseCode.AuthorizationFailed, "That is not the same account."),
            // Without a code: with one, mail programs ask for another password, which helps nobody here.
            LoginRefusal.Disabled => ImapResult.No(result.Text.Length > 0 ? result.Text : "The account is disabled."),
            LoginRefusal.Throttled => ImapResult.No(ResponseCode.Limit, "Too many failed logins; try again later."),
            _ => ImapResult.No(ResponseCode.AuthenticationFailed, "Wrong address or password."),
        };
    }

    private static void EndIfExhausted(ImapSession session)
    {
        if (session.Login.IsExhausted)
        {
            session.Writer.Raw("* BYE Too many failed logins.\r\n"u8);
            session.Leave(EndReason.ProtocolError);
        }
    }
}
