using System.Buffers;
using System.Globalization;
using System.Text;
using Martlet.Protocols.Text;

namespace Martlet.Protocols.Imap;

/// <summary>Values as <see cref="ImapWriter"/> writes them: names, flags, sets, dates and sections.</summary>
public static class ImapWriterValues
{
    extension(ImapWriter writer)
    {
        /// <summary>mailbox: modified UTF-7, or UTF-8 when <see cref="ImapWriter.IsUtf8"/>; an atom if it can be, else a string.</summary>
        public ImapWriter Mailbox(MailboxName mailbox)
        {
            if (writer.IsUtf8 || (!mailbox.Value.AsSpan().ContainsAnyExceptInRange(' ', '~') && !mailbox.Value.Contains('&', StringComparison.Ordinal)))
            {
                return writer.AString(mailbox.Value);
            }

            var encoded = new ArrayBufferWriter<byte>(mailbox.Value.Length + 16);
            Utf7Imap.Encode(mailbox.Value, encoded);
            return writer.AString(Encoding.ASCII.GetString(encoded.WrittenSpan));
        }

        /// <summary>flag-list in parentheses.</summary>
        /// <param name="flags">In this order.</param>
        /// <param name="more">Adds <c>\*</c>, new keywords may be made; for PERMANENTFLAGS (RFC 9051 §7.1).</param>
        public ImapWriter Flags(IReadOnlyList<Flag> flags, bool more = false)
        {
            ArgumentNullException.ThrowIfNull(flags);
            writer.Raw("("u8);
            for (var i = 0; i < flags.Count; i++)
            {
                writer.Raw(i > 0 ? " "u8 : ""u8).Atom(flags[i].Name);
            }

            return writer.Raw(!more ? ")"u8 : flags.Count > 0 ? " \\*)"u8 : "\\*)"u8);
        }

        /// <summary>sequence-set.</summary>
        /// <param name="set">Not empty: the grammar has no empty set, so the caller leaves the whole element out.</param>
        public ImapWriter Set(NumSet set)
        {
            ArgumentNullException.ThrowIfNull(set);
            if (set.IsEmpty)
            {
                throw new ArgumentException("An empty set cannot be written.", nameof(set));
            }

            if (set.IsSavedResult)
            {
                return writer.Raw("$"u8);
            }

            var isFirst = true;
            foreach (var (first, last) in set.Ranges)
            {
                writer.Raw(isFirst ? ""u8 : ","u8).SetNumber(first);
                isFirst = false;
                if (first != last)
                {
                    writer.Raw(":"u8).SetNumber(last);
                }
            }

            return writer;
        }

        /// <summary>date-time, quoted: <c>" 1-Feb-1994 21:52:25 -0800"</c>. Seconds are cut, the offset is kept.</summary>
        public ImapWriter DateTime(DateTimeOffset moment)
        {
            Span<char> text = stackalloc char[40];
            var offset = moment.Offset;
            text.TryWrite(
                CultureInfo.InvariantCulture,
                $"\"{moment.Day,2}-{moment:MMM-yyyy HH:mm:ss} {(offset < TimeSpan.Zero ? '-' : '+')}{offset:hhmm}\"",
                out var length);
            Span<byte> bytes = stackalloc byte[40];
            Encoding.ASCII.GetBytes(text[..length], bytes);
            return writer.Raw(bytes[..length]);
        }

        /// <summary>The name of a section item in a FETCH response: <c>BODY[1.HEADER]&lt;0&gt;</c> (RFC 9051 §7.5.2). PEEK is not repeated.</summary>
        /// <param name="item">An item with a section.</param>
        public ImapWriter SectionName(FetchItem item)
        {
            ArgumentNullException.ThrowIfNull(item);
            writer.Raw(item.Kind switch
            {
                FetchItemKind.BinarySize => "BINARY.SIZE"u8,
                FetchItemKind.Binary => "BINARY"u8,
                _ => "BODY"u8,
            }).Section(item.Section ?? Imap.Section.Message);
            return item.Partial is { } partial ? writer.Raw("<"u8).Number(partial.Offset).Raw(">"u8) : writer;
        }

        /// <summary>section, with its brackets.</summary>
        public ImapWriter Section(Section section)
        {
            ArgumentNullException.ThrowIfNull(section);
            writer.Raw("["u8);
            for (var i = 0; i < section.Path.Count; i++)
            {
                writer.Raw(i > 0 ? "."u8 : ""u8).Number(section.Path[i]);
            }

            writer.Raw(section.Path.Count > 0 && section.Text != SectionText.Whole ? "."u8 : ""u8);
            writer.Raw(section.Text switch
            {
                SectionText.Header => "HEADER"u8,
                SectionText.HeaderFields => "HEADER.FIELDS ("u8,
                SectionText.HeaderFieldsNot => "HEADER.FIELDS.NOT ("u8,
                SectionText.Text => "TEXT"u8,
                SectionText.Mime => "MIME"u8,
                _ => ""u8,
            });
            for (var i = 0; i < section.Fields.Count; i++)
            {
                writer.Raw(i > 0 ? " "u8 : ""u8).AString(section.Fields[i]);
            }

            return writer.Raw(section.Fields.Count > 0 ? ")]"u8 : "]"u8);
        }

        private ImapWriter SetNumber(uint number) => number == NumRange.Star ? writer.Raw("*"u8) : writer.Number(number);
    }
}
