using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Martlet.Messages.Files;

/// <summary>The 512 bytes before each entry of a tar file (POSIX ustar, with the numbers of GNU tar).</summary>
internal static class TarHeader
{
    public const int Bytes = 512;

    private const int NameBytes = 100;
    private const long OctalMax = 0x1FFFFFFFF; // Eleven octal digits.

    /// <summary>Whether these are the 512 bytes of a header: their checksum is right.</summary>
    public static bool IsValid(ReadOnlySpan<byte> block)
    {
        if (block.Length < Bytes || !TryNumber(block[148..156], out var expected))
        {
            return false;
        }

        long sum = 8 * ' ';
        long signed = sum;
        for (var i = 0; i < Bytes; i++)
        {
            if (i is < 148 or >= 156)
            {
                sum += block[i];
                signed += (sbyte)block[i];
            }
        }

        // Old programs took bytes for signed numbers.
        return sum == expected || signed == expected;
    }

    /// <summary>An octal number, or the 8-byte number that GNU tar writes when octal does not do.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> field, out long number)
    {
        number = 0;
        if (field[0] is 0x80 or 0xFF)
        {
            // Only the last eight bytes can be of use; what does not fit them is refused.
            var fill = field[0] == 0xFF ? (byte)0xFF : (byte)0;
            number = field.Length > 8 ? BinaryPrimitives.ReadInt64BigEndian(field[^8..]) : BinaryPrimitives.ReadInt64BigEndian(field) & 0x00FFFFFFFFFFFFFF;
            return field.Length <= 8 ? fill == 0 : !field[1..^8].ContainsAnyExcept(fill) && number < 0 == (fill != 0);
        }

        var digits = field.Trim("\0 "u8);
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || number > long.MaxValue >> 4)
            {
                return false;
            }

            number = (number << 3) + (digit - '0');
        }

        return true;
    }

    /// <summary>The name, with the prefix of ustar before it.</summary>
    public static string Name(ReadOnlySpan<byte> block)
    {
        var name = Text(block[..NameBytes]);
        var isUstar = block[257..263].SequenceEqual("ustar\0"u8);
        return isUstar && block[345] != 0 ? $"{Text(block[345..500])}/{name}" : name;
    }

    /// <summary>A name in UTF-8; in Latin-1 when it is none.</summary>
    public static string Text(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        bytes = end < 0 ? bytes : bytes[..end];
        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Encoding.Latin1.GetString(bytes);
    }

    /// <summary>Headers of an entry: one, or three blocks and more when name, length or date need an extended header (POSIX pax).</summary>
    public static byte[] Format(string path, char type, long length, DateTimeOffset date)
    {
        var name = Encoding.UTF8.GetBytes(path);
        var seconds = date.ToUnixTimeSeconds();
        var extended = new MemoryStream();
        if (name.Length > NameBytes || name.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            AddRecord(extended, "path", name);
        }

        if (length > OctalMax)
        {
            AddRecord(extended, "size", Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)));
        }

        if (seconds is < 0 or > OctalMax)
        {
            AddRecord(extended, "mtime", Encoding.ASCII.GetBytes(seconds.ToString(CultureInfo.InvariantCulture)));
        }

        var header = Block(name, type, Math.Min(length, OctalMax), Math.Clamp(seconds, 0, OctalMax));
        if (extended.Length == 0)
        {
            return header;
        }

        var all = new byte[Bytes + Padded(extended.Length) + Bytes];
        Block("PaxHeader"u8, 'x', extended.Length, 0).CopyTo(all, 0);
        extended.ToArray().CopyTo(all, Bytes);
        header.CopyTo(all, all.Length - Bytes);
        return all;
    }

    /// <summary>Bytes that content takes in the file.</summary>
    public static long Padded(long length) => (length + Bytes - 1) / Bytes * Bytes;

    private static byte[] Block(ReadOnlySpan<byte> name, char type, long length, long seconds)
    {
        var block = new byte[Bytes];
        name[..Math.Min(name.Length, NameBytes)].CopyTo(block);
        Put(block, 100, type == '5' ? "0000700\0" : "0000600\0");
        Put(block, 108, "0000000\00000000\0");
        Put(block, 124, Octal(length, 11));
        Put(block, 136, Octal(seconds, 11));
        Put(block, 148, "        ");
        block[156] = (byte)type;
        Put(block, 257, "ustar\000");
        var sum = 0;
        foreach (var value in block)
        {
            sum += value;
        }

        Put(block, 148, Octal(sum, 6) + "\0 ");
        return block;
    }

    private static void Put(byte[] block, int at, string text) => Encoding.ASCII.GetBytes(text, block.AsSpan(at));

    private static string Octal(long number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');

    // "LENGTH KEY=VALUE\n", where LENGTH counts itself.
    private static void AddRecord(MemoryStream records, string key, byte[] value)
    {
        var rest = 1 + key.Length + 1 + value.Length + 1;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        records.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {key}=")));
        records.Write(value);
        records.Write("\n"u8);
    }
}
