using System.Buffers.Binary;

namespace Martlet.Store;

/// <summary>
/// Some rows of <see cref="MessageColumns"/> as bytes and back: for each column its least value, the bytes that the differences to it need, and the differences.
/// Neighbours are alike, so a message takes about half of what it takes in memory, and reading is one pass over each column.
/// </summary>
/// <remarks>
/// The bytes are a cache: another version is not read. Plain loops over plain numbers on purpose: they run once, for the first SELECT after a start, and generic
/// ones cannot be compiled ahead (ADR 0005), which took ten times as long as the work itself.
/// </remarks>
internal static class SnapshotCodec
{
    /// <summary>Messages in one part.</summary>
    public const int PartMessages = 32 * 1024;

    private const byte Version = 1;
    private const int HeadBytes = 5; // Version and number of messages.
    private const int ColumnHeadBytes = 9; // Bytes a difference and the least value.

    /// <summary>Encodes rows.</summary>
    public static byte[] Encode(MessageColumns columns, int from, int count)
    {
        var output = new MemoryStream(count * 32);
        Span<byte> head = stackalloc byte[HeadBytes];
        head[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], count);
        output.Write(head);
        var values = new long[count];
        Write(output, Widen(columns.Uids.AsSpan(from, count), values));
        Write(output, columns.Emails.AsSpan(from, count));
        Write(output, columns.ModSeqs.AsSpan(from, count));
        Write(output, Widen(columns.Flags.AsSpan(from, count), values));
        Write(output, Widen(columns.Keywords.AsSpan(from, count), values));
        Write(output, Widen(columns.Sizes.AsSpan(from, count), values));
        Write(output, columns.Received.AsSpan(from, count));
        Write(output, Widen(columns.Saved.AsSpan(from, count), values));
        return output.ToArray();
    }

    /// <summary>Adds the rows of a part to columns.</summary>
    /// <returns>False when it is not one, or its UIDs do not follow; the columns are then not to be used.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, MessageColumns columns)
    {
        if (bytes.Length < HeadBytes || bytes[0] != Version || BinaryPrimitives.ReadInt32LittleEndian(bytes[1..]) is var count && (count < 1 || count > PartMessages))
        {
            return false;
        }

        bytes = bytes[HeadBytes..];
        var from = columns.Count;
        columns.Extend(count);
        var values = new long[count];
        return TryRead(ref bytes, values) && Narrow(values, columns.Uids.AsSpan(from, count))
            && TryRead(ref bytes, columns.Emails.AsSpan(from, count))
            && TryRead(ref bytes, columns.ModSeqs.AsSpan(from, count))
            && TryRead(ref bytes, values) && Narrow(values, columns.Flags.AsSpan(from, count))
            && TryRead(ref bytes, values) && Narrow(values, columns.Keywords.AsSpan(from, count))
            && TryRead(ref bytes, values) && Narrow(values, columns.Sizes.AsSpan(from, count))
            && TryRead(ref bytes, columns.Received.AsSpan(from, count))
            && TryRead(ref bytes, values) && Narrow(values, columns.Saved.AsSpan(from, count))
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

    private static void Write(MemoryStream output, ReadOnlySpan<long> values)
    {
        var (least, most) = (values[0], values[0]);
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        var width = unchecked((ulong)(most - least)) switch
        {
            0 => 0,
            <= byte.MaxValue => 1,
            <= ushort.MaxValue => 2,
            <= uint.MaxValue => 4,
            _ => 8,
        };
        var bytes = new byte[ColumnHeadBytes + (width * values.Length)];
        bytes[0] = (byte)width;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), least);
        var at = ColumnHeadBytes;
        foreach (var value in values)
        {
            var difference = unchecked((ulong)(value - least));
            for (var i = 0; i < width; i++)
            {
                bytes[at++] = (byte)(difference >> (8 * i));
            }
        }

        output.Write(bytes);
    }

    private static bool TryRead(ref ReadOnlySpan<byte> bytes, Span<long> values)
    {
        if (bytes.Length < ColumnHeadBytes || bytes.Length < ColumnHeadBytes + (bytes[0] * values.Length))
        {
            return false;
        }

        var (width, least) = (bytes[0], BinaryPrimitives.ReadInt64LittleEndian(bytes[1..]));
        var stored = bytes.Slice(ColumnHeadBytes, width * values.Length);
        bytes = bytes[(ColumnHeadBytes + stored.Length)..];
        switch (width)
        {
            case 0:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least;
                }

                return true;
            case 1:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = least + stored[i];
                }

                return true;
            case 2:
                for (var i = 0; i < values.Length; i++)
                {
                    var two = stored.Slice(2 * i, 2);
                    values[i] = least + (two[0] | two[1] << 8);
                }

                return true;
            case 4:
                for (var i = 0; i < values.Length; i++)
                {
                    var four = stored.Slice(4 * i, 4);
                    values[i] = least + (uint)(four[0] | four[1] << 8 | four[2] << 16 | four[3] << 24);
                }

                return true;
            case 8:
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = unchecked(least + BinaryPrimitives.ReadInt64LittleEndian(stored[(8 * i)..]));
                }

                return true;
            default:
                return false;
        }
    }

    private static Span<long> Widen(ReadOnlySpan<uint> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }

        return to;
    }

    private static Span<long> Widen(ReadOnlySpan<int> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }

        return to;
    }

    private static Span<long> Widen(ReadOnlySpan<byte> from, Span<long> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i];
        }

        return to;
    }

    private static bool Narrow(ReadOnlySpan<long> from, Span<uint> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = unchecked((uint)from[i]);
        }

        return true;
    }

    private static bool Narrow(ReadOnlySpan<long> from, Span<int> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = unchecked((int)from[i]);
        }

        return true;
    }

    private static bool Narrow(ReadOnlySpan<long> from, Span<byte> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = unchecked((byte)from[i]);
        }

        return true;
    }
}
