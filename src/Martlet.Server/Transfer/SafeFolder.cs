using System.IO.Enumeration;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Server.Transfer;

/// <summary>
/// A folder that belongs to somebody else, read by somebody with more rights: root imports a user's Maildir. Links in it are never followed, whatever is put in the
/// place of what while it is read, and nothing is opened that would wait.
/// </summary>
internal sealed class SafeFolder : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
    private static readonly int DirectoryFlag = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    private readonly SafeFileHandle _handle;

    private SafeFolder(SafeFileHandle handle) => _handle = handle;

    /// <summary>Opens a folder that whoever runs the command has named: links on the way there are theirs.</summary>
    /// <exception cref="IOException">It is not there, not a folder, or not to be read.</exception>
    public static SafeFolder Open(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new IOException("A folder can be read on Linux only; make it a zip or tar.gz file.");
        }

        var handle = new SafeFileHandle(open(path, DirectoryFlag | CloseOnExec), ownsHandle: true);
        return handle.IsInvalid ? throw new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}") : new SafeFolder(handle);
    }

    /// <summary>Names in it, in no order; whether it is a folder as the file system says at once, which for links is what they point to.</summary>
    public IEnumerable<(string Name, bool IsFolder)> Names() => new FileSystemEnumerable<(string, bool)>(
        $"/proc/self/fd/{_handle.DangerousGetHandle()}",
        static (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.IsDirectory),
        new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, ReturnSpecialDirectories = false });

    /// <summary>Opens a folder in it.</summary>
    /// <returns>Null when it is none; the reason then.</returns>
    public (SafeFolder? Folder, string? Problem) OpenFolder(string name)
    {
        var handle = new SafeFileHandle(openat(_handle, name, DirectoryFlag | NoFollow | CloseOnExec), ownsHandle: true);
        return handle.IsInvalid ? (null, Problem()) : (new SafeFolder(handle), null);
    }

    /// <summary>Opens a file in it.</summary>
    /// <returns>Null when it is none; the reason then.</returns>
    public (SafeFileHandle? File, string? Problem) OpenFile(string name)
    {
        var handle = new SafeFileHandle(openat(_handle, name, NoFollow | NonBlocking | CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid)
        {
            return (null, Problem());
        }

        // Pipes, sockets and terminals have no place to seek to.
        if (!CanSeek(handle))
        {
            handle.Dispose();
            return (null, "it is not a file");
        }

        return (handle, null);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private static bool CanSeek(SafeFileHandle handle)
    {
        const int Current = 1; // SEEK_CUR
        return lseek(handle, 0, Current) >= 0;
    }

    private static string Problem()
    {
        const int Loop = 40; // ELOOP
        const int NotADirectory = 20; // ENOTDIR
        const int Missing = 2; // ENOENT
        return Marshal.GetLastPInvokeError() switch
        {
            Loop or NotADirectory => "it is a link, and links are not followed",
            Missing => "it is gone: another program works here; run the import again when it is done",
            var error => Marshal.GetPInvokeErrorMessage(error),
        };
    }

#pragma warning disable SYSLIB1054, CA5392, CA2101, IDE1006 // Generated marshalling would need unsafe code in this project; names are libc's.
    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int openat(SafeFileHandle folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern long lseek(SafeFileHandle file, long offset, int origin);
#pragma warning restore SYSLIB1054, CA5392, CA2101, IDE1006
}
