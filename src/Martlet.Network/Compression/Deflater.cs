using System.IO.Compression;
using Martlet.Network.Connections;

namespace Martlet.Network.Compression;

/// <summary>Compresses bursts of a raw DEFLATE stream (RFC 1951), each by itself.</summary>
/// <remarks>
/// A compressor that starts behind a flush and makes no references to what was before is legal: the receiver only needs its own history. So none is kept
/// between bursts, and a waiting connection costs nothing here; a burst refers to nothing of other bursts, which costs some per cent of size (ADR 0014).
/// </remarks>
public static class Deflater
{
    /// <summary>Up to this size a burst is sent as it is: the 5 bytes of a stored block are what a flush mark costs too.</summary>
    public const int StoredBytesMax = 64;

    /// <summary>Appends a burst that the receiver can decode to its last byte, without waiting for more.</summary>
    /// <param name="burst">What is to be sent.</param>
    /// <param name="output">Appended to; ends at a byte boundary.</param>
    /// <param name="isLast">Whether the stream ends with it (a final block).</param>
    public static void Compress(ReadOnlySpan<byte> burst, OutputBuffer output, bool isLast = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (burst.Length <= StoredBytesMax)
        {
            Store(burst, output, isLast);
            return;
        }

        using var sink = new Sink(output);
        using var stream = new DeflateStream(sink, CompressionLevel.Fastest, leaveOpen: true);
        stream.Write(burst);
        if (!isLast)
        {
            stream.Flush();
            sink.IsClosed = true; // Disposing writes the end of a stream, which this is not.
        }
    }

    // RFC 1951 §3.2.4: a block as it is. The stream stands at a byte boundary before and after each burst.
    private static void Store(ReadOnlySpan<byte> burst, OutputBuffer output, bool isLast)
    {
        output.Write([(byte)(isLast ? 1 : 0), (byte)burst.Length, 0, (byte)~burst.Length, 0xff]);
        output.Write(burst);
    }

    private sealed class Sink(OutputBuffer output) : Stream
    {
        public bool IsClosed { get; set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        // Stream has these members; what the compressor makes goes on at once, so there is no length, no position, and nothing to read.
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (!IsClosed)
            {
                output.Write(buffer);
            }
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
            // Nothing is kept here.
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
