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
        if (session.Connection.Tls is null && !session.Options.AllowPlainWithoutTls)
        {
            return ImapResult.No(ResponseCode.PrivacyRequired, "Start TLS first: passwords are not taken in the clear.");
        }

        var result = await session.Authenticator.LoginAsync(command.Username, command.Password, session.Login, cancel: session.Connection.Stopping);
        return Finish(session, result);
    }

    /// <summary>Reply to a login of any kind.</summary>
    public static ImapResult Finish(ImapSession session, LoginResult result)
    {
        if (result.IsDone)
        {
            session.Enter(result.Account);
            return ImapResult.Ok($"{ResponseCode.Capability} {Capabilities.For(session)}", $"Logged in as {result.Account.Name}.");
        }

        if (session.Login.IsExhausted)
        {
            session.Writer.Raw("* BYE Too many failed logins.\r\n"u8);
            session.Leave(EndReason.ProtocolError);
        }

        return ImapResult.No(ResponseCode.AuthenticationFailed, "Wrong address or password.");
    }
}
