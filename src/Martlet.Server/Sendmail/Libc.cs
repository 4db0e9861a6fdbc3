using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Server.Sendmail;

/// <summary>Calls that .NET lacks: whose rights the program has, keeping its memory to itself, and flushing a directory.</summary>
internal static class Libc
{
    private const int SetDumpable = 4; // PR_SET_DUMPABLE
    private const int DirectoryFlag = 0x10000; // O_DIRECTORY on Linux; O_RDONLY is 0.
    private const int CloseOnExec = 0x80000;

    /// <summary>Whether the program has the rights of a group or user that its caller has not.</summary>
    public static bool IsPrivileged => OperatingSystem.IsLinux() && (getegid() != getgid() || geteuid() != getuid());

    /// <summary>No core dumps, and no other process of the caller may look into this one.</summary>
    public static void ForbidDumps()
    {
        if (prctl(SetDumpable, 0, 0, 0, 0) != 0)
        {
            throw new IOException($"prctl failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>Puts a directory's entries on disk, so that a new or renamed file is found after a power cut.</summary>
    public static void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var handle = new SafeFileHandle(open(path, DirectoryFlag | CloseOnExec), ownsHandle: true);
        if (handle.IsInvalid || fsync(handle) != 0)
        {
            throw new IOException($"{path} cannot be flushed: error {Marshal.GetLastPInvokeError()}.");
        }
    }

#pragma warning disable SYSLIB1054, CA5392, CA2101, IDE1006 // Generated marshalling would need unsafe code in this project; names are libc's.
    [DllImport("libc")]
    private static extern uint getgid();

    [DllImport("libc")]
    private static extern uint getegid();

    [DllImport("libc")]
    private static extern uint getuid();

    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true)]
    private static extern int prctl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(SafeFileHandle file);

    [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);
#pragma warning restore SYSLIB1054, CA5392, CA2101, IDE1006
}
