using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>Commands that exist elsewhere: known, so that the answer is 502 and not 500 (RFC 5321 §4.2.4).</summary>
internal static class NotOffered
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument) => new(Replies.NotOffered);
}
