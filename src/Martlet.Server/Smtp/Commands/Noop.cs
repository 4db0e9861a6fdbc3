using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>NOOP, with any argument: RFC 5321 §4.1.1.9.</summary>
internal static class Noop
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument) => new(Replies.Done);
}
