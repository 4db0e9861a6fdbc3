using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Martlet.Protocols.Sasl;

/// <summary>Base64 with one spelling for the same bytes (RFC 4648 §3.5): no white space, no bits that do not count. A changed character is always noticed.</summary>
internal static class StrictBase64
{
    /// <summary>Decodes; allocates no more than the text is long.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text, buffer, out var consumed, out var written) != OperationStatus.Done || consumed != text.Length)
        {
            return false;
        }

        var decoded = buffer.AsSpan(0, written);
        var again = new byte[Base64.GetMaxEncodedToUtf8Length(written)];
        Base64.EncodeToUtf8(decoded, again, out _, out var length);
        if (!again.AsSpan(0, length).SequenceEqual(text))
        {
            return false;
        }

        bytes = decoded.ToArray();
        return true;
    }

    /// <summary>Decodes characters.</summary>
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes) => TryDecode(Encoding.UTF8.GetBytes(text), out bytes);
}
