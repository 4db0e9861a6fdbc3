using System.IO.Compression;
using Martlet.Messages.Files;

namespace Martlet.Server.Transfer;

/// <summary>What a file with mail is, by its first bytes.</summary>
internal enum MailSourceKind
{
    /// <summary>Nothing in it.</summary>
    Empty,

    /// <summary>An mbox file.</summary>
    Mbox,

    /// <summary>A tar file.</summary>
    Tar,

    /// <summary>A zip file.</summary>
    Zip,

    /// <summary>Something else.</summary>
    Unknown,
}

/// <summary>
/// The file of an import: finds out what it is, unpacks gzip, and reads an archive as often as asked. What cannot seek and must be read twice is kept in the data
/// folder meanwhile.
/// </summary>
internal sealed class MailSource : IAsyncDisposable
{
    private readonly Stream _file;
    private readonly FileStream? _spool;
    private readonly bool _isGzip;
    private readonly long _unpackedMax;

    private MailSource(MailSourceKind kind, Stream file, FileStream? spool, bool isGzip, long unpackedMax) =>
        (Kind, _file, _spool, _isGzip, _unpackedMax) = (kind, file, spool, isGzip, unpackedMax);

    /// <summary>What it is.</summary>
    public MailSourceKind Kind { get; }

    /// <summary>The content, to be read once; not for zip files.</summary>
    public Stream Content => _isGzip ? Unpack(_file) : _file;

    /// <summary>Opens a file.</summary>
    /// <param name="input">The file; when it can seek, it stands at its beginning. The caller keeps it.</param>
    /// <param name="isOnce">Whether a tar file is read only once.</param>
    /// <param name="folder">Where the data folder keeps it meanwhile.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="InvalidDataException">It is packed in a way that is not understood, too large, or the disk too full.</exception>
    public static async Task<MailSource> OpenAsync(Stream input, bool isOnce, string folder, TransferLimits limits, CancellationToken cancel)
    {
        var (head, whole) = await HeadStream.PeekAsync(input, 64 * 1024, cancel);
        var isGzip = head.Span is [0x1F, 0x8B, ..];
        var inner = head.Span;
        if (isGzip)
        {
            var unpacked = new byte[1024];
            inner = unpacked.AsSpan(0, await PeekGzipAsync(head, unpacked, cancel));
        }

        var kind = KindOf(inner);
        Refuse(head.Span, kind);
        var mustSeek = kind == MailSourceKind.Zip || (kind == MailSourceKind.Tar && !isOnce);
        if (kind == MailSourceKind.Zip && isGzip)
        {
            throw new InvalidDataException("it is a zip file that was packed again with gzip; unpack it once.");
        }

        if (!mustSeek || input.CanSeek)
        {
            if (input.CanSeek)
            {
                input.Position = 0;
            }

            return new MailSource(kind, input.CanSeek ? input : whole, null, isGzip, limits.UnpackedBytesMax);
        }

        var spool = SpoolFile.Create(folder);
        try
        {
            await SpoolFile.FillAsync(spool, folder, whole, limits, cancel);
            return new MailSource(kind, spool, spool, isGzip, limits.UnpackedBytesMax);
        }
        catch
        {
            await spool.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the archive from its beginning.</summary>
    public async Task<ArchiveReader> OpenArchiveAsync(CancellationToken cancel)
    {
        if (Kind == MailSourceKind.Zip)
        {
            return await ZipReader.OpenAsync(_file, cancel);
        }

        if (_file.CanSeek)
        {
            _file.Position = 0;
        }

        return new TarReader(Content);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_spool is not null)
        {
            await _spool.DisposeAsync();
        }
    }

    private static MailSourceKind KindOf(ReadOnlySpan<byte> head) =>
        head.IsEmpty ? MailSourceKind.Empty
        : ZipReader.IsZip(head) ? MailSourceKind.Zip
        : TarReader.IsTar(head) ? MailSourceKind.Tar
        : head.StartsWith("From "u8) ? MailSourceKind.Mbox
        : MailSourceKind.Unknown;

    private static void Refuse(ReadOnlySpan<byte> head, MailSourceKind kind)
    {
        var packing = head switch
        {
            [0x42, 0x5A, 0x68, ..] => "bzip2",
            [0xFD, 0x37, 0x7A, 0x58, 0x5A, ..] => "xz",
            [0x28, 0xB5, 0x2F, 0xFD, ..] => "zstd",
            [0x37, 0x7A, 0xBC, 0xAF, ..] => "7-Zip",
            [0x52, 0x61, 0x72, 0x21, ..] => "RAR",
            _ => null,
        };
        if (packing is not null && kind == MailSourceKind.Unknown)
        {
            throw new InvalidDataException($"it is packed with {packing}, which is not understood; make it a zip or tar.gz file.");
        }
    }

    private static async Task<int> PeekGzipAsync(ReadOnlyMemory<byte> head, byte[] unpacked, CancellationToken cancel)
    {
        await using var gzip = new GZipStream(new HeadStream(head, Stream.Null), CompressionMode.Decompress);
        var length = 0;
        try
        {
            while (length < unpacked.Length && await gzip.ReadAsync(unpacked.AsMemory(length), cancel) is > 0 and var count)
            {
                length += count;
            }
        }
        catch (InvalidDataException) when (length > 0)
        {
            // The head ends in the middle; what came out of it is enough.
            return length;
        }

        return length;
    }

    private BoundedStream Unpack(Stream packed) => new(new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true), _unpackedMax);
}
