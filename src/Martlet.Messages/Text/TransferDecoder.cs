using System.Buffers;
using System.Text;
using Martlet.Messages.Mime;
using Base64Codec = System.Buffers.Text.Base64;

namespace Martlet.Messages.Text;

/// <summary>
/// Removes a content transfer encoding while the bytes come (RFC 2045 §6). Used for SEARCH, previews and BINARY. Bad input never stops it: base64 skips
/// what is not in its alphabet, quoted-printable keeps what is no escape.
/// </summary>
/// <remarks>Constant memory, linear. Not thread safe; one body per instance.</remarks>
public sealed class TransferDecoder
{
    /// <summary>How much longer than its input the output of one call may be.</summary>
    public const int SlackBytes = 4;

    private readonly Kind _kind;
    private int _bits;
    private int _bitCount;
    private State _state;
    private byte _hex;

    private TransferDecoder(Kind kind) => _kind = kind;

    private enum Kind
    {
        Identity,
        Base64,
        QuotedPrintable,
    }

    /// <summary>Where a quoted-printable escape stands.</summary>
    private enum State
    {
        Text,
        Equals,
        Hex,
        SoftBreak,
    }

    /// <summary>Whether the bytes are as they are: 7bit, 8bit, binary.</summary>
    public bool IsIdentity => _kind == Kind.Identity;

    /// <summary>Whether an encoding, known or not, leaves bytes as they are, so that no decoder is needed.</summary>
    internal static bool IsIdentityName(ReadOnlySpan<byte> name) => KindOf(name) == Kind.Identity;

    /// <summary>Makes the decoder of an encoding.</summary>
    /// <param name="encoding">The Content-Transfer-Encoding; absent is 7bit.</param>
    /// <param name="decoder">A decoder; for an unknown encoding one that changes nothing.</param>
    /// <returns>False when the encoding is unknown: IMAP answers UNKNOWN-CTE (RFC 9051 §7.5.2).</returns>
    public static bool TryCreate(OptionalBytes encoding, out TransferDecoder decoder)
    {
        var name = encoding.Value;
        var kind = KindOf(name);
        decoder = new TransferDecoder(kind);
        return kind != Kind.Identity || name.IsEmpty || Ascii.EqualsIgnoreCase(name, "7bit"u8)
            || Ascii.EqualsIgnoreCase(name, "8bit"u8) || Ascii.EqualsIgnoreCase(name, "binary"u8);
    }

    /// <summary>Decodes the next piece.</summary>
    /// <param name="input">Encoded bytes, cut anywhere.</param>
    /// <param name="output">At least <see cref="SlackBytes"/> longer than <paramref name="input"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, input.Length + SlackBytes, nameof(output));
        switch (_kind)
        {
            case Kind.Base64:
                return Base64(input, output);
            case Kind.QuotedPrintable:
                return QuotedPrintable(input, output);
            case Kind.Identity:
            default:
                input.CopyTo(output);
                return input.Length;
        }
    }

    /// <summary>Ends the body: an unfinished escape comes out as it stands, unfinished base64 bits are dropped.</summary>
    /// <param name="output">At least <see cref="SlackBytes"/> long.</param>
    /// <returns>How many bytes were written.</returns>
    public int Finish(Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, SlackBytes, nameof(output));
        var length = 0;
        if (_state == State.Hex)
        {
            output[length++] = (byte)'=';
            output[length++] = _hex;
        }

        _state = State.Text;
        _bitCount = 0;
        return length;
    }

    private static Kind KindOf(ReadOnlySpan<byte> name) =>
        Ascii.EqualsIgnoreCase(name, "base64"u8) ? Kind.Base64
        : Ascii.EqualsIgnoreCase(name, "quoted-printable"u8) ? Kind.QuotedPrintable
        : Kind.Identity;

    private static int Sextet(byte value) => value switch
    {
        >= (byte)'A' and <= (byte)'Z' => value - 'A',
        >= (byte)'a' and <= (byte)'z' => value - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => value - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };

    private int Base64(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var length = 0;
        while (_bitCount == 0 && TryLine(input, output[length..], out var line, out var written))
        {
            // Lines as encoders write them, a whole one at a time.
            input = input[line..];
            length += written;
        }

        foreach (var value in input)
        {
            var sextet = Sextet(value);
            if (sextet < 0)
            {
                // Padding ends a quantum; some senders put several encoded texts one after the other.
                _bitCount = value == '=' ? 0 : _bitCount;
                continue;
            }

            _bits = _bits << 6 | sextet;
            _bitCount += 6;
            if (_bitCount >= 8)
            {
                _bitCount -= 8;
                output[length++] = (byte)(_bits >> _bitCount);
            }
        }

        return length;
    }

    /// <summary>Decodes a line that has whole quanta and its line end; anything else is left for the patient way.</summary>
    private static bool TryLine(ReadOnlySpan<byte> input, Span<byte> output, out int line, out int written)
    {
        written = 0;
        line = input.IndexOf((byte)'\n') + 1;
        var text = input[..line].TrimEnd("\r\n"u8);
        return !text.IsEmpty && text.Length % 4 == 0 && Base64Codec.DecodeFromUtf8(text, output, out _, out written) == OperationStatus.Done;
    }

    private int QuotedPrintable(ReadOnlySpan<byte> input, Span<byte> output)
    {
        var length = 0;
        while (!input.IsEmpty)
        {
            if (_state == State.Text)
            {
                var escape = input.IndexOf((byte)'=');
                var plain = escape < 0 ? input : input[..escape];
                plain.CopyTo(output[length..]);
                length += plain.Length;
                input = input[plain.Length..];
                if (escape < 0)
                {
                    return length;
                }

                input = input[1..];
                _state = State.Equals;
                continue;
            }

            var value = input[0];
            input = input[1..];
            length += Escaped(value, output[length..]);
        }

        return length;
    }

    private int Escaped(byte value, Span<byte> output)
    {
        switch (_state)
        {
            case State.Equals when char.IsAsciiHexDigit((char)value):
                _hex = value;
                _state = State.Hex;
                return 0;
            case State.Equals or State.SoftBreak when value is (byte)' ' or (byte)'\t' or (byte)'\r':
                _state = State.SoftBreak;
                return 0;
            case State.Equals or State.SoftBreak when value == '\n':
                _state = State.Text;
                return 0;
            case State.Hex when char.IsAsciiHexDigit((char)value):
                output[0] = (byte)(HexValue(_hex) << 4 | HexValue(value));
                _state = State.Text;
                return 1;
            case State.Hex:
                output[0] = (byte)'=';
                output[1] = _hex;
                return 2 + Again(value, output[2..]);
            case State.SoftBreak:
                return Again(value, output);
            case State.Equals:
            case State.Text:
            default:
                output[0] = (byte)'=';
                return 1 + Again(value, output[1..]);
        }
    }

    /// <summary>The escape is over without this byte, which may begin the next.</summary>
    private int Again(byte value, Span<byte> output)
    {
        _state = value == '=' ? State.Equals : State.Text;
        if (value == '=')
        {
            return 0;
        }

        output[0] = value;
        return 1;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
