using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Imap;

/// <summary>Reads entry names and values of METADATA, RFC 5464 §3.2 and §5.</summary>
public static class MetadataEntry
{
    private const string Private = "/private";
    private const string Shared = "/shared";

    extension(ref ImapReader reader)
    {
        /// <summary>
        /// entry, in lower case: case makes no difference. <c>/private</c> and <c>/shared</c> themselves are read too, because GETMETADATA may start from them; what
        /// may be set is the store's rule.
        /// </summary>
        public bool Entry([NotNullWhen(true)] out string? entry)
        {
            entry = null;
            if (!reader.AString(out var bytes))
            {
                return false;
            }

            if (bytes.Length > reader.Limits.EntryNameBytesMax)
            {
                return reader.Fail("The entry name is too long.", ImapErrorKind.Limit);
            }

            reader.Take(0, bytes.Length);
            if (bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') || bytes.ContainsAny("*%"u8))
            {
                return reader.Fail("Entry names are ASCII without wildcards and controls.");
            }

            entry = Encoding.ASCII.GetString(bytes).ToLowerInvariant();
            return (IsIn(entry, Private) || IsIn(entry, Shared) || reader.Fail("Entry names begin with /private/ or /shared/."))
                && ((!entry.Contains("//", StringComparison.Ordinal) && entry[^1] != '/') || reader.Fail("Entry names have no empty component."));
        }

        /// <summary>entries: one, several in parentheses, or several without as in the examples of RFC 5464 §4.4.1. Repeated ones are read once.</summary>
        public bool Entries([NotNullWhen(true)] out IReadOnlyList<string>? entries)
        {
            entries = null;
            var list = new List<string>();
            var isInParentheses = reader.TryTake((byte)'(');
            var count = 0;
            do
            {
                if (++count > reader.Limits.EntriesMax)
                {
                    return reader.Fail("Too many entries.", ImapErrorKind.Limit);
                }

                if (!reader.Entry(out var entry))
                {
                    return false;
                }

                if (!list.Contains(entry))
                {
                    list.Add(entry);
                }
            }
            while (reader.TryTake((byte)' '));

            entries = list;
            return !isInParentheses || reader.CloseParen();
        }

        /// <summary>value: nstring or literal8, any bytes; null for NIL.</summary>
        public bool EntryValue(out byte[]? value)
        {
            value = null;
            var isNil = false;
            var isRead = reader.Peek() == '~' ? reader.Literal(out var bytes, out _) : reader.NString(out bytes, out isNil);
            value = isRead && !isNil ? bytes.ToArray() : null;
            return isRead;
        }
    }

    private static bool IsIn(string entry, string scope) =>
        entry.StartsWith(scope, StringComparison.Ordinal) && (entry.Length == scope.Length || entry[scope.Length] == '/');
}
