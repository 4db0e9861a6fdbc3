using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>RSET: RFC 5321 §4.1.1.5.</summary>
internal static class Rset
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (!argument.IsEmpty)
        {
            return new(Replies.NoArgument);
        }

        session.GiveUp();
        return new(Replies.Done);
    }
}
