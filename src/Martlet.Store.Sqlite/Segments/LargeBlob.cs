using System.IO.Hashing;
using Martlet.Store.Engine;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>A large message being received: a temporary file with room for the header, and the hash of what has been written.</summary>
internal sealed class LargeBlob(string path, SafeFileHandle file) : ILargeBlob
{
    private readonly XxHash3 _hash = new();
    private bool _isKept;

    public string Path => path;

    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(file, bytes, RecordHeader.Size + Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IoFailure.From(e, "Writing a large message");
        }

        _hash.Append(bytes);
        Length += bytes.Length;
    }

    public int Read(long offset, Span<byte> buffer) => RandomAccess.Read(file, buffer, RecordHeader.Size + offset);

    /// <summary>Completes the file: header and flush. The caller renames it.</summary>
    public void Seal(in BlobHeader header)
    {
        var bytes = new byte[RecordHeader.Size];
        RecordHeader.Write(bytes, Length, header, _hash);
        RandomAccess.Write(file, bytes, 0);
        Posix.FlushData(file);
    }

    /// <summary>The file has its final name and stays.</summary>
    public void Keep() => _isKept = true;

    public void Dispose()
    {
        file.Dispose();
        if (!_isKept)
        {
            File.Delete(path);
        }
    }
}
