using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>A file opened for reading; shared handles stay open, others close with it.</summary>
internal readonly struct OpenedFile(SafeFileHandle handle, bool isShared) : IDisposable
{
    public SafeFileHandle Handle => handle;

    public void Dispose()
    {
        if (isShared)
        {
            handle.DangerousRelease();
        }
        else
        {
            handle.Dispose();
        }
    }
}

/// <summary>The segment files of a store and open handles to the ones read lately.</summary>
internal sealed class SegmentFiles : IDisposable
{
    private const int HandlesMax = 256;

    private readonly string _folder;
    private readonly Lock _lock = new();
    private readonly Dictionary<long, SafeFileHandle> _handles = [];

    public SegmentFiles(string folder)
    {
        _folder = folder;
        System.IO.Directory.CreateDirectory(folder);
    }

    public string Folder => _folder;

    public string PathOf(long segment) => Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{segment:d8}.seg"));

    /// <summary>Opens a segment for reading.</summary>
    public OpenedFile Open(long segment)
    {
        lock (_lock)
        {
            if (!_handles.TryGetValue(segment, out var handle))
            {
                if (_handles.Count >= HandlesMax)
                {
                    var (oldest, closing) = _handles.First();
                    _handles.Remove(oldest);
                    closing.Dispose(); // Those who read from it hold a reference of their own.
                }

                handle = File.OpenHandle(PathOf(segment), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
                _handles.Add(segment, handle);
            }

            var added = false;
            handle.DangerousAddRef(ref added);
            return new OpenedFile(handle, isShared: true);
        }
    }

    public void Delete(long segment)
    {
        lock (_lock)
        {
            if (_handles.Remove(segment, out var handle))
            {
                handle.Dispose();
            }

            // Under the lock, or a reader could open it once more in between and keep its space taken for as long as the handle is kept.
            try
            {
                File.Delete(PathOf(segment));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw IoFailure.From(e, string.Create(CultureInfo.InvariantCulture, $"Removing segment {segment}"));
            }
        }
    }

    public List<(long Segment, long Length)> List() =>
    [
        .. new DirectoryInfo(_folder).EnumerateFiles("*.seg")
            .Where(file => long.TryParse(Path.GetFileNameWithoutExtension(file.Name), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .Select(file => (long.Parse(Path.GetFileNameWithoutExtension(file.Name), CultureInfo.InvariantCulture), file.Length)).Order(),
    ];

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var handle in _handles.Values)
            {
                handle.Dispose();
            }

            _handles.Clear();
        }
    }
}
