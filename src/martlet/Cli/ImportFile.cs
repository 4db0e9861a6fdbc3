using System.IO.Compression;

namespace Martlet.Cli;

/// <summary>The file of an import: a path or <c>-</c>, as it is or packed with gzip, which is seen by its first bytes.</summary>
internal sealed class ImportFile : IDisposable
{
    private readonly Stream _raw;
    private long _read;

    private ImportFile(Stream raw, Stream content, long total)
    {
        _raw = raw;
        Content = content;
        Total = total;
    }

    /// <summary>Unpacked bytes.</summary>
    public Stream Content { get; }

    /// <summary>Bytes of the file as it lies on the disk; 0 when unknown.</summary>
    public long Total { get; }

    /// <summary>Opens it.</summary>
    /// <param name="path">Path, or <c>-</c> for standard input.</param>
    /// <param name="unpacks">Whether gzip is unpacked here.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImportFile Open(string path, bool unpacks = true)
    {
        if (path == "-")
        {
            var input = Terminal.OpenInput();
            return new ImportFile(input, input, total: 0);
        }

        // Delete sharing: the file may be rotated away while we read it.
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024);
        var isPacked = unpacks && file.CanSeek && file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        if (file.CanSeek)
        {
            file.Position = 0;
        }

        return new ImportFile(file, isPacked ? new GZipStream(file, CompressionMode.Decompress) : file, file.CanSeek ? file.Length : 0);
    }

    /// <summary>Bytes read so far, and the total.</summary>
    public (long Read, long Total) Progress()
    {
        if (Total > 0)
        {
            try
            {
                _read = _raw.Position;
            }
            catch (ObjectDisposedException)
            {
                return (_read, Total);
            }
        }

        return (_read, Total);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Content.Dispose();
        _raw.Dispose();
    }
}
