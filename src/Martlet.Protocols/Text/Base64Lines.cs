using System.Buffers;
using System.Buffers.Text;

namespace Martlet.Protocols.Text;

/// <summary>
/// Base64 as SASL exchanges carry it: one line, the alphabet of RFC 4648 §4, padding complete, nothing else.
/// White space, missing padding and text after the padding are refused, so that one value has one spelling.
/// </summary>
public static class Base64Lines
{
    /// <summary>Decodes one line, without its CRLF.</summary>
    /// <param name="line">The base64 text; empty gives an empty value.</param>
    /// <param name="bytesMax">Largest decoded size in bytes; a longer value is refused before it is decoded.</param>
    /// <param name="value">The decoded bytes, owned by the caller; empty when the answer is false.</param>
    /// <returns>False if the text is not strict base64 or decodes to more than <paramref name="bytesMax"/> bytes.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> line, int bytesMax, out byte[] value)
    {
        value = [];
        if (line.Length % 4 != 0 || line.ContainsAnyExcept(Ascii.Base64Char))
        {
            return false;
        }

        if (line.IsEmpty)
        {
            return true;
        }

        var padding = line[^1] != (byte)'=' ? 0 : line[^2] != (byte)'=' ? 1 : 2;
        var size = (line.Length / 4 * 3) - padding;
        if (size > bytesMax || line[..^padding].Contains((byte)'='))
        {
            return false;
        }

        var decoded = new byte[size];
        var status = Base64.DecodeFromUtf8(line, decoded, out var consumed, out var written);
        if (status != OperationStatus.Done || consumed != line.Length || written != size)
        {
            return false;
        }

        value = decoded;
        return true;
    }
}
