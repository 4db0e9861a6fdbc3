using System.Buffers;
using System.Text;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>HELO and EHLO: RFC 5321 §4.1.1.1.</summary>
internal static class Hello
{
    private const int NameBytesMax = 255;

    /// <summary>What may stand in Received without care. Wider than the grammar: hosts with underscores and without dots do send mail.</summary>
    private static readonly SearchValues<byte> NameChar = SearchValues.Create("-._:[]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    public static ValueTask<SmtpReply?> HeloAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (ReadName(session, argument.Span) is not { } name)
        {
            return new(Replies.BadHello);
        }

        session.Greet(name, isExtended: false);
        return new(new SmtpReply(250, session.Options.Hostname));
    }

    public static ValueTask<SmtpReply?> EhloAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (ReadName(session, argument.Span) is not { } name)
        {
            return new(Replies.BadHello);
        }

        session.Greet(name, isExtended: true);
        return new(new SmtpReply(250, [session.Options.Hostname, .. EhloCapabilities.Of(session)]));
    }

    private static string? ReadName(SmtpSession session, ReadOnlySpan<byte> argument)
    {
        if (!argument.IsEmpty && argument.Length <= NameBytesMax && !argument.ContainsAnyExcept(NameChar))
        {
            return Encoding.ASCII.GetString(argument);
        }

        // Users' programs send the computer's name, whatever it is; it is shown nowhere.
        return session.Options.Role == SmtpRole.Submission && !argument.IsEmpty ? "unknown" : null;
    }
}
