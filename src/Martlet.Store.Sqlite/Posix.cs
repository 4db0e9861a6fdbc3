using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Store.Sqlite;

/// <summary>The two calls that .NET lacks for durable files: flushing data without the file's times, and flushing a directory after a rename or creation.</summary>
internal static class Posix
{
    private const int DirectoryFlag = 0x10000; // O_DIRECTORY on Linux; O_RDONLY is 0.
    private const int CloseOnExec = 0x80000;

    /// <summary>Puts a file's bytes on disk.</summary>
    public static void FlushData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }

        if (fdatasync(file) != 0)
        {
            throw new IOException($"fdatasync failed with error {Marshal.GetLastPInvokeError()}.", Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>Puts a directory's entries on disk, so that a new or renamed file is found after a power cut.</summary>
    public static void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Other systems keep order by themselves or offer no such call.
        }

        var descriptor = open(path, DirectoryFlag | CloseOnExec);
        if (descriptor < 0)
        {
            throw new IOException($"Cannot open {path}: error {Marshal.GetLastPInvokeError()}.", Marshal.GetLastPInvokeError());
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        if (fsync(handle) != 0)
        {
            throw new IOException($"fsync of {path} failed with error {Marshal.GetLastPInvokeError()}.", Marshal.GetLastPInvokeError());
        }
    }

#pragma warning disable SYSLIB1054, CA5392, CA2101, IDE1006 // Generated marshalling would need unsafe code in this project; these three calls are not hot. Names are libc's.
    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
#pragma warning restore SYSLIB1054, CA5392, CA2101, IDE1006
}
