using System.Text;

namespace Martlet.Messages.Mime;

/// <summary>The few media types a mail server has to know by name.</summary>
internal static class MediaTypes
{
    public static bool IsText(ReadOnlySpan<byte> type) => Ascii.EqualsIgnoreCase(type, "text"u8);

    public static bool IsMultipart(ReadOnlySpan<byte> type) => Ascii.EqualsIgnoreCase(type, "multipart"u8);

    /// <summary>A type whose body is a message: RFC 2046 §5.2.1, RFC 6532 §3.7.</summary>
    public static bool IsMessage(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype) =>
        Ascii.EqualsIgnoreCase(type, "message"u8) && (Ascii.EqualsIgnoreCase(subtype, "rfc822"u8) || Ascii.EqualsIgnoreCase(subtype, "global"u8));
}

/// <summary>What a part without a readable Content-Type is: RFC 2045 §5.2, RFC 2046 §5.1.5.</summary>
internal readonly ref struct DefaultType(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype, ReadOnlySpan<byte> parameters)
{
    public ReadOnlySpan<byte> Type { get; } = type;

    public ReadOnlySpan<byte> Subtype { get; } = subtype;

    public ReadOnlySpan<byte> Parameters { get; } = parameters;

    public static DefaultType Text => new("text"u8, "plain"u8, "\acharset\bus-ascii"u8);

    public static DefaultType Message => new("message"u8, "rfc822"u8, default);

    public static DefaultType Mixed => new("multipart"u8, "mixed"u8, default);

    public static DefaultType OctetStream => new("application"u8, "octet-stream"u8, default);
}
