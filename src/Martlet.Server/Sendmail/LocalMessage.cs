using System.Text;

namespace Martlet.Server.Sendmail;

/// <summary>A message that a local program hands in: header fields that can be looked at and changed, and a body that is left as it is.</summary>
/// <remarks>Lines may end as they like: what sends the message puts them right.</remarks>
internal sealed class LocalMessage
{
    private readonly List<Field> _fields = [];
    private readonly ReadOnlyMemory<byte> _body;

    private LocalMessage(ReadOnlyMemory<byte> body) => _body = body;

    /// <summary>Takes a message apart. What does not begin with a header field is all body, as people write when they pipe text.</summary>
    /// <returns>Null when the header is larger than <see cref="SendmailLimits.HeaderBytesMax"/>.</returns>
    public static LocalMessage? Read(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        List<Field> fields = [];
        while (at < bytes.Length)
        {
            var length = FieldLength(bytes.Span[at..]);
            var field = bytes.Slice(at, length);
            if (at + length > SendmailLimits.HeaderBytesMax)
            {
                return null;
            }

            if (IsEmptyLine(field.Span))
            {
                at += length;
                break;
            }

            // The separator that mailbox files have, which some programs pass on.
            var isSeparator = at == 0 && field.Span.StartsWith("From "u8);
            if (!isSeparator && Name(field.Span) is not { } name)
            {
                break;
            }
            else if (!isSeparator)
            {
                fields.Add(new Field(Name(field.Span)!, field));
            }

            at += length;
        }

        var message = new LocalMessage(bytes[at..]);
        message._fields.AddRange(fields);
        return message;
    }

    /// <summary>Whether a field is there, in any case.</summary>
    public bool Has(string name) => _fields.Exists(field => field.Is(name));

    /// <summary>The addresses of all fields of a name.</summary>
    public IEnumerable<WrittenAddress> Addresses(string name) => _fields.Where(field => field.Is(name)).SelectMany(static field => WrittenAddress.ReadAll(field.Value));

    /// <summary>Removes all fields of a name.</summary>
    public void Remove(string name) => _fields.RemoveAll(field => field.Is(name));

    /// <summary>Adds a field at the end of the header. Characters that could begin a line become question marks.</summary>
    public void Add(string name, string value) => _fields.Add(new Field(name, Line(name, value)));

    /// <summary>Puts another value where the first field of a name is.</summary>
    public void Replace(string name, string value)
    {
        var index = _fields.FindIndex(field => field.Is(name));
        _fields[index] = new Field(name, Line(name, value));
    }

    /// <summary>The whole message.</summary>
    public byte[] ToArray()
    {
        var output = new MemoryStream();
        foreach (var field in _fields)
        {
            output.Write(field.Bytes.Span);
            if (field.Bytes.Span is not [.., (byte)'\n'])
            {
                output.Write("\r\n"u8);
            }
        }

        output.Write("\r\n"u8);
        output.Write(_body.Span);
        return output.ToArray();
    }

    /// <summary>A name for people as a header field has it (RFC 5322 §3.4): plain, in quotes, or encoded (RFC 2047 §2).</summary>
    public static string Phrase(string name)
    {
        if (name.All(static c => char.IsAsciiLetterOrDigit(c) || " !#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal)))
        {
            return name.Trim();
        }

        if (Ascii.IsValid(name))
        {
            return $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        }

        var words = new StringBuilder();
        var part = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            // RFC 2047 §2: at most 75 characters with all around.
            if (Encoding.UTF8.GetByteCount(part.ToString()) + rune.Utf8SequenceLength > 42)
            {
                Encode(words, part);
            }

            part.Append(rune.ToString());
        }

        Encode(words, part);
        return words.ToString();
    }

    private static void Encode(StringBuilder words, StringBuilder part)
    {
        words.Append(words.Length > 0 ? "\r\n " : "").Append("=?utf-8?B?").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(part.ToString()))).Append("?=");
        part.Clear();
    }

    private static ReadOnlyMemory<byte> Line(string name, string value)
    {
        // Folds that Phrase made stay; nothing else may end a line.
        var lines = value.Split("\r\n ").Select(static line => string.Concat(line.Select(static c => char.IsControl(c) ? '?' : c)));
        return Encoding.UTF8.GetBytes($"{name}: {string.Join("\r\n ", lines)}\r\n");
    }

    private static bool IsEmptyLine(ReadOnlySpan<byte> line) => line.SequenceEqual("\n"u8) || line.SequenceEqual("\r\n"u8);

    // RFC 5322 §2.2: printable ASCII before the colon; §4.5 allows space between.
    private static string? Name(ReadOnlySpan<byte> field)
    {
        var colon = field.IndexOf((byte)':');
        var name = colon < 0 ? default : field[..colon].TrimEnd(" \t"u8);
        return name.IsEmpty || name.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E) ? null : Encoding.ASCII.GetString(name);
    }

    /// <summary>Bytes up to the next line that does not begin with space or tab.</summary>
    private static int FieldLength(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        do
        {
            var end = bytes[at..].IndexOf((byte)'\n');
            at = end < 0 ? bytes.Length : at + end + 1;
        }
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t' && !IsEmptyLine(bytes[..at]));
        return at;
    }

    private sealed record Field(string Name, ReadOnlyMemory<byte> Bytes)
    {
        public ReadOnlySpan<byte> Value => Bytes.Span[(Bytes.Span.IndexOf((byte)':') + 1)..];

        public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
