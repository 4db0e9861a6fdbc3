using System.Buffers;
using System.Text;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>Reads the attributes of a SCRAM message one after the other (RFC 5802 §7). The message is UTF-8 without NUL, which the caller has checked.</summary>
internal ref struct ScramReader(ReadOnlySpan<byte> message)
{
    // The attributes of RFC 5802 §5.1. None of them may come as an extension: a second r= or n= must not be taken for one that counts.
    private static readonly SearchValues<byte> Defined = SearchValues.Create("aceimnprsv"u8);
    private static readonly SearchValues<byte> Printable = SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Where(b => b != ',').Select(b => (byte)b)]);

    private readonly ReadOnlySpan<byte> _message = message;
    private int _at;

    /// <summary>Whether everything is read.</summary>
    public readonly bool IsAtEnd => _at >= _message.Length;

    /// <summary>Where the next attribute begins, its comma before it.</summary>
    public readonly int Position => _at;

    /// <summary>The name of the next attribute; 0 at the end.</summary>
    public readonly byte Peek => _at == 0 ? At(0) : At(_at + 1);

    /// <summary>Reads the next attribute, which must have this name and a value that is not empty.</summary>
    public bool Attribute(char name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var rest = _message[_at..];
        if (_at > 0)
        {
            if (rest is not [(byte)',', ..])
            {
                return false;
            }

            rest = rest[1..];
        }

        if (rest.Length < 3 || rest[0] != name || rest[1] != (byte)'=')
        {
            return false;
        }

        var end = rest.IndexOf((byte)',');
        value = end < 0 ? rest[2..] : rest[2..end];
        _at = _message.Length - rest.Length + 2 + value.Length;
        return !value.IsEmpty;
    }

    /// <summary>Skips extensions up to the end or, when there is one, an attribute of this name.</summary>
    /// <returns>False for something that is no extension; <see cref="Peek"/> is <c>m</c> for one that must not be skipped.</returns>
    public bool Extensions(char? until = null)
    {
        while (!IsAtEnd && Peek != until)
        {
            var name = Peek;
            if (!Text.Ascii.Alpha.Contains(name) || Defined.Contains(name) || !Attribute((char)name, out _))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether it is a nonce: printable characters but comma.</summary>
    public static bool IsNonce(ReadOnlySpan<byte> value) => value.IndexOfAnyExcept(Printable) < 0;

    /// <summary>Decodes a saslname: <c>=2C</c> is a comma, <c>=3D</c> an equals sign, any other <c>=</c> an error (RFC 5802 §5.1).</summary>
    /// <returns>Null when it is none, or longer than the limit.</returns>
    public static string? SaslName(ReadOnlySpan<byte> value, int bytesMax)
    {
        var decoded = new byte[Math.Min(value.Length, bytesMax)];
        var length = 0;
        for (var i = 0; i < value.Length; i++, length++)
        {
            if (length == decoded.Length)
            {
                return null;
            }

            decoded[length] = value[i];
            if (value[i] != '=')
            {
                continue;
            }

            switch (value[(i + 1)..])
            {
                case [(byte)'2', (byte)'C', ..]:
                    decoded[length] = (byte)',';
                    break;
                case [(byte)'3', (byte)'D', ..]:
                    break;
                default:
                    return null;
            }

            i += 2;
        }

        return length == 0 ? null : Encoding.UTF8.GetString(decoded, 0, length);
    }

    private readonly byte At(int index) => index < _message.Length ? _message[index] : (byte)0;
}
