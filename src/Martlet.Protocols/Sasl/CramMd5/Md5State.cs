using System.Buffers.Binary;
using System.Numerics;

namespace Martlet.Protocols.Sasl.CramMd5;

/// <summary>MD5 (RFC 1321) as a value that can be stored between blocks, which the runtime's cannot. For CRAM-MD5 only.</summary>
internal readonly record struct Md5State(uint A, uint B, uint C, uint D)
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 64;

    // RFC 1321 §3.4: shifts by round; T[i] is the integer part of 4294967296 times abs(sin(i + 1)).
    private static readonly int[] Shifts = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
    private static readonly uint[] Sines = [.. Enumerable.Range(1, BlockBytes).Select(i => (uint)(Math.Abs(Math.Sin(i)) * 4294967296.0))];

    /// <summary>Before the first block (RFC 1321 §3.3).</summary>
    public static Md5State Initial { get; } = new(0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476);

    /// <summary>Reads what <see cref="Write"/> wrote: 16 bytes.</summary>
    public static Md5State Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]));

    /// <summary>Writes the 16 bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, A);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], B);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], C);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], D);
    }

    /// <summary>The state after one more block of 64 bytes (RFC 1321 §3.4).</summary>
    public Md5State Append(ReadOnlySpan<byte> block)
    {
        var (a, b, c, d) = this;
        for (var i = 0; i < BlockBytes; i++)
        {
            var (mixed, word) = (i / 16) switch
            {
                0 => ((b & c) | (~b & d), i),
                1 => ((b & d) | (c & ~d), ((5 * i) + 1) % 16),
                2 => (b ^ c ^ d, ((3 * i) + 5) % 16),
                _ => (c ^ (b | ~d), 7 * i % 16),
            };
            var sum = a + mixed + BinaryPrimitives.ReadUInt32LittleEndian(block[(word * 4)..]) + Sines[i];
            (a, b, c, d) = (d, b + BitOperations.RotateLeft(sum, Shifts[(i / 16 * 4) + (i % 4)]), b, c);
        }

        return new Md5State(A + a, B + b, C + c, D + d);
    }

    /// <summary>Appends the last bytes and the padding (RFC 1321 §3.1) and writes the digest of 16 bytes.</summary>
    /// <param name="text">What is left.</param>
    /// <param name="bytesBefore">Bytes that the state has already taken: whole blocks.</param>
    /// <param name="digest">May be the memory of <paramref name="text"/>: it is written last.</param>
    public void Finish(ReadOnlySpan<byte> text, int bytesBefore, Span<byte> digest)
    {
        var state = this;
        var bits = ((ulong)bytesBefore + (ulong)text.Length) * 8;
        for (; text.Length >= BlockBytes; text = text[BlockBytes..])
        {
            state = state.Append(text[..BlockBytes]);
        }

        Span<byte> last = stackalloc byte[BlockBytes];
        last.Clear();
        text.CopyTo(last);
        last[text.Length] = 0x80;
        if (text.Length >= BlockBytes - sizeof(ulong))
        {
            state = state.Append(last);
            last.Clear();
        }

        BinaryPrimitives.WriteUInt64LittleEndian(last[(BlockBytes - sizeof(ulong))..], bits);
        state.Append(last).Write(digest);
    }
}
