using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Imap;

/// <summary>
/// Writes IMAP responses into a buffer. Each method writes one element of the grammar of RFC 9051 §9 and nothing around it, and gives the writer
/// back, so that a response reads as one chain. It never sends: the session flushes. Composite values are in <see cref="ImapWriterValues"/>.
/// </summary>
/// <remarks>Not thread-safe; one per connection, over the connection's output buffer.</remarks>
public sealed class ImapWriter(IBufferWriter<byte> output)
{
    /// <summary>Longest quoted string, in bytes of content. Longer ones are literals, which every client reads without a line buffer.</summary>
    public const int QuotedBytesMax = 4 * 1024;

    /// <summary>
    /// UTF8=ACCEPT or IMAP4rev2 is enabled: UTF-8 may stand in quoted strings and mailbox names (RFC 6855 §3, RFC 9051 §4.3). Else 8-bit goes
    /// into literals and mailbox names are modified UTF-7.
    /// </summary>
    public bool IsUtf8 { get; set; }

    /// <summary>Where it goes.</summary>
    public IBufferWriter<byte> Output { get; } = output;

    /// <summary>Bytes as they are: <c>"* OK "u8</c>.</summary>
    public ImapWriter Raw(ReadOnlySpan<byte> bytes)
    {
        Output.Write(bytes);
        return this;
    }

    /// <summary>ASCII text as it is: a tag, a capability, a response code.</summary>
    /// <param name="ascii">An atom or a row of atoms that the program made; other characters become <c>?</c>.</param>
    public ImapWriter Atom(string ascii)
    {
        ArgumentNullException.ThrowIfNull(ascii);
        var span = Output.GetSpan(ascii.Length);
        Output.Advance(Encoding.ASCII.GetBytes(ascii, span));
        return this;
    }

    /// <summary>One space.</summary>
    public ImapWriter Space() => Raw(" "u8);

    /// <summary>The end of a line.</summary>
    public ImapWriter CrLf() => Raw("\r\n"u8);

    /// <summary><c>NIL</c></summary>
    public ImapWriter Nil() => Raw("NIL"u8);

    /// <summary>A number in decimal.</summary>
    /// <param name="number">Not negative: no number of IMAP is.</param>
    public ImapWriter Number(long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        var span = Output.GetSpan(20);
        Utf8Formatter.TryFormat(number, span, out var written);
        Output.Advance(written);
        return this;
    }

    /// <summary>Human text at the end of a line: CR, LF and NUL become spaces, and 8-bit becomes <c>?</c> where it is not allowed (RFC 9051 §7.1).</summary>
    public ImapWriter Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = (IsUtf8 ? Encoding.UTF8 : Encoding.ASCII).GetBytes(text);
        foreach (ref var b in bytes.AsSpan())
        {
            b = b is 0 or (byte)'\r' or (byte)'\n' ? (byte)' ' : b;
        }

        return Raw(bytes);
    }

    /// <summary>nstring: a string, or NIL for null.</summary>
    public ImapWriter NString(string? value) => value is null ? Nil() : String(value);

    /// <summary>string, as the overload for bytes.</summary>
    public ImapWriter String(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Length > 256)
        {
            return String(Encoding.UTF8.GetBytes(value));
        }

        Span<byte> bytes = stackalloc byte[256 * 3];
        return String(bytes[..Encoding.UTF8.GetBytes(value, bytes)]);
    }

    /// <summary>
    /// string: quoted if it can be, else a literal. Quoted are at most <see cref="QuotedBytesMax"/> bytes without CR, LF and NUL, in ASCII, or in valid UTF-8 where that is allowed.
    /// </summary>
    /// <param name="value">Any bytes. A literal must not hold NUL (RFC 9051 §4.3): where data may, use <see cref="LiteralHeader"/> with literal8.</param>
    public ImapWriter String(ReadOnlySpan<byte> value)
    {
        if (value.Length > QuotedBytesMax)
        {
            return Literal(value);
        }

        if (!value.ContainsAny(Protocols.Text.Ascii.NotPlainQuoted))
        {
            var span = Output.GetSpan(value.Length + 2);
            span[0] = (byte)'"';
            value.CopyTo(span[1..]);
            span[value.Length + 1] = (byte)'"';
            Output.Advance(value.Length + 2);
            return this;
        }

        var isQuotable = !value.ContainsAny("\0\r\n"u8) && (System.Text.Ascii.IsValid(value) || (IsUtf8 && Utf8.IsValid(value)));
        return isQuotable ? Quoted(value) : Literal(value);
    }

    /// <summary>nstring of bytes.</summary>
    /// <param name="value">The bytes.</param>
    /// <param name="isNil">Write NIL in their place.</param>
    public ImapWriter NString(ReadOnlySpan<byte> value, bool isNil) => isNil ? Nil() : String(value);

    /// <summary>astring: an atom if it can be, else a string.</summary>
    public ImapWriter AString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        foreach (var c in value)
        {
            if (c > 0x7f || !Protocols.Text.Ascii.AStringChar.Contains((byte)c))
            {
                return String(value);
            }
        }

        return value.Length == 0 || value.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? String(value) : Atom(value);
    }

    /// <summary>A literal with its bytes.</summary>
    public ImapWriter Literal(ReadOnlySpan<byte> value) => LiteralHeader(value.Length, isBinary: false).Raw(value);

    /// <summary>The announcement of a literal; the caller sends exactly that many bytes after it.</summary>
    /// <param name="bytes">Size of the data.</param>
    /// <param name="isBinary">literal8, for BINARY (RFC 3516 §4.4): the data may hold NUL.</param>
    public ImapWriter LiteralHeader(long bytes, bool isBinary) => Raw(isBinary ? "~{"u8 : "{"u8).Number(bytes).Raw("}\r\n"u8);

    /// <summary>quoted, with escapes. The caller has made sure that it can be quoted.</summary>
    private ImapWriter Quoted(ReadOnlySpan<byte> value)
    {
        Raw("\""u8);
        while (true)
        {
            var special = value.IndexOfAny("\"\\"u8);
            if (special < 0)
            {
                return Raw(value).Raw("\""u8);
            }

            Raw(value[..special]).Raw("\\"u8).Raw(value.Slice(special, 1));
            value = value[(special + 1)..];
        }
    }
}
