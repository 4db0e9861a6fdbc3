using System.Text;
using System.Text.Unicode;
using Martlet.Protocols.Text;

namespace Martlet.Protocols.Imap;

/// <summary>
/// A mailbox name in Unicode, with levels separated by <see cref="Separator"/>. The first level <c>INBOX</c>, in any case, is written in
/// upper case (RFC 9051 §5.1); everything else compares by code point. Which names may be created is the store's rule, not the wire's.
/// </summary>
public readonly record struct MailboxName
{
    /// <summary>The hierarchy separator we announce in LIST and NAMESPACE.</summary>
    public const char Separator = '/';

    private const string InboxText = "INBOX";

    /// <summary>Makes a name of decoded text.</summary>
    /// <param name="value">Any text, also empty: the reference of <c>LIST "" *</c> is.</param>
    public MailboxName(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isInbox = value.StartsWith(InboxText, StringComparison.OrdinalIgnoreCase)
            && (value.Length == InboxText.Length || value[InboxText.Length] == Separator);
        Value = isInbox && !value.StartsWith(InboxText, StringComparison.Ordinal) ? InboxText + value[InboxText.Length..] : value;
    }

    /// <summary>The mailbox every account has.</summary>
    public static MailboxName Inbox { get; } = new(InboxText);

    /// <summary>The name in Unicode.</summary>
    public string Value => field ?? "";

    /// <summary>It is INBOX itself.</summary>
    public bool IsInbox => Value == InboxText;

    /// <summary>The name is empty.</summary>
    public bool IsEmpty => Value.Length == 0;

    /// <summary>Levels in the name: 1 + the number of separators.</summary>
    public int Depth => 1 + Value.AsSpan().Count(Separator);

    /// <summary>Decodes a name or pattern from the wire.</summary>
    /// <param name="bytes">The content of the astring.</param>
    /// <param name="isUtf8">UTF-8 as it stands (a lone <c>&amp;</c> is itself); else modified UTF-7, strictly (<see cref="Utf7Imap"/>).</param>
    /// <param name="text">The text, without any change for INBOX.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, bool isUtf8, out string text)
    {
        if (!isUtf8)
        {
            return Utf7Imap.TryDecode(bytes, out text);
        }

        var isValid = Utf8.IsValid(bytes) && !bytes.ContainsAny("\0\r\n"u8);
        text = isValid ? Encoding.UTF8.GetString(bytes) : "";
        return isValid;
    }

    /// <summary>Equal by code point; the default value equals the empty name.</summary>
    public bool Equals(MailboxName other) => string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
