using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>STARTTLS: RFC 3207.</summary>
internal static class StartTls
{
    public static async ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (!argument.IsEmpty)
        {
            return Replies.NoArgument;
        }

        if (session.Service.Tls is null)
        {
            return Replies.NoTls;
        }

        if (session.Connection.Tls is not null)
        {
            return Replies.TlsIsOn;
        }

        // Commands sent behind STARTTLS in the clear are dropped and never answered: whoever put them there is not the client (CVE-2021-33515 class).
        session.Connection.DiscardUnread();
        session.Reply(Replies.StartTls);
        await session.Connection.FlushAsync();
        await session.StartTlsAsync();
        return null;
    }
}
