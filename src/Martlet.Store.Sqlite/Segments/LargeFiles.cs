using System.Globalization;
using Martlet.Store.Engine;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>Messages with a file of their own: written and flushed by the session that brings them, so that many large ones go in parallel.</summary>
internal sealed class LargeFiles
{
    private const int CopyBytes = 256 * 1024;

    private readonly string _folder;
    private long _last;

    /// <summary>Leaves everything as it is.</summary>
    public LargeFiles(string folder)
    {
        _folder = folder;
        System.IO.Directory.CreateDirectory(folder);
    }

    /// <summary>Removes what no email refers to: unfinished files, and finished ones whose rows were never committed.</summary>
    public LargeFiles(string folder, IReadOnlyList<long> referred)
        : this(folder)
    {
        foreach (var path in System.IO.Directory.EnumerateFiles(folder, "*.tmp"))
        {
            File.Delete(path);
        }

        var known = referred.ToHashSet();
        foreach (var number in List())
        {
            if (!known.Contains(number))
            {
                File.Delete(PathOf(number));
            }
        }

        _last = known.Count == 0 ? 0 : known.Max();
    }

    public List<long> List() =>
    [
        .. System.IO.Directory.EnumerateFiles(_folder, "*.msg")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(name => long.Parse(name, CultureInfo.InvariantCulture)).Order(),
    ];

    public LargeBlob Create() => IoFailure.Guard("Creating a large message", () =>
    {
        var path = Path.Combine(_folder, $"{Guid.NewGuid():n}.tmp");
        return new LargeBlob(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
    });

    public BlobRef Store(in BlobHeader header, ReadOnlySpan<byte> prefix, LargeBlob body, bool isLastUse)
    {
        var number = Interlocked.Increment(ref _last);
        var moved = false;
        try
        {
            if (isLastUse && prefix.Length == 0)
            {
                body.Seal(header);
                File.Move(body.Path, PathOf(number));
                body.Keep();
                moved = true;
                Posix.FlushDirectory(_folder);
                return new BlobRef(BlobKind.Large, number, 0, body.Length);
            }

            using var copy = Create();
            copy.Write(prefix);
            var buffer = new byte[CopyBytes];
            for (long at = 0; at < body.Length;)
            {
                var count = body.Read(at, buffer);
                copy.Write(buffer.AsSpan(0, count));
                at += count;
            }

            copy.Seal(header);
            File.Move(copy.Path, PathOf(number));
            copy.Keep();
            moved = true;
            Posix.FlushDirectory(_folder);
            return new BlobRef(BlobKind.Large, number, 0, copy.Length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (moved)
            {
                Delete(number);
            }

            throw IoFailure.From(e, "Writing a large message");
        }
    }

    public OpenedFile Open(long number) =>
        new(File.OpenHandle(PathOf(number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete), isShared: false);

    public void Delete(long number)
    {
        try
        {
            File.Delete(PathOf(number));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw IoFailure.From(e, string.Create(CultureInfo.InvariantCulture, $"Removing large message {number}"));
        }
    }

    private string PathOf(long number) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{number:d10}.msg"));
}
