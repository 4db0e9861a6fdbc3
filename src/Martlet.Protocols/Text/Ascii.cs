using System.Buffers;

namespace Martlet.Protocols.Text;

/// <summary>
/// Character classes of the mail grammars, named after their ABNF rules, for vectorised scans with
/// <c>IndexOfAny</c> and <c>IndexOfAnyExcept</c>. Readers and writers use them; they hold no state.
/// </summary>
public static class Ascii
{
    /// <summary>ATOM-CHAR of RFC 9051 §9: printable ASCII without <c>( ) { SP % * " \ ]</c>.</summary>
    public static SearchValues<byte> AtomChar { get; } = Class(IsAtomChar);

    /// <summary>ASTRING-CHAR of RFC 9051 §9: ATOM-CHAR and <c>]</c>.</summary>
    public static SearchValues<byte> AStringChar { get; } = Class(static b => IsAtomChar(b) || b == (byte)']');

    /// <summary>list-char of RFC 9051 §9: ASTRING-CHAR and the wildcards <c>*</c> and <c>%</c>.</summary>
    public static SearchValues<byte> ListChar { get; } = Class(static b => IsAtomChar(b) || b is (byte)']' or (byte)'*' or (byte)'%');

    /// <summary>The characters of tag in RFC 9051 §9: ASTRING-CHAR without <c>+</c>.</summary>
    public static SearchValues<byte> TagChar { get; } = Class(static b => (IsAtomChar(b) && b != (byte)'+') || b == (byte)']');

    /// <summary>What names of commands, fetch items, search keys and status items are made of: letters, digits, <c>. - _</c>.</summary>
    public static SearchValues<byte> WordChar { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_"u8);

    /// <summary>ALPHA of RFC 5234 §B.1.</summary>
    public static SearchValues<byte> Alpha { get; } = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>DIGIT of RFC 5234 §B.1.</summary>
    public static SearchValues<byte> Digit { get; } = SearchValues.Create("0123456789"u8);

    /// <summary>The characters of sequence-set in RFC 9051 §9.</summary>
    public static SearchValues<byte> SetChar { get; } = SearchValues.Create("0123456789:,*"u8);

    /// <summary>The alphabet of base64 with padding, RFC 4648 §4.</summary>
    public static SearchValues<byte> Base64Char { get; } =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Bytes at which reading a quoted string must stop and look: the quoted-specials of RFC 9051 §9, CR, LF and NUL.</summary>
    public static SearchValues<byte> QuotedStop { get; } = SearchValues.Create("\"\\\r\n\0"u8);

    /// <summary>Bytes that may not stand in a quoted string as they are when only ASCII is allowed: quoted-specials, CR, LF, NUL and all of 8-bit.</summary>
    public static SearchValues<byte> NotPlainQuoted { get; } = Class(static b => b is 0 or 10 or 13 or (byte)'"' or (byte)'\\' or >= 0x80);

    private static bool IsAtomChar(byte b) =>
        b is > 0x20 and < 0x7f
        && b is not ((byte)'(' or (byte)')' or (byte)'{' or (byte)'%' or (byte)'*' or (byte)'"' or (byte)'\\' or (byte)']');

    private static SearchValues<byte> Class(Func<byte, bool> isMember)
    {
        Span<byte> members = stackalloc byte[256];
        var count = 0;
        for (var b = 0; b < 256; b++)
        {
            if (isMember((byte)b))
            {
                members[count++] = (byte)b;
            }
        }

        return SearchValues.Create(members[..count]);
    }
}
