using System.Text;
using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;
using Martlet.Server.Accounts;

namespace Martlet.Server.Smtp.Commands;

/// <summary>AUTH: RFC 4954.</summary>
internal static class Auth
{
    public static async ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        var space = argument.Span.IndexOf((byte)' ');
        var name = Encoding.ASCII.GetString(space < 0 ? argument.Span : argument.Span[..space]);
        var initial = space < 0 ? default(ReadOnlyMemory<byte>?) : argument[(space + 1)..]; // A plain null would become empty memory.
        if (name.Length == 0)
        {
            return new SmtpReply(501, EnhancedStatus.InvalidArguments, "Say: AUTH mechanism");
        }

        if (Refuse(session, name, out var mechanism) is { } refusal)
        {
            return refusal == Replies.LoginNeedsTls ? await RefuseInTheClearAsync(session, mechanism!) : refusal;
        }

        using var exchange = new SaslExchange(mechanism!, session.Service.Authenticator, session.Login);
        var step = await exchange.StartAsync(initial, session.Connection.Stopping);
        while (step is SaslReply.Continue challenge)
        {
            session.Connection.Write($"334 {challenge.Base64}\r\n");
            var kind = await session.Lines.ReadAsync(session.Options.AuthLineBytesMax);
            if (kind == LineKind.Closed)
            {
                session.End(EndReason.PeerClosed);
                return null;
            }

            if (kind != LineKind.Line)
            {
                return TooLong(session, kind);
            }

            step = await exchange.ContinueAsync(session.Lines.Line, session.Connection.Stopping);
        }

        return Finish(session, step);
    }

    private static SmtpReply? Refuse(SmtpSession session, string name, out SaslMechanism? mechanism)
    {
        mechanism = SaslMechanisms.Find(name);
        return session.Options.Role != SmtpRole.Submission ? Replies.LoginElsewhere
            : session.Account is not null ? Replies.LoggedInAlready
            : mechanism is null ? Replies.UnknownMechanism
            : !session.MayLogIn ? Replies.LoginNeedsTls
            : !mechanism.IsOffered(session.Service.Authenticator, session.Login) ? Replies.UnknownMechanism
            : null;
    }

    // An attempt that failed, so that a program set up wrongly can be found.
    private static async Task<SmtpReply> RefuseInTheClearAsync(SmtpSession session, SaslMechanism mechanism)
    {
        await session.Service.Authenticator.RefuseInTheClearAsync(session.Login, mechanism.Name, session.Connection.Stopping);
        if (!session.Login.IsExhausted)
        {
            return Replies.LoginNeedsTls;
        }

        session.End(EndReason.ProtocolError);
        return Replies.TooManyLogins;
    }

    private static SmtpReply TooLong(SmtpSession session, LineKind kind)
    {
        if (kind == LineKind.Endless)
        {
            session.End(EndReason.ProtocolError);
        }

        return kind == LineKind.BareLf ? Replies.LoginMalformed : Replies.LineTooLong;
    }

    /// <summary>The reply to a login that was refused; the session ends when it has had its tries.</summary>
    public static SmtpReply Refuse(SmtpSession session, LoginResult result)
    {
        if (session.Login.IsExhausted)
        {
            session.End(EndReason.ProtocolError);
            return Replies.TooManyLogins;
        }

        return result.Refusal switch
        {
            LoginRefusal.Disabled => Replies.AccountDisabled(result.Text),
            LoginRefusal.Throttled => Replies.TryLoginLater,
            LoginRefusal.OtherAccount => Replies.OtherAccount,
            _ => Replies.BadCredentials,
        };
    }

    private static SmtpReply Finish(SmtpSession session, SaslReply step)
    {
        switch (step)
        {
            case SaslReply.Ended { Result.Grant: { } grant }:
                session.Grant = grant;
                return Replies.LoggedIn;
            case SaslReply.Ended ended:
                return Refuse(session, ended.Result);
            case SaslReply.Cancelled:
                return Replies.LoginCancelled;
            default:
                return Replies.LoginMalformed;
        }
    }
}
