using System.Globalization;
using System.Text;

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

    /// <summary>Path of the control socket.</summary>
    public string Control => ControlPath(Path);

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

        try
        {
            MakePrivate(path);
            var file = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n")));
            file.Flush();
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

    /// <summary>Gives the lock back.</summary>
    public void Dispose()
    {
        // The file stays: removing it would let two processes lock two files of the same name.
        _lock.SetLength(0);
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

    // Who wrote the lock file; opened in a way that asks for no lock.
    private static string? Holder(string path)
    {
        try
        {
            using var file = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var text = new byte[16];
            var count = file.Read(text);
            return int.TryParse(Encoding.ASCII.GetString(text, 0, count).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var process)
                ? process.ToString(CultureInfo.InvariantCulture)
                : null;
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
