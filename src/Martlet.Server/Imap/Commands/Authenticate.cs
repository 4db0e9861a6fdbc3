using System.Text;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Accounts;

namespace Martlet.Server.Imap.Commands;

/// <summary>AUTHENTICATE: RFC 9051 §6.2.2, with the initial response of RFC 4959.</summary>
internal static class Authenticate
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, AuthenticateCommand command)
    {
        if (Login.IsInTheClear(session))
        {
            return await Login.RefuseInTheClearAsync(session, command.Mechanism.ToUpperInvariant());
        }

        if (SaslMechanisms.Find(command.Mechanism) is not { } mechanism || !mechanism.IsOffered(session.Authenticator, session.Login))
        {
            return ImapResult.No("That mechanism is not offered on this connection.");
        }

        using var exchange = new SaslExchange(mechanism, session.Authenticator, session.Login);
        var reply = await exchange.StartAsync(InitialResponse(command), session.Connection.Stopping);
        while (reply is SaslReply.Continue next)
        {
            session.Writer.Raw("+ "u8).Atom(next.Base64).CrLf();
            await session.Connection.FlushAsync();
            if (await session.Commands.NextLineAsync() is not { } line)
            {
                throw new IOException("The client went away while logging in.");
            }

            if (line.Length > session.Limits.SaslBytesMax)
            {
                return ImapResult.Bad("The response is too long.");
            }

            reply = await exchange.ContinueAsync(line, session.Connection.Stopping);
        }

        return reply switch
        {
            SaslReply.Ended ended => Login.Finish(session, ended.Result),
            SaslReply.Cancelled => ImapResult.Bad("Cancelled."),
            _ => ImapResult.Bad("Not a response of that mechanism."),
        };
    }

    // Null, not empty, when there was none: with a conditional operator a null array would become an empty response.
    private static ReadOnlyMemory<byte>? InitialResponse(AuthenticateCommand command)
    {
        if (command.InitialResponse is not { } response)
        {
            return null;
        }

        return response.Length == 0 ? "="u8.ToArray() : Encoding.ASCII.GetBytes(Convert.ToBase64String(response));
    }
}
