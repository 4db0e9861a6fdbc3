using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Martlet.Server.Setup;

namespace Martlet.Server.Hosting;

/// <summary>The folder that holds everything of one server, and the lock that lets only one process work on it.</summary>
/// <remarks>The lock is the kernel's, on the open file: a process that dies leaves none behind. Dispose it last.</remarks>
public sealed class DataFolder : IDisposable
{
    /// <summary>Longest path of the folder: the control socket's path must fit into a socket address (108 bytes on Linux).</summary>
    private const int PathBytesMax = 98;

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Folder of the mail store.</summary>
    public string Store => StorePath(Path);

    /// <summary>Folder of the journal of mail.</summary>
    public string Journal => System.IO.Path.Combine(Path, "journal");

    /// <summary>Path of the control socket.</summary>
    public string Control => ControlPath(Path);

    /// <summary>Folder for what an import or export must keep while it runs; made when it is needed.</summary>
    public string Transfer => System.IO.Path.Combine(Path, "transfer");

    /// <summary>Path of the control socket of a data folder.</summary>
    public static string ControlPath(string folder) => System.IO.Path.Combine(folder, "control");

    /// <summary>Path of the mail store of a data folder.</summary>
    public static string StorePath(string folder) => System.IO.Path.Combine(folder, "store");

    /// <summary>Whether a server has ever used the folder.</summary>
    public static bool IsOne(string folder) => Directory.Exists(StorePath(folder));

    /// <summary>Makes the folder when it is missing, for its owner only, and takes its lock.</summary>
    /// <exception cref="DataFolderBusyException">Another process has the lock.</exception>
    /// <exception cref="HostException">The folder cannot be used.</exception>
    public static DataFolder Open(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > PathBytesMax)
        {
            throw new HostException($"The path of the data folder is longer than {PathBytesMax} bytes, too long for the control socket in it: {path}");
        }

        // Root may do everything, and what it makes here the server's user could not read.
        if (UnixUser.IsRoot && UnixUser.OwnerOf(path) is > 0 and var owner)
        {
            throw new HostException(string.Create(
                CultureInfo.InvariantCulture, $"The data folder {path} belongs to user {owner}, who could not read what root makes in it. Run this as that user: sudo -u '#{owner}' martlet ..."));
        }

        try
        {
            MakePrivate(path);
            var file = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            // Who has it, for people: beside the lock, because no other process can open that file now.
            File.WriteAllText(ProcessPath(path), string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            return new DataFolder(path, file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new HostException($"The data folder {path} is not yours to use: {e.Message} Run this as the server's user.", e);
        }
        catch (IOException e) when (Holder(path) is { } process)
        {
            throw new DataFolderBusyException($"The data folder {path} is in use by process {process}.", e);
        }
        catch (IOException e)
        {
            throw new HostException($"The data folder {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Random bytes that stay the same as long as the folder lives; made when they are first asked for, readable by the owner only.</summary>
    /// <exception cref="HostException">The file cannot be read or made.</exception>
    public byte[] Secret(string name, int length)
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path) is var known && known.Length == length)
            {
                return known;
            }

            var secret = RandomNumberGenerator.GetBytes(length);
            var made = path + ".new";
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var file = new FileStream(made, options))
            {
                file.Write(secret);
                file.Flush(flushToDisk: true);
            }

            File.Move(made, path, overwrite: true);
            return secret;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HostException($"The file {path} cannot be used: {e.Message}", e);
        }
    }

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        // The lock file stays: removing it would let two processes lock two files of the same name.
        File.Delete(ProcessPath(Path));
        _lock.Dispose();
    }

    private static void MakePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }

        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(path, Owner);
        if (File.GetUnixFileMode(path) != Owner)
        {
            File.SetUnixFileMode(path, Owner);
        }
    }

    private static string ProcessPath(string folder) => System.IO.Path.Combine(folder, "process");

    // Who has the lock; null when that is not known, which is the same as nobody: the lock failed for another reason.
    private static string? Holder(string path)
    {
        try
        {
            var text = File.ReadAllText(ProcessPath(path)).Trim();
            return text.Length is > 0 and < 12 ? text : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>Another process works on the data folder.</summary>
public sealed class DataFolderBusyException : Exception
{
    /// <summary>Makes one.</summary>
    public DataFolderBusyException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
