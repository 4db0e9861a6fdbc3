namespace Martlet.Cli;

/// <summary>
/// Files that belong together: all of them are new, or none of them is there afterwards. Each comes under its name only when all of it is on disk, so that a process
/// that is killed leaves no half of a file there.
/// </summary>
internal sealed class NewFiles : IDisposable
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Public = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly List<string> _made = [];
    private bool _isKept;

    /// <summary>Makes a file and waits until the disk has it.</summary>
    /// <param name="path">Where; nothing may be there.</param>
    /// <param name="content">All of it.</param>
    /// <param name="isSecret">For its owner only.</param>
    /// <exception cref="IOException">Something is there, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not let us.</exception>
    public void Write(string path, ReadOnlySpan<byte> content, bool isSecret)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        }

        var unfinished = path + ".unfinished";
        // What a killed process left there is nobody's; a link that somebody put there is removed, not followed.
        File.Delete(unfinished);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = isSecret ? Secret : Public;
        }

        try
        {
            using (var file = new FileStream(unfinished, options))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            // Fails when something has come to the name meanwhile.
            File.Move(unfinished, path, overwrite: false);
            _made.Add(path);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>All are written: they stay.</summary>
    public void Keep() => _isKept = true;

    /// <summary>Removes what was made, unless it is kept.</summary>
    public void Dispose()
    {
        foreach (var path in _isKept ? [] : _made)
        {
            File.Delete(path);
        }
    }
}
