using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Imap;

/// <summary>The string rules of <see cref="ImapReader"/>: quoted strings and literals as bytes, and as text where the protocol means text.</summary>
public static class ImapReaderStrings
{
    extension(ref ImapReader reader)
    {
        /// <summary>quoted. 8-bit bytes are taken as they stand; only <c>\\</c> and <c>\"</c> are escapes.</summary>
        public bool QuotedString(out ReadOnlySpan<byte> value)
        {
            value = default;
            if (!reader.Byte((byte)'"', "Expected a quoted string."))
            {
                return false;
            }

            var raw = reader.Rest;
            var length = 0;
            var escapes = 0;
            while (true)
            {
                var rest = reader.Rest;
                var stop = rest.IndexOfAny(Text.Ascii.QuotedStop);
                if (stop < 0 || rest[stop] is (byte)'\r' or (byte)'\n' or 0)
                {
                    reader.Take(0, stop < 0 ? rest.Length : stop + 1);
                    return reader.Fail("The quoted string does not end.");
                }

                reader.Take(stop + 1, stop + 1);
                length += stop;
                if (rest[stop] == (byte)'"')
                {
                    reader.Take(0, escapes > 0 ? length : 0);
                    value = escapes == 0 ? raw[..length] : Unescape(raw[..length], escapes);
                    return true;
                }

                if (reader.Peek() is not ('"' or '\\'))
                {
                    return reader.Fail("Only \\\\ and \\\" are escapes in a quoted string.");
                }

                reader.Take(1, 1);
                length += 2;
                escapes++;
            }
        }

        /// <summary>The announcement of a literal with its line end, without the data.</summary>
        public bool LiteralHeader(out LiteralHeader header)
        {
            header = default;
            var rest = reader.Rest;
            var end = rest.IndexOf((byte)'\n') + 1;
            var line = CommandFramer.TrimLineEnd(rest[..end]);
            if (end == 0 || !Imap.LiteralHeader.TryReadAtEnd(line, out header, out var length) || length != line.Length)
            {
                reader.Take(0, end == 0 ? rest.Length : end);
                return reader.Fail("Expected a literal.");
            }

            reader.Take(end, end);
            return true;
        }

        /// <summary>literal or literal8, in all forms of <see cref="Imap.LiteralHeader"/>, with its data.</summary>
        /// <param name="value">The data.</param>
        /// <param name="isBinary">It was a literal8. Only then may the data hold NUL.</param>
        public bool Literal(out ReadOnlySpan<byte> value, out bool isBinary)
        {
            value = default;
            isBinary = false;
            if (!reader.LiteralHeader(out var header))
            {
                return false;
            }

            isBinary = header.IsBinary;
            var rest = reader.Rest;
            if (header.Bytes > rest.Length)
            {
                return reader.FailIncomplete();
            }

            value = rest[..(int)header.Bytes];
            reader.Take(value.Length, value.Length);
            return isBinary || !value.Contains((byte)0) || reader.Fail("A literal must not hold NUL."); // RFC 9051 §4.3: CHAR8.
        }

        /// <summary>string: quoted or literal, as bytes.</summary>
        public bool String(out ReadOnlySpan<byte> value)
        {
            value = default;
            return reader.Peek() switch
            {
                '"' => reader.QuotedString(out value),
                '{' => reader.Literal(out value, out _),
                _ => reader.Fail("Expected a string."),
            };
        }

        /// <summary>astring: an atom (with <c>]</c> allowed), quoted or literal, as bytes.</summary>
        public bool AString(out ReadOnlySpan<byte> value) =>
            reader.Peek() is '"' or '{' ? reader.String(out value) : reader.Run(Text.Ascii.AStringChar, "Expected a string or an atom.", out value);

        /// <summary>nstring: a string or NIL, as bytes.</summary>
        public bool NString(out ReadOnlySpan<byte> value, out bool isNil)
        {
            value = default;
            isNil = reader.TryKeyword("NIL"u8);
            return isNil || reader.String(out value);
        }

        /// <summary>astring as text. Must be valid UTF-8 in every state: IMAP4rev2 allows it and no client sends another charset.</summary>
        public bool AStringText([NotNullWhen(true)] out string? value)
        {
            value = null;
            return reader.AString(out var bytes) && reader.ToText(bytes, out value);
        }

        /// <summary>string as text, valid UTF-8.</summary>
        public bool StringText([NotNullWhen(true)] out string? value)
        {
            value = null;
            return reader.String(out var bytes) && reader.ToText(bytes, out value);
        }

        /// <summary>nstring as text, valid UTF-8; null for NIL.</summary>
        public bool NStringText(out string? value)
        {
            value = null;
            return reader.NString(out var bytes, out var isNil) && (isNil || reader.ToText(bytes, out value));
        }

        /// <summary>Decodes bytes already read as strict UTF-8.</summary>
        public bool ToText(scoped ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
        {
            reader.Take(0, bytes.Length);
            text = Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : null;
            return text is not null || reader.Fail("The string is not valid UTF-8.");
        }
    }

    private static byte[] Unescape(ReadOnlySpan<byte> raw, int escapes)
    {
        var value = new byte[raw.Length - escapes];
        var written = 0;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == (byte)'\\')
            {
                i++;
            }

            value[written++] = raw[i];
        }

        return value;
    }
}
