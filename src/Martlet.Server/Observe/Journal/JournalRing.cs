using System.Globalization;

namespace Martlet.Server.Observe.Journal;

/// <summary>
/// Some append-only files that take up a bounded number of bytes: when the newest is full another is begun and the oldest removed. Only the journal's own task
/// writes; anybody may read meanwhile.
/// </summary>
internal sealed class JournalRing : IDisposable
{
    private const string Suffix = ".jsonl";

    private readonly string _folder;
    private readonly string _name;
    private readonly long _fileBytesMax;
    private readonly int _filesMax;
    private FileStream? _file;

    /// <summary>Makes one; nothing is opened before the first line.</summary>
    /// <param name="folder">Where its files are.</param>
    /// <param name="name">What they are called.</param>
    /// <param name="bytesMax">Bytes of all.</param>
    /// <param name="filesMax">Files.</param>
    public JournalRing(string folder, string name, long bytesMax, int filesMax)
    {
        _folder = folder;
        _name = name;
        _filesMax = filesMax;
        _fileBytesMax = Math.Max(1, bytesMax / filesMax);
    }

    /// <summary>Its files, the oldest first.</summary>
    public static IReadOnlyList<string> Files(string folder, string name) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.EnumerateFiles(folder, $"{name}-*{Suffix}")
           let number = NumberOf(path, name)
           where number > 0
           orderby number
           select path,
    ];

    /// <summary>Writes lines, each with its end.</summary>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public async Task AppendAsync(ReadOnlyMemory<byte> lines)
    {
        _file ??= Open(isAnother: false);
        if (_file.Length > 0 && _file.Length + lines.Length > _fileBytesMax)
        {
            Close();
            _file = Open(isAnother: true);
        }

        await _file.WriteAsync(lines);
        await _file.FlushAsync();
    }

    /// <summary>Removes files in which the newest line is older than that.</summary>
    public void Forget(DateTimeOffset before)
    {
        foreach (var path in Files(_folder, _name).Where(path => path != _file?.Name && File.GetLastWriteTimeUtc(path) < before.UtcDateTime))
        {
            File.Delete(path);
        }
    }

    /// <summary>Lets go of the file after a failure: the next line begins on a new one, whatever the last one left behind.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => Close();

    private static int NumberOf(string path, string name)
    {
        var text = Path.GetFileNameWithoutExtension(path.AsSpan())[(name.Length + 1)..];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private FileStream Open(bool isAnother)
    {
        MakePrivate(_folder);
        var files = Files(_folder, _name);
        if (files.Count > 0 && !isAnother)
        {
            var last = OpenFile(files[^1]);
            EndLine(last);
            return last;
        }

        foreach (var path in files.Take(files.Count - _filesMax + 1))
        {
            File.Delete(path);
        }

        var number = files.Count == 0 ? 0 : NumberOf(files[^1], _name);
        return OpenFile(Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"{_name}-{number + 1:d8}{Suffix}")));
    }

    // A file that was there before may end in half a line, which is read over: the next one begins on a line of its own.
    private static void EndLine(FileStream file)
    {
        if (file.Length > 0)
        {
            using var handle = File.OpenHandle(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> last = stackalloc byte[1];
            if (RandomAccess.Read(handle, last, file.Length - 1) == 1 && last[0] != '\n')
            {
                file.WriteByte((byte)'\n');
            }
        }
    }

    private static FileStream OpenFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
