
namespace Martlet.Server.Imap.Commands;

/// <summary>STARTTLS: RFC 9051 §6.2.1. What was sent in the clear after the command is dropped, never executed (CVE-2021-33515 class).</summary>
internal static class StartTls
{
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    public static async ValueTask<ImapResult> RunAsync(ImapSession session)
    {
        if (!session.CanStartTls)
        {
            return ImapResult.Bad(session.Connection.Tls is null ? "TLS cannot start any more." : "TLS is on already.");
        }

        session.Connection.DiscardUnread();
        session.WriteTagged(ImapResult.Ok("Begin TLS."));
        await session.Connection.FlushAsync();
        await session.Connection.StartTlsAsync(session.Tls, HandshakeTimeout);
        session.Login.WithTls(session.Connection);
        session.Authenticator.NoteKey(session.Login);
        return ImapResult.Silent;
    }
}
