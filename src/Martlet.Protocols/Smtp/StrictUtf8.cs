using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Smtp;

/// <summary>UTF-8 that refuses wrong bytes instead of replacing them: two different byte strings must never become the same name.</summary>
internal static class StrictUtf8
{
    /// <summary>Throws on wrong bytes; for callers that catch anyway.</summary>
    public static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Decodes, or says that the bytes are not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text)
    {
        text = System.Text.Unicode.Utf8.IsValid(bytes) ? System.Text.Encoding.UTF8.GetString(bytes) : null;
        return text is not null;
    }
}
