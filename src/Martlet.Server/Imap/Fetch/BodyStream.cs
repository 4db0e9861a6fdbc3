using System.Buffers;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Martlet.Network.Connections;
using Martlet.Protocols.Imap;
using Martlet.Store;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Fetch;

/// <summary>Bytes of a stored message.</summary>
internal readonly record struct BodyPlace(Account Account, EmailId Email, BlobRef Blob, ByteRange Range);

/// <summary>Writes message bytes as literals: from the store to the client in pieces, so that memory does not grow with the message.</summary>
internal sealed class BodyStream(ImapSession session)
{
    private const int PieceBytes = 64 * 1024;
    private const int WholeBytesMax = 1024 * 1024;          // Read in one go, so that the checksum is verified before the literal is promised.
    private const int FilteredHeaderBytesMax = 4 * 1024 * 1024; // Fields beyond it are not found: no mail has so large a header, and it is held in memory.

    /// <summary>Something could not be read because it is damaged; NIL was written in its place.</summary>
    public bool FoundDamage { get; set; }

    /// <summary>A part had a transfer encoding nobody knows; NIL was written in its place.</summary>
    public bool FoundUnknownEncoding { get; private set; }

    /// <summary>Writes a range, or the part of it that is asked for.</summary>
    public async ValueTask WriteAsync(BodyPlace place, FetchPartial? partial)
    {
        var range = Cut(place.Range, partial);
        if (range.Length <= WholeBytesMax)
        {
            WriteWhole(place, range);
            return;
        }

        var blob = place.Blob;
        session.Writer.LiteralHeader(range.Length, isBinary: false);
        for (var at = range.Begin; at < range.End;)
        {
            var span = session.Connection.Output.GetSpan(PieceBytes)[..(int)Math.Min(PieceBytes, range.End - at)];
            Promised(TryRead(place, ref blob, at, span));
            session.Connection.Output.Advance(span.Length);
            at += span.Length;
            await session.FlushIfLargeAsync();
        }
    }

    /// <summary>Writes header fields by name.</summary>
    public ValueTask WriteFieldsAsync(BodyPlace place, Section section, FetchPartial? partial)
    {
        var length = (int)Math.Min(place.Range.Length, FilteredHeaderBytesMax);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(2 * length, 1));
        try
        {
            var blob = place.Blob;
            var header = buffer.AsSpan(0, length);
            if (!TryRead(place, ref blob, place.Range.Begin, header))
            {
                session.Writer.Nil();
                return ValueTask.CompletedTask;
            }

            var output = buffer.AsSpan(length, length);
            var count = HeaderFilter.Filter(header, section.Fields, section.Text == SectionText.HeaderFieldsNot, output);
            var cut = Cut(new ByteRange(0, count), partial);
            session.Writer.Literal(output[(int)cut.Begin..(int)cut.End]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Writes BINARY or BINARY.SIZE: the part without its transfer encoding (RFC 3516). Two passes: the first counts, since a literal says its size first.</summary>
    public async ValueTask WriteDecodedAsync(BodyPlace place, byte[] encoding, FetchItem item)
    {
        if (!TransferDecoder.TryCreate(new OptionalBytes(encoding), out _))
        {
            FoundUnknownEncoding = true;
            session.Writer.Raw(item.Kind == FetchItemKind.BinarySize ? "0"u8 : "NIL"u8);
            return;
        }

        var size = 0L;
        var hasNul = false;
        try
        {
            await DecodeAsync(place, encoding, bytes =>
            {
                size += bytes.Length;
                hasNul |= bytes.Contains((byte)0);
                return ValueTask.CompletedTask;
            });
        }
        catch (StoreException)
        {
            FoundDamage = true;
            session.Writer.Raw(item.Kind == FetchItemKind.BinarySize ? "0"u8 : "NIL"u8);
            return;
        }

        if (item.Kind == FetchItemKind.BinarySize)
        {
            session.Writer.Number(size);
            return;
        }

        var cut = Cut(new ByteRange(0, size), item.Partial);
        session.Writer.LiteralHeader(cut.Length, isBinary: hasNul);
        var at = 0L;
        await DecodePromisedAsync(place, encoding, bytes =>
        {
            var from = Math.Clamp(cut.Begin - at, 0, bytes.Length);
            var to = Math.Clamp(cut.End - at, from, bytes.Length);
            session.Connection.Output.Write(bytes[(int)from..(int)to]);
            at += bytes.Length;
            return session.FlushIfLargeAsync();
        });
        Promised(at >= cut.End);
    }

    private delegate ValueTask Piece(ReadOnlySpan<byte> bytes);

    private async ValueTask DecodeAsync(BodyPlace place, byte[] encoding, Piece sink)
    {
        TransferDecoder.TryCreate(new OptionalBytes(encoding), out var decoder);
        var blob = place.Blob;
        var input = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var output = ArrayPool<byte>.Shared.Rent(PieceBytes + TransferDecoder.SlackBytes);
        try
        {
            for (var at = place.Range.Begin; at < place.Range.End;)
            {
                var count = session.Store.ReadBytes(place.Account, place.Email, ref blob, at, input.AsSpan(0, (int)Math.Min(PieceBytes, place.Range.End - at)));
                Promised(count > 0);
                at += count;
                var length = decoder.Decode(input.AsSpan(0, count), output);
                await sink(output.AsSpan(0, length));
            }

            var last = decoder.Finish(output);
            await sink(output.AsSpan(0, last));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(input);
            ArrayPool<byte>.Shared.Return(output);
        }
    }

    private async ValueTask DecodePromisedAsync(BodyPlace place, byte[] encoding, Piece sink)
    {
        var isRead = true;
        try
        {
            await DecodeAsync(place, encoding, sink);
        }
        catch (StoreException)
        {
            isRead = false; // The store has named the record in the log.
        }

        Promised(isRead);
    }

    private void WriteWhole(BodyPlace place, ByteRange range)
    {
        var length = (int)range.Length;
        var before = session.Connection.Output.Length;
        session.Writer.LiteralHeader(length, isBinary: false);
        var blob = place.Blob;
        if (length > 0 && !TryRead(place, ref blob, range.Begin, session.Connection.Output.GetSpan(length)[..length]))
        {
            session.Connection.Output.Truncate(before);
            session.Writer.Nil();
            return;
        }

        session.Connection.Output.Advance(length);
    }

    private bool TryRead(BodyPlace place, ref BlobRef blob, long offset, Span<byte> buffer)
    {
        try
        {
            if (session.Store.ReadBytes(place.Account, place.Email, ref blob, offset, buffer) == buffer.Length)
            {
                return true;
            }
        }
        catch (StoreException)
        {
            // Answered below; the store has named the record in the log.
        }

        FoundDamage = true;
        return false;
    }

    // RFC 9051 §6.4.5.1: an offset beyond the end gives an empty string.
    private static ByteRange Cut(ByteRange range, FetchPartial? partial)
    {
        if (partial is not { } wanted)
        {
            return range;
        }

        var begin = Math.Min(range.Begin + Math.Min(wanted.Offset, range.Length), range.End);
        return new ByteRange(begin, begin + Math.Min(wanted.Count, range.End - begin));
    }

    // The size of a literal has been sent: if the bytes do not come, the client cannot be told but by ending the connection.
    private void Promised(bool isKept)
    {
        if (!isKept)
        {
            session.Connection.End(EndReason.ServerError);
            throw new IOException("Stored bytes are missing in the middle of a literal.");
        }
    }
}
