using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>Text of servers: UTF-8 where it is, else Latin-1, so that every byte can be seen.</summary>
internal static class ResponseText
{
    /// <summary>What values of responses are made of that are neither strings nor lists: anything but space, parentheses, quote, brace and control characters.</summary>
    public static SearchValues<byte> AtomChar { get; } = Class(static b => b is > 0x20 and not 0x7f and not (byte)'(' and not (byte)')' and not (byte)'"' and not (byte)'{');

    /// <summary>Decodes any bytes.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);

    /// <summary>The first bytes of something for a log: printable ASCII, the rest as dots.</summary>
    public static string Start(ReadOnlySpan<byte> bytes) => string.Create(Math.Min(bytes.Length, 80), bytes, static (text, source) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = source[i] is >= 0x20 and < 0x7f ? (char)source[i] : '.';
        }
    });

    private static SearchValues<byte> Class(Func<byte, bool> isMember) =>
        SearchValues.Create(Enumerable.Range(0, 256).Select(static b => (byte)b).Where(isMember).ToArray());
}
