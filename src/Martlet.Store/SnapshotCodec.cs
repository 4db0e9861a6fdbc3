using System.Numerics;
using System.Runtime.InteropServices;

namespace Martlet.Store;

/// <summary>
/// Some rows of <see cref="MessageColumns"/> as bytes and back: for each column its least value, the bytes that the differences to it need, and the differences.
/// Neighbours are alike, so a message takes about half of what it takes in memory, and reading is one pass over each column.
/// </summary>
/// <remarks>The bytes are a cache of the machine that wrote them: numbers have its byte order, which is part of the first byte, and another version is not read.</remarks>
internal static class SnapshotCodec
{
    /// <summary>Messages in one part.</summary>
    public const int PartMessages = 32 * 1024;

    private static readonly byte Version = (byte)(BitConverter.IsLittleEndian ? 1 : 0x81);

    /// <summary>Encodes rows.</summary>
    public static byte[] Encode(MessageColumns columns, int from, int count)
    {
        var output = new MemoryStream(count * 32);
        output.WriteByte(Version);
        output.Write(BitConverter.GetBytes(count));
        Write<uint>(output, columns.Uids.AsSpan(from, count));
        Write<long>(output, columns.Emails.AsSpan(from, count));
        Write<long>(output, columns.ModSeqs.AsSpan(from, count));
        Write<byte>(output, columns.Flags.AsSpan(from, count));
        Write<int>(output, columns.Keywords.AsSpan(from, count));
        Write<uint>(output, columns.Sizes.AsSpan(from, count));
        Write<long>(output, columns.Received.AsSpan(from, count));
        Write<uint>(output, columns.Saved.AsSpan(from, count));
        return output.ToArray();
    }

    /// <summary>Adds the rows of a part to columns.</summary>
    /// <returns>False when it is not one, or its UIDs do not follow; the columns are then not to be used.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, MessageColumns columns)
    {
        if (bytes.Length < 5 || bytes[0] != Version || BitConverter.ToInt32(bytes[1..]) is var count && (count < 1 || count > PartMessages))
        {
            return false;
        }

        bytes = bytes[5..];
        var from = columns.Count;
        columns.Extend(count);
        return TryRead<uint>(ref bytes, columns.Uids.AsSpan(from, count)) && TryRead<long>(ref bytes, columns.Emails.AsSpan(from, count))
            && TryRead<long>(ref bytes, columns.ModSeqs.AsSpan(from, count)) && TryRead<byte>(ref bytes, columns.Flags.AsSpan(from, count))
            && TryRead<int>(ref bytes, columns.Keywords.AsSpan(from, count)) && TryRead<uint>(ref bytes, columns.Sizes.AsSpan(from, count))
            && TryRead<long>(ref bytes, columns.Received.AsSpan(from, count)) && TryRead<uint>(ref bytes, columns.Saved.AsSpan(from, count))
            && bytes.IsEmpty && Ascends(columns, from);
    }

    private static bool Ascends(MessageColumns columns, int from)
    {
        var uids = columns.Uids.AsSpan(0, columns.Count);
        for (var i = Math.Max(1, from); i < uids.Length; i++)
        {
            if (uids[i] <= uids[i - 1])
            {
                return false;
            }
        }

        return true;
    }

    private static void Write<T>(MemoryStream output, ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        var (least, most) = (values[0], values[0]);
        foreach (var value in values)
        {
            least = T.Min(least, value);
            most = T.Max(most, value);
        }

        // As signed numbers of eight bytes the difference cannot overflow for what the columns hold.
        var width = (long.CreateTruncating(most) - long.CreateTruncating(least)) switch
        {
            0 => 0,
            <= byte.MaxValue => 1,
            <= ushort.MaxValue => 2,
            <= uint.MaxValue => 4,
            _ => 8,
        };
        output.WriteByte((byte)width);
        output.Write(BitConverter.GetBytes(long.CreateTruncating(least)));
        switch (width)
        {
            case 1:
                WriteDifferences<T, byte>(output, values, least);
                break;
            case 2:
                WriteDifferences<T, ushort>(output, values, least);
                break;
            case 4:
                WriteDifferences<T, uint>(output, values, least);
                break;
            case 8:
                WriteDifferences<T, ulong>(output, values, least);
                break;
            default:
                break; // All are the same.
        }
    }

    private static void WriteDifferences<T, TStored>(MemoryStream output, ReadOnlySpan<T> values, T least)
        where T : unmanaged, IBinaryInteger<T>
        where TStored : unmanaged, IBinaryInteger<TStored>
    {
        var differences = new TStored[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            differences[i] = TStored.CreateTruncating(values[i] - least);
        }

        output.Write(MemoryMarshal.AsBytes(differences.AsSpan()));
    }

    private static bool TryRead<T>(ref ReadOnlySpan<byte> bytes, Span<T> values)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (bytes.Length < 9)
        {
            return false;
        }

        var (width, least) = (bytes[0], T.CreateTruncating(BitConverter.ToInt64(bytes[1..])));
        bytes = bytes[9..];
        if (bytes.Length < width * values.Length)
        {
            return false;
        }

        var stored = bytes[..(width * values.Length)];
        bytes = bytes[stored.Length..];
        switch (width)
        {
            case 0:
                values.Fill(least);
                return true;
            case 1:
                Add(stored, values, least);
                return true;
            case 2:
                Add(MemoryMarshal.Cast<byte, ushort>(stored), values, least);
                return true;
            case 4:
                Add(MemoryMarshal.Cast<byte, uint>(stored), values, least);
                return true;
            case 8:
                Add(MemoryMarshal.Cast<byte, ulong>(stored), values, least);
                return true;
            default:
                return false;
        }
    }

    private static void Add<T, TStored>(ReadOnlySpan<TStored> differences, Span<T> values, T least)
        where T : unmanaged, IBinaryInteger<T>
        where TStored : unmanaged, IBinaryInteger<TStored>
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = least + T.CreateTruncating(differences[i]);
        }
    }
}
