using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>QUIT: RFC 5321 §4.1.1.10.</summary>
internal static class Quit
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (!argument.IsEmpty)
        {
            return new(Replies.NoArgument);
        }

        session.End(EndReason.Logout);
        return new(Replies.Goodbye);
    }
}
