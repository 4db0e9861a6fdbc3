using System.Buffers.Binary;
using System.IO.Hashing;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>
/// The 64 bytes before each message: enough to rebuild a lost database from the files, and a checksum over message and header. All numbers little endian.
/// </summary>
/// <remarks>
/// magic u32 | version u8 | codec u8 | 0 u16 | length u64 | account u32 | mailbox u32 | email u64 | received i64 | flags u32 | 0 u32 | 0 u64 | hash u64.
/// The hash is XXH3-64 over the message, then over the 56 bytes before the hash.
/// </remarks>
internal readonly record struct RecordHeader(long Length, BlobHeader Blob, ulong Hash)
{
    /// <summary>Bytes of a header.</summary>
    public const int Size = 64;

    private const uint Magic = 0x314C544D; // "MTL1"
    private const byte Version = 1;
    private const int HashedSize = Size - sizeof(ulong);

    /// <summary>Writes a header behind the hash of its message.</summary>
    /// <param name="target">64 bytes.</param>
    /// <param name="length">Bytes of the message.</param>
    /// <param name="blob">Whose it is.</param>
    /// <param name="hash">Has taken in the message.</param>
    public static void Write(Span<byte> target, long length, in BlobHeader blob, XxHash3 hash)
    {
        target = target[..Size];
        target.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(target, Magic);
        target[4] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], length);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], blob.Account.Value);
        BinaryPrimitives.WriteInt32LittleEndian(target[20..], blob.Mailbox.Value);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], blob.Email.Value);
        BinaryPrimitives.WriteInt64LittleEndian(target[32..], blob.Received.Packed);
        BinaryPrimitives.WriteInt32LittleEndian(target[40..], (int)blob.Flags);
        hash.Append(target[..HashedSize]);
        BinaryPrimitives.WriteUInt64LittleEndian(target[HashedSize..], hash.GetCurrentHashAsUInt64());
    }

    /// <summary>Reads a header.</summary>
    /// <returns>False when the bytes are not one.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out RecordHeader header)
    {
        header = default;
        if (source.Length < Size || BinaryPrimitives.ReadUInt32LittleEndian(source) != Magic || source[4] != Version || source[5] != 0)
        {
            return false;
        }

        var blob = new BlobHeader(
            new AccountId(BinaryPrimitives.ReadInt32LittleEndian(source[16..])),
            new EmailId(BinaryPrimitives.ReadInt64LittleEndian(source[24..])),
            new MailboxId(BinaryPrimitives.ReadInt32LittleEndian(source[20..])),
            new InternalDate(BinaryPrimitives.ReadInt64LittleEndian(source[32..])),
            (MessageFlags)BinaryPrimitives.ReadInt32LittleEndian(source[40..]));
        header = new RecordHeader(BinaryPrimitives.ReadInt64LittleEndian(source[8..]), blob, BinaryPrimitives.ReadUInt64LittleEndian(source[HashedSize..]));
        return header.Length >= 0;
    }

    /// <summary>Whether the checksum is right.</summary>
    /// <param name="source">The header's bytes.</param>
    /// <param name="hash">Has taken in the message.</param>
    public static bool IsIntact(ReadOnlySpan<byte> source, XxHash3 hash)
    {
        hash.Append(source[..HashedSize]);
        return hash.GetCurrentHashAsUInt64() == BinaryPrimitives.ReadUInt64LittleEndian(source[HashedSize..]);
    }
}
