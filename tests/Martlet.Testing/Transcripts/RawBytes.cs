using System.Globalization;
using System.Text;

namespace Martlet.Testing.Transcripts;

/// <summary>Bytes written as text: <c>\r \n \t \0 \\ \xHH</c> and UTF-8 otherwise, or <c>base64:…</c>.</summary>
public static class RawBytes
{
    private const string Base64Prefix = "base64:";

    /// <summary>The bytes.</summary>
    public static byte[] Parse(string text)
    {
        if (text.StartsWith(Base64Prefix, StringComparison.Ordinal))
        {
            return Convert.FromBase64String(text[Base64Prefix.Length..]);
        }

        var bytes = new MemoryStream();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                var length = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.Write(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
                continue;
            }

            i++;
            switch (text[i])
            {
                case 'r':
                    bytes.WriteByte((byte)'\r');
                    break;
                case 'n':
                    bytes.WriteByte((byte)'\n');
                    break;
                case 't':
                    bytes.WriteByte((byte)'\t');
                    break;
                case '0':
                    bytes.WriteByte(0);
                    break;
                case '\\':
                    bytes.WriteByte((byte)'\\');
                    break;
                case 'x':
                    bytes.WriteByte(byte.Parse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    i += 2;
                    break;
                default:
                    throw new FormatException($"No escape: \\{text[i]} in {text}");
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The other way, for messages to people.</summary>
    public static string Show(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var b in bytes)
        {
            text.Append(b switch
            {
                (byte)'\r' => "\\r",
                (byte)'\n' => "\\n",
                (byte)'\\' => "\\\\",
                >= 0x20 and < 0x7F => ((char)b).ToString(),
                _ => $"\\x{b:x2}",
            });
        }

        return text.ToString();
    }
}
