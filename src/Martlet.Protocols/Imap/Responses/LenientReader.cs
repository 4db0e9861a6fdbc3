using System.Diagnostics.CodeAnalysis;

namespace Martlet.Protocols.Imap.Responses;

/// <summary>
/// Rules of <see cref="ImapReader"/> as responses of real servers need them: several spaces or none, NIL and atoms where strings are due, unknown escapes, NUL in
/// literals, negative sizes. Where the end of a value is unsure they are as strict as the grammar.
/// </summary>
internal static class LenientReader
{
    extension(ref ImapReader reader)
    {
        /// <summary>Spaces, also none. True unless there was an error.</summary>
        public bool Gap()
        {
            while (reader.TryTake((byte)' '))
            {
            }

            return reader.Error is null;
        }

        /// <summary>A quoted string; a backslash makes the next byte itself, whatever it is.</summary>
        public bool AnyQuoted(out ReadOnlySpan<byte> value)
        {
            value = default;
            if (!reader.Byte((byte)'"', "Expected a quoted string."))
            {
                return false;
            }

            var rest = reader.Rest;
            var stop = rest.IndexOfAny(Text.Ascii.QuotedStop);
            if (stop >= 0 && rest[stop] == (byte)'"')
            {
                value = rest[..stop];
                reader.Take(stop + 1, stop + 1);
                return true;
            }

            return EscapedQuoted(ref reader, out value);
        }

        /// <summary>A literal in any form, with any bytes.</summary>
        public bool AnyLiteral(out ReadOnlySpan<byte> value)
        {
            value = default;
            if (!reader.LiteralHeader(out var header))
            {
                return false;
            }

            if (header.Bytes > reader.Rest.Length)
            {
                return reader.FailIncomplete();
            }

            value = reader.Rest[..(int)header.Bytes];
            reader.Take(value.Length, value.Length);
            return true;
        }

        /// <summary>A string in any form, an atom, or NIL.</summary>
        public bool AnyString(out ReadOnlySpan<byte> value, out bool isNil)
        {
            value = default;
            isNil = false;
            switch (reader.Peek())
            {
                case '"':
                    return reader.AnyQuoted(out value);
                case '{' or '~' when IsLiteral(ref reader):
                    return reader.AnyLiteral(out value);
                default:
                    if (!reader.Run(ResponseText.AtomChar, "Expected a string.", out value))
                    {
                        return false;
                    }

                    isNil = System.Text.Ascii.EqualsIgnoreCase(value, "NIL"u8);
                    return true;
            }
        }

        /// <summary>The same as text; null for NIL.</summary>
        public bool AnyText(out string? text)
        {
            text = null;
            if (!reader.AnyString(out var bytes, out var isNil))
            {
                return false;
            }

            if (!isNil)
            {
                reader.Take(0, bytes.Length);
                text = ResponseText.Decode(bytes);
            }

            return true;
        }

        /// <summary>The same as text; empty for NIL.</summary>
        public bool TextOrEmpty(out string text)
        {
            var isRead = reader.AnyText(out var value);
            text = value ?? "";
            return isRead;
        }

        /// <summary>A number; 0 for NIL, for negative ones and for what is quoted and no number.</summary>
        public bool AnyNumber(out long number)
        {
            number = 0;
            if (reader.Peek() is >= '0' and <= '9')
            {
                return reader.Number64(out number);
            }

            return reader.AnyString(out var text, out _)
                && (System.Buffers.Text.Utf8Parser.TryParse(text, out number, out var length) && length == text.Length && number >= 0 || (number = 0) == 0);
        }

        /// <summary>A mailbox name in UTF-8 or modified UTF-7; what is neither is taken as it stands.</summary>
        public bool AnyMailbox(out MailboxName mailbox)
        {
            mailbox = default;
            if (!reader.AnyString(out var bytes, out _))
            {
                return false;
            }

            reader.Take(0, bytes.Length);
            mailbox = new MailboxName(MailboxName.TryDecode(bytes, reader.IsUtf8, out var text) ? text : ResponseText.Decode(bytes));
            return true;
        }

        /// <summary>A level separator: a quoted character or NIL.</summary>
        public bool Separator(out char? separator)
        {
            separator = null;
            if (!reader.AnyText(out var text))
            {
                return false;
            }

            separator = text is { Length: > 0 } ? text[0] : null;
            return true;
        }

        /// <summary>Begins a list; null if NIL stands in its place.</summary>
        public bool OpenList(out bool isOpen)
        {
            isOpen = reader.TryTake((byte)'(');
            return isOpen ? reader.Gap() : reader.TryKeyword("NIL"u8) || reader.Fail("Expected a list.");
        }

        /// <summary>Whether another element of a list follows; takes the spaces before it, or the parenthesis at the end.</summary>
        public bool More() => reader.Gap() && reader.Peek() != -1
            ? !reader.TryTake((byte)')')
            : reader.Fail("The list does not end.");

        /// <summary>A list of texts, or NIL.</summary>
        public bool Texts([NotNullWhen(true)] out List<string>? texts)
        {
            texts = null;
            if (!reader.OpenList(out var isOpen))
            {
                return false;
            }

            List<string> list = [];
            while (isOpen && reader.More())
            {
                if (!reader.TextOrEmpty(out var text))
                {
                    return false;
                }

                list.Add(text);
            }

            texts = list;
            return reader.Error is null;
        }

        /// <summary>Reads over one value: atom, string, literal or list.</summary>
        /// <param name="nestingMax">Depth of lists.</param>
        public bool SkipValue(int nestingMax)
        {
            var depth = 0;
            do
            {
                if (reader.TryTake((byte)'('))
                {
                    if (++depth > nestingMax)
                    {
                        return reader.Fail("The list is nested too deep.", ImapErrorKind.Limit);
                    }
                }
                else if (depth > 0 && reader.TryTake((byte)')'))
                {
                    depth--;
                }
                else if (!reader.AnyString(out _, out _))
                {
                    return false;
                }

                if (depth > 0)
                {
                    reader.Gap();
                }
            }
            while (depth > 0);

            return true;
        }

        /// <summary>The rest of the line as text.</summary>
        public string RestText()
        {
            var rest = CommandFramer.TrimLineEnd(reader.Rest);
            var text = ResponseText.Decode(rest);
            reader.Take(reader.Rest.Length, 2 * reader.Rest.Length);
            return text;
        }

        /// <summary>The end of a response; spaces before it are read over.</summary>
        public bool AnyEnd() => reader.Gap() && reader.End();
    }

    // "~" begins a literal8 only with a brace behind it; "{" always begins a literal.
    private static bool IsLiteral(ref ImapReader reader) => reader.Peek() == '{' || reader.PeekAt(1) == '{';

    private static bool EscapedQuoted(ref ImapReader reader, out ReadOnlySpan<byte> value)
    {
        value = default;
        var rest = reader.Rest;
        var bytes = new List<byte>();
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case (byte)'"':
                    value = bytes.ToArray();
                    reader.Take(i + 1, 2 * (i + 1));
                    return true;
                case (byte)'\r' or (byte)'\n':
                    reader.Take(0, i);
                    return reader.Fail("The quoted string does not end.");
                case (byte)'\\' when i + 1 < rest.Length && rest[i + 1] is not ((byte)'\r' or (byte)'\n'):
                    bytes.Add(rest[++i]);
                    break;
                default:
                    bytes.Add(rest[i]);
                    break;
            }
        }

        reader.Take(0, rest.Length);
        return reader.Fail("The quoted string does not end.");
    }
}
