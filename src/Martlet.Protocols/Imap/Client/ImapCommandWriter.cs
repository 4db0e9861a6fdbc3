using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Imap.Client;

/// <summary>Which literals may be sent without waiting for the server.</summary>
public enum LiteralSupport
{
    /// <summary>None: the server asks for each (RFC 9051 §4.3).</summary>
    Synchronizing,

    /// <summary>Up to 4,096 bytes: <c>LITERAL-</c> (RFC 7888 §5), and IMAP4rev2 (RFC 9051 §4.3).</summary>
    Minus,

    /// <summary>All: <c>LITERAL+</c> (RFC 7888 §3).</summary>
    Plus,
}

/// <summary>A stretch of a command that is sent in one go.</summary>
/// <param name="End">Offset in <see cref="ImapCommandWriter.Text"/> at which it ends.</param>
/// <param name="MustWait">After it the server is waited for: a continuation request, or a tagged refusal.</param>
/// <param name="Message">Then the content of this message is sent; null for none.</param>
public readonly record struct CommandPart(int End, bool MustWait, OutgoingMessage? Message);

/// <summary>
/// Writes the text of one command. Values become atoms, quoted strings or literals as their content wants it; nothing a caller passes can end the command
/// early. Sending it, part by part, is the connection's work.
/// </summary>
/// <remarks>Not thread safe; one per command.</remarks>
public sealed class ImapCommandWriter
{
    /// <summary>Longest quoted string, in bytes of content; longer ones are literals, which no server counts as line.</summary>
    public const int QuotedBytesMax = 1024;

    /// <summary>Largest literal that LITERAL- lets through without waiting, in bytes (RFC 7888 §5).</summary>
    public const int MinusBytesMax = 4096;

    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly ImapWriter _writer;
    private readonly LiteralSupport _literals;
    private readonly long _unaskedBytesMax;
    private readonly List<CommandPart> _parts = [];

    /// <summary>Starts a command.</summary>
    /// <param name="isUtf8">UTF8=ACCEPT or IMAP4rev2 is enabled.</param>
    /// <param name="literals">What the server takes.</param>
    /// <param name="unaskedBytesMax">Larger messages wait for the server even if it does not ask for it, so that a refusal costs no transfer.</param>
    public ImapCommandWriter(bool isUtf8, LiteralSupport literals, long unaskedBytesMax = long.MaxValue)
    {
        _writer = new ImapWriter(_text) { IsUtf8 = isUtf8 };
        _literals = literals;
        _unaskedBytesMax = unaskedBytesMax;
    }

    /// <summary>Mailbox names and strings are UTF-8.</summary>
    public bool IsUtf8 => _writer.IsUtf8;

    /// <summary>Everything written, with literals, without messages.</summary>
    public ReadOnlyMemory<byte> Text => _text.WrittenMemory;

    /// <summary>Where the sender has to stop. What comes after the last is sent at the end.</summary>
    public IReadOnlyList<CommandPart> Parts => _parts;

    /// <summary>Text as it is. Only for what this library itself says.</summary>
    public ImapCommandWriter Raw(string ascii)
    {
        _writer.Atom(ascii);
        return this;
    }

    /// <summary>A space and text as it is.</summary>
    public ImapCommandWriter Word(string ascii) => Raw(" ").Raw(ascii);

    /// <summary>A number, not negative.</summary>
    public ImapCommandWriter Number(long number)
    {
        _writer.Number(number);
        return this;
    }

    /// <summary>An atom that a caller named: a capability, a mechanism, an option.</summary>
    /// <exception cref="ArgumentException">It is not an atom.</exception>
    public ImapCommandWriter Atom(string atom)
    {
        ArgumentException.ThrowIfNullOrEmpty(atom);
        foreach (var c in atom)
        {
            if (c > 0x7f || !Protocols.Text.Ascii.AtomChar.Contains((byte)c))
            {
                throw new ArgumentException("Not an atom.", nameof(atom));
            }
        }

        return Raw(atom);
    }

    /// <summary>astring.</summary>
    /// <exception cref="ArgumentException">It holds NUL, which no string can.</exception>
    public ImapCommandWriter AString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isAtom = value.Length is > 0 and < 64 && !value.Equals("NIL", StringComparison.OrdinalIgnoreCase);
        for (var i = 0; isAtom && i < value.Length; i++)
        {
            isAtom = value[i] <= 0x7f && Protocols.Text.Ascii.AtomChar.Contains((byte)value[i]);
        }

        return isAtom ? Raw(value) : String(value);
    }

    /// <summary>string: quoted if it can be, else a literal.</summary>
    /// <exception cref="ArgumentException">It holds NUL, which no string can.</exception>
    public ImapCommandWriter String(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return String(Encoding.UTF8.GetBytes(value));
    }

    /// <summary>string of bytes.</summary>
    /// <exception cref="ArgumentException">It holds NUL, which no string can; see <see cref="Binary"/>.</exception>
    public ImapCommandWriter String(ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
        {
            throw new ArgumentException("A string must not hold NUL.", nameof(value));
        }

        var isQuotable = value.Length <= QuotedBytesMax && !value.ContainsAny("\r\n"u8) && (System.Text.Ascii.IsValid(value) || (IsUtf8 && Utf8.IsValid(value)));
        if (!isQuotable)
        {
            return Literal(value, isBinary: false);
        }

        _writer.String(value);
        return this;
    }

    /// <summary>Any bytes: a string, or a literal8 if they hold NUL; NIL for null.</summary>
    public ImapCommandWriter Binary(ReadOnlyMemory<byte>? value) =>
        value is not { } bytes ? Raw("NIL") : bytes.Span.Contains((byte)0) ? Literal(bytes.Span, isBinary: true) : String(bytes.Span);

    /// <summary>nstring.</summary>
    public ImapCommandWriter NString(string? value) => value is null ? Raw("NIL") : String(value);

    /// <summary>mailbox.</summary>
    public ImapCommandWriter Mailbox(MailboxName mailbox) => AString(Encode(mailbox.Value));

    /// <summary>list-mailbox: a pattern with wildcards, in quotes.</summary>
    public ImapCommandWriter Pattern(string pattern) => String(Encode(pattern));

    /// <summary>sequence-set.</summary>
    /// <exception cref="ArgumentException">It is empty: there is nothing to ask the server for.</exception>
    public ImapCommandWriter Set(NumSet set)
    {
        _writer.Set(set);
        return this;
    }

    /// <summary>flag-list.</summary>
    public ImapCommandWriter Flags(IReadOnlyList<Flag> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        Raw("(");
        for (var i = 0; i < flags.Count; i++)
        {
            var name = flags[i].Name;
            Raw(i > 0 ? " " : "").Raw(flags[i].IsSystem ? "\\" : "").Atom(flags[i].IsSystem ? name[1..] : name);
        }

        return Raw(")");
    }

    /// <summary>date-time.</summary>
    public ImapCommandWriter DateTime(DateTimeOffset moment)
    {
        _writer.DateTime(moment);
        return this;
    }

    /// <summary>section, with its brackets.</summary>
    public ImapCommandWriter Section(Section section)
    {
        ArgumentNullException.ThrowIfNull(section);
        // Field names are astrings and may be literals: they are written here, the rest of the section as in responses.
        if (section.Fields.Count == 0)
        {
            _writer.Section(section);
            return this;
        }

        Raw("[");
        foreach (var number in section.Path)
        {
            Number(number).Raw(".");
        }

        Raw(section.Text == SectionText.HeaderFieldsNot ? "HEADER.FIELDS.NOT (" : "HEADER.FIELDS (");
        for (var i = 0; i < section.Fields.Count; i++)
        {
            Raw(i > 0 ? " " : "").AString(section.Fields[i]);
        }

        return Raw(")]");
    }

    /// <summary>A message as literal or literal8.</summary>
    public ImapCommandWriter Message(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var mustWait = Header(message.Bytes, message.IsBinary || message.IsUtf8, message.Bytes > _unaskedBytesMax);
        _parts.Add(new CommandPart(_text.WrittenCount, mustWait, message));
        return this;
    }

    /// <summary>Several values with spaces between, in parentheses.</summary>
    public ImapCommandWriter List<T>(IReadOnlyList<T> values, Action<ImapCommandWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(write);
        Raw("(");
        for (var i = 0; i < values.Count; i++)
        {
            Raw(i > 0 ? " " : "");
            write(this, values[i]);
        }

        return Raw(")");
    }

    private ImapCommandWriter Literal(ReadOnlySpan<byte> value, bool isBinary)
    {
        if (Header(value.Length, isBinary, isLarge: false))
        {
            _parts.Add(new CommandPart(_text.WrittenCount, MustWait: true, Message: null));
        }

        _text.Write(value);
        return this;
    }

    // True if the server must be waited for.
    private bool Header(long bytes, bool isBinary, bool isLarge)
    {
        var mustWait = isLarge || _literals switch
        {
            LiteralSupport.Plus => false,
            LiteralSupport.Minus => bytes > MinusBytesMax,
            _ => true,
        };
        Raw(isBinary ? "~{" : "{").Number(bytes).Raw(mustWait ? "}\r\n" : "+}\r\n");
        return mustWait;
    }

    private string Encode(string name)
    {
        if (IsUtf8)
        {
            return name;
        }

        var encoded = new ArrayBufferWriter<byte>(name.Length + 16);
        Protocols.Text.Utf7Imap.Encode(name, encoded);
        return Encoding.ASCII.GetString(encoded.WrittenSpan);
    }
}
