using System.Buffers;
using System.Globalization;
using System.Text;

namespace Martlet.Protocols.Smtp.Client;

/// <summary>The command lines of a client with arguments. Nothing a caller passes can end a line early: addresses hold no control characters, other text is checked.</summary>
public static class SmtpCommands
{
    // RFC 5321 §4.1.1.1: a domain or an address literal.
    private static readonly SearchValues<char> HelloChars = SearchValues.Create("-._:[]0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Whether a client may call itself that in EHLO.</summary>
    public static bool IsHelloName(string name) => name is { Length: > 0 and <= 255 } && !name.AsSpan().ContainsAnyExcept(HelloChars);

    /// <summary>MAIL with the parameters that the message needs.</summary>
    /// <param name="from">Envelope-from.</param>
    /// <param name="sizeBytes">For SIZE; null leaves it out.</param>
    /// <param name="isEightBit">With BODY=8BITMIME.</param>
    /// <param name="isUtf8">With SMTPUTF8.</param>
    public static byte[] Mail(ReversePath from, long? sizeBytes, bool isEightBit, bool isUtf8)
    {
        var size = sizeBytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $" SIZE={bytes}") : "";
        return Line($"MAIL FROM:{from}{size}{(isEightBit ? " BODY=8BITMIME" : "")}{(isUtf8 ? " SMTPUTF8" : "")}");
    }

    /// <summary>RCPT.</summary>
    public static byte[] Rcpt(ForwardPath to) => Line($"RCPT TO:{to}");

    /// <summary>AUTH.</summary>
    /// <param name="mechanism">Registered name.</param>
    /// <param name="initial">Initial response; an empty one is a lone equals sign (RFC 4954 §4). Null leaves it out.</param>
    public static byte[] Auth(string mechanism, ReadOnlyMemory<byte>? initial) =>
        Line(initial is { } bytes ? $"AUTH {mechanism} {(bytes.IsEmpty ? "=" : Convert.ToBase64String(bytes.Span))}" : $"AUTH {mechanism}");

    /// <summary>A line of text that holds no line end.</summary>
    public static byte[] Line(string text) =>
        text.AsSpan().ContainsAny("\r\n\0") ? throw new ArgumentException("A command is one line.", nameof(text)) : Encoding.UTF8.GetBytes(text + "\r\n");
}
