using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Sqlite;

/// <summary>
/// One change of the flags of many messages of a mailbox, as it lies in the flag log: the different results, the UIDs as ranges, and which result each has as
/// runs. A change to 100,000 messages that leaves them all alike is some ten bytes, and at worst two bytes a message.
/// </summary>
internal sealed class FlagRecord
{
    /// <summary>Messages in one record at most; a change to more goes into the rows.</summary>
    public const int MessagesMax = 1_000_000;

    private const byte Version = 1;

    private readonly (MessageFlags Flags, KeywordSetId Keywords)[] _results;
    private readonly int[] _which;

    private FlagRecord(ModSeq modSeq, uint[] uids, int[] which, (MessageFlags, KeywordSetId)[] results)
    {
        ModSeq = modSeq;
        Uids = uids;
        _which = which;
        _results = results;
    }

    /// <summary>Modseq of the change.</summary>
    public ModSeq ModSeq { get; }

    /// <summary>Changed messages, ascending.</summary>
    public uint[] Uids { get; }

    /// <summary>Keyword sets that messages have since.</summary>
    public IEnumerable<KeywordSetId> KeywordSets => _results.Select(result => result.Keywords);

    /// <summary>What the message at this place has.</summary>
    public (MessageFlags Flags, KeywordSetId Keywords) Result(int at) => _results[_which[at]];

    /// <summary>Whether all messages of the record are among these rows, UIDs ascending.</summary>
    public bool IsInside(ReadOnlySpan<FlagRow> rows)
    {
        var at = 0;
        foreach (var uid in Uids)
        {
            while (at < rows.Length && rows[at].Uid.Value < uid)
            {
                at++;
            }

            if (at == rows.Length || rows[at].Uid.Value != uid)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How many of the next messages have UIDs without a gap and the same result.</summary>
    /// <param name="at">First of them.</param>
    /// <param name="end">Where to stop.</param>
    public int RunLength(int at, int end)
    {
        var length = 1;
        while (at + length < end && Uids[at + length] == Uids[at] + (uint)length && _which[at + length] == _which[at])
        {
            length++;
        }

        return length;
    }

    /// <summary>Encodes rows of one mailbox and one modseq, UIDs ascending.</summary>
    public static byte[] Encode(ReadOnlySpan<FlagRow> rows)
    {
        var output = new VarintWriter();
        output.Write(Version);
        var numbers = new Dictionary<(MessageFlags, KeywordSetId), uint>();
        for (var i = 0; i < rows.Length; i++)
        {
            if (i == 0 || rows[i].Flags != rows[i - 1].Flags || rows[i].Keywords != rows[i - 1].Keywords)
            {
                numbers.TryAdd((rows[i].Flags, rows[i].Keywords), (uint)numbers.Count);
            }
        }

        output.Write((uint)numbers.Count);
        foreach (var (flags, keywords) in numbers.Keys)
        {
            output.Write((uint)flags);
            output.Write((uint)keywords.Value);
        }

        output.Write((uint)rows.Length);
        WriteUids(rows, output);
        WriteResults(rows, numbers, output);
        return output.ToArray();
    }

    /// <summary>Decodes a record.</summary>
    /// <exception cref="StoreException">Corrupt.</exception>
    public static FlagRecord Decode(ModSeq modSeq, ReadOnlySpan<byte> bytes)
    {
        var input = new VarintReader(bytes);
        Require(input.Read() == Version);
        // Each result takes two bytes at least, so that a damaged number cannot ask for more memory than the record could fill.
        var results = new (MessageFlags, KeywordSetId)[input.Count(bytes.Length / 2)];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = ((MessageFlags)input.Read(), new KeywordSetId((int)input.Read()));
        }

        var uids = new uint[input.Count(MessagesMax)];
        for (var i = 0; i < uids.Length;)
        {
            var first = (i == 0 ? 0 : uids[i - 1]) + input.Read();
            for (var left = input.Count(uids.Length - i); left > 0; left--)
            {
                uids[i++] = first++;
            }
        }

        var which = new int[uids.Length];
        for (var i = 0; i < which.Length;)
        {
            var result = input.Count(results.Length - 1);
            var length = input.Count(which.Length - i);
            which.AsSpan(i, length).Fill(result);
            i += length;
        }

        Require(input.IsAtEnd);
        return new FlagRecord(modSeq, uids, which, results);
    }

    private static void WriteUids(ReadOnlySpan<FlagRow> rows, VarintWriter output)
    {
        var before = 0u;
        for (var first = 0; first < rows.Length;)
        {
            var end = first + 1;
            while (end < rows.Length && rows[end].Uid.Value == rows[end - 1].Uid.Value + 1)
            {
                end++;
            }

            output.Write(rows[first].Uid.Value - before);
            output.Write((uint)(end - first));
            before = rows[end - 1].Uid.Value;
            first = end;
        }
    }

    private static void WriteResults(ReadOnlySpan<FlagRow> rows, Dictionary<(MessageFlags, KeywordSetId), uint> numbers, VarintWriter output)
    {
        for (var first = 0; first < rows.Length;)
        {
            var (flags, keywords) = (rows[first].Flags, rows[first].Keywords);
            var end = first + 1;
            while (end < rows.Length && rows[end].Flags == flags && rows[end].Keywords == keywords)
            {
                end++;
            }

            output.Write(numbers[(flags, keywords)]);
            output.Write((uint)(end - first));
            first = end;
        }
    }

    private static void Require(bool isSound)
    {
        if (!isSound)
        {
            throw new StoreException(StoreFailure.Corrupt, "A record of the flag log cannot be read.");
        }
    }

    // Numbers of seven bits a byte, low ones first.
    private sealed class VarintWriter
    {
        private byte[] _bytes = new byte[64];
        private int _length;

        public void Write(uint value)
        {
            if (_bytes.Length - _length < 5)
            {
                Array.Resize(ref _bytes, _bytes.Length * 2);
            }

            while (value >= 0x80)
            {
                _bytes[_length++] = (byte)(value | 0x80);
                value >>= 7;
            }

            _bytes[_length++] = (byte)value;
        }

        public byte[] ToArray() => _bytes[.._length];
    }

    private ref struct VarintReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _bytes = bytes;

        public readonly bool IsAtEnd => _bytes.IsEmpty;

        public uint Read()
        {
            var value = 0u;
            for (var shift = 0; shift < 35; shift += 7)
            {
                Require(!_bytes.IsEmpty);
                var next = _bytes[0];
                _bytes = _bytes[1..];
                value |= (uint)(next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return value;
                }
            }

            Require(isSound: false);
            return 0;
        }

        public int Count(int most)
        {
            var count = Read();
            Require(count <= most);
            return (int)count;
        }
    }
}
