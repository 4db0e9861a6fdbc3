using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Imap;

/// <summary>The rules of <see cref="ImapReader"/> that give values: sets, mailbox names and flags. Dates are in <see cref="ImapReaderDates"/>.</summary>
public static class ImapReaderValues
{
    private static readonly SearchValues<byte> SetBytes = SearchValues.Create("0123456789:,*"u8);

    extension(ref ImapReader reader)
    {
        /// <summary>sequence-set, also <c>$</c>; at most <see cref="ImapLimits.SetRangesMax"/> ranges.</summary>
        public bool SequenceSet([NotNullWhen(true)] out NumSet? set)
        {
            set = null;
            if (reader.TryTake((byte)'$'))
            {
                set = NumSet.SavedResult;
                return true;
            }

            // Counted before: growing lists of thousands would be garbage many times the size of what a peer sent.
            var count = CountRanges(reader.Rest);
            if (count > reader.Limits.SetRangesMax)
            {
                return reader.Fail("The set has too many ranges.", ImapErrorKind.Limit);
            }

            var ranges = new NumRange[count];
            for (var i = 0; i < ranges.Length; i++)
            {
                if (i > 0 && !reader.Byte((byte)',', "Expected ','."))
                {
                    return false;
                }

                if (!SetNumber(ref reader, out var first))
                {
                    return false;
                }

                var last = first;
                if (reader.TryTake((byte)':') && !SetNumber(ref reader, out last))
                {
                    return false;
                }

                ranges[i] = new NumRange(first, last);
            }

            set = NumSet.OfOwned(ranges);
            return true;
        }

        /// <summary>seq-number: one number, or <c>*</c> (<see cref="NumRange.Star"/>).</summary>
        public bool SequenceNumber(out uint number) => SetNumber(ref reader, out number);

        /// <summary>A sequence-set of plain numbers: known-uids and uid-set of RFC 7162 §7 and RFC 4315 §4 have no <c>*</c> and no <c>$</c>.</summary>
        public bool PlainSet([NotNullWhen(true)] out NumSet? set) =>
            reader.SequenceSet(out set) && ((!set.HasStar && !set.IsSavedResult) || reader.Fail("Neither '*' nor '$' is allowed in this set."));

        /// <summary>mailbox: decoded from UTF-8 or modified UTF-7 as <see cref="ImapReader.IsUtf8"/> says. An empty name is read; see <see cref="MailboxName.IsEmpty"/>.</summary>
        public bool Mailbox(out MailboxName mailbox)
        {
            mailbox = default;
            if (!reader.AString(out var bytes) || !DecodeName(ref reader, bytes, out var text))
            {
                return false;
            }

            mailbox = new MailboxName(text);
            return true;
        }

        /// <summary>list-mailbox: a pattern with the wildcards <c>*</c> and <c>%</c>, decoded like a mailbox name, otherwise as it stands.</summary>
        public bool ListMailbox([NotNullWhen(true)] out string? pattern)
        {
            pattern = null;
            var isRead = reader.Peek() is '"' or '{'
                ? reader.String(out var bytes)
                : reader.Run(Text.Ascii.ListChar, "Expected a mailbox pattern.", out bytes);
            return isRead && DecodeName(ref reader, bytes, out pattern);
        }

        /// <summary>flag: a system flag or a keyword of at most <see cref="ImapLimits.KeywordBytesMax"/> bytes. Unknown <c>\</c> flags are an error.</summary>
        public bool Flag(out Flag flag)
        {
            flag = default;
            Span<byte> system = stackalloc byte[16];
            var isSystem = reader.TryTake((byte)'\\');
            if (!reader.Atom(out var name))
            {
                return false;
            }

            if (name.Length > reader.Limits.KeywordBytesMax)
            {
                return reader.Fail("The keyword is too long.", ImapErrorKind.Limit);
            }

            if (!isSystem)
            {
                return Imap.Flag.TryCreate(name, out flag) || reader.Fail("Not a keyword.");
            }

            if (name.Length < system.Length)
            {
                system[0] = (byte)'\\';
                name.CopyTo(system[1..]);
            }

            return (name.Length < system.Length && Imap.Flag.TryCreate(system[..(name.Length + 1)], out flag)) || reader.Fail("Unknown system flag.");
        }

        /// <summary>flag-list: flags in parentheses, possibly none.</summary>
        public bool FlagList([NotNullWhen(true)] out IReadOnlyList<Flag>? flags)
        {
            flags = null;
            if (!reader.OpenParen())
            {
                return false;
            }

            if (reader.TryTake((byte)')'))
            {
                flags = [];
                return true;
            }

            return reader.Flags(out flags) && reader.CloseParen();
        }

        /// <summary>One or more flags with a space between, at most <see cref="ImapLimits.FlagsMax"/>. Repeated flags are read once.</summary>
        public bool Flags([NotNullWhen(true)] out IReadOnlyList<Flag>? flags)
        {
            flags = null;
            var list = new List<Flag>();
            var count = 0;
            do
            {
                if (!reader.Flag(out var flag))
                {
                    return false;
                }

                if (++count > reader.Limits.FlagsMax)
                {
                    return reader.Fail("Too many flags.", ImapErrorKind.Limit);
                }

                if (!list.Contains(flag))
                {
                    list.Add(flag);
                }
            }
            while (reader.TryTake((byte)' '));

            flags = list;
            return true;
        }
    }

    private static int CountRanges(ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOfAnyExcept(SetBytes);
        return rest[..(length < 0 ? rest.Length : length)].Count((byte)',') + 1;
    }

    private static bool SetNumber(ref ImapReader reader, out uint number)
    {
        number = NumRange.Star;
        return reader.TryTake((byte)'*') || reader.NzNumber(out number);
    }

    private static bool DecodeName(ref ImapReader reader, scoped ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!MailboxName.TryDecode(bytes, reader.IsUtf8, out var decoded))
        {
            return reader.Fail(reader.IsUtf8 ? "The mailbox name is not valid UTF-8." : "The mailbox name is not valid modified UTF-7.");
        }

        if (bytes.Length > reader.Limits.MailboxNameBytesMax && Encoding.UTF8.GetByteCount(decoded) > reader.Limits.MailboxNameBytesMax)
        {
            return reader.Fail("The mailbox name is too long.", ImapErrorKind.Limit);
        }

        if (decoded.AsSpan().Count(MailboxName.Separator) >= reader.Limits.MailboxDepthMax)
        {
            return reader.Fail("The mailbox name has too many levels.", ImapErrorKind.Limit);
        }

        text = decoded;
        return true;
    }
}
