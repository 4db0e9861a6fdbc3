using System.Runtime.InteropServices;

namespace Martlet.Server.Setup;

/// <summary>A user of the system: looked up by name, given a folder, or become for the rest of the process.</summary>
/// <param name="Name">Name.</param>
/// <param name="Id">Number of the user.</param>
/// <param name="Group">Number of its group.</param>
public sealed record UnixUser(string Name, uint Id, uint Group)
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint StatxUid = 8; // STATX_UID

    /// <summary>Whether this process may do everything.</summary>
    public static bool IsRoot => OperatingSystem.IsLinux() && geteuid() == 0;

    /// <summary>The user of that name; null when there is none.</summary>
    public static UnixUser? Find(string name)
    {
        if (!OperatingSystem.IsLinux() || name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        var entry = getpwnam(name);
        // struct passwd: two pointers, then user and group.
        return entry == IntPtr.Zero ? null : new UnixUser(name, (uint)Marshal.ReadInt32(entry, 2 * IntPtr.Size), (uint)Marshal.ReadInt32(entry, 2 * IntPtr.Size + sizeof(uint)));
    }

    /// <summary>Number of the user whose a file or folder is; null where that is not known.</summary>
    public static uint? OwnerOf(string path)
    {
        // struct statx is the same on every architecture, unlike struct stat: the user is at 20 of its 256 bytes.
        var status = new byte[256];
        return OperatingSystem.IsLinux() && statx(CurrentFolder, path, flags: 0, StatxUid, status) == 0 ? BitConverter.ToUInt32(status, 20) : null;
    }

    /// <summary>Gives a file or folder to the user.</summary>
    /// <exception cref="IOException">It cannot be given.</exception>
    public void Give(string path) => Check(chown(path, Id, Group), $"{path} cannot be given to {Name}");

    /// <summary>Gives up all rights but those of the user, for good: files that are made from now on are the user's.</summary>
    /// <exception cref="IOException">The rights cannot be given up.</exception>
    public void Become()
    {
        // Groups first: after that there is no right to change them. In glibc all threads follow.
        Check(initgroups(Name, Group), $"The groups of {Name} cannot be taken");
        Check(setgid(Group), $"The group of {Name} cannot be taken");
        Check(setuid(Id), $"The rights of {Name} cannot be taken");
    }

    private static void Check(int result, string what)
    {
        if (result != 0)
        {
            throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}.");
        }
    }

#pragma warning disable SYSLIB1054, CA5392, CA2101, IDE1006 // Generated marshalling would need unsafe code in this project; names are libc's.
    [DllImport("libc")]
    private static extern uint geteuid();

    [DllImport("libc")]
    private static extern IntPtr getpwnam([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", SetLastError = true)]
    private static extern int statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, [Out] byte[] status);

    [DllImport("libc", SetLastError = true)]
    private static extern int chown([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int initgroups([MarshalAs(UnmanagedType.LPUTF8Str)] string name, uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int setgid(uint group);

    [DllImport("libc", SetLastError = true)]
    private static extern int setuid(uint user);
#pragma warning restore SYSLIB1054, CA5392, CA2101, IDE1006
}
