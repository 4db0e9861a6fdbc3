using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>VRFY: RFC 5321 §4.1.1.6; the answer that tells nothing is allowed by §7.3.</summary>
internal static class Vrfy
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument) =>
        new(argument.IsEmpty ? new SmtpReply(501, EnhancedStatus.InvalidArguments, "Say: VRFY address") : Replies.NotVerified);
}
