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
        if (RefuseInTheClear(session) is { } refusal)
        {
            return refusal;
        }

        var result = await session.Authenticator.LoginAsync(command.Username, command.Password, session.Login, cancel: session.Connection.Stopping);
        return Finish(session, result);
    }

    /// <summary>The refusal of any login without TLS; null when it may go on.</summary>
    public static ImapResult? RefuseInTheClear(ImapSession session) => session.Connection.Tls is null && !session.Options.AllowPlainWithoutTls
        ? ImapResult.No(ResponseCode.PrivacyRequired, "Start TLS first: nobody logs in in the clear.")
        : null;

    /// <summary>Reply to a login of any kind.</summary>
    public static ImapResult Finish(ImapSession session, LoginResult result)
    {
        if (result.IsDone)
        {
            session.Enter(result.Grant);
            return ImapResult.Ok($"{ResponseCode.Capability} {Capabilities.For(session)}", $"Logged in as {result.Account.Name}.");
        }

        if (session.Login.IsExhausted)
        {
            session.Writer.Raw("* BYE Too many failed logins.\r\n"u8);
            session.Leave(EndReason.ProtocolError);
        }

        return result.Refusal switch
        {
            LoginRefusal.OtherAccount => ImapResult.No(ResponseCode.AuthorizationFailed, "That is not the same account."),
            // Without a code: with one, mail programs ask for another password, which helps nobody here.
            LoginRefusal.Disabled => ImapResult.No(result.Text.Length > 0 ? result.Text : "The account is disabled."),
            LoginRefusal.Throttled => ImapResult.No(ResponseCode.Limit, "Too many failed logins; try again later."),
            _ => ImapResult.No(ResponseCode.AuthenticationFailed, "Wrong address or password."),
        };
    }
}
