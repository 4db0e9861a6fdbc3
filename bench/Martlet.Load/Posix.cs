using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Load;

/// <summary>What .NET lacks, and figures of a process from /proc. Linux only.</summary>
internal static class Posix
{
    public static void FlushData(SafeFileHandle file)
    {
        if (fdatasync(file) != 0)
        {
            throw new IOException($"fdatasync failed with error {Marshal.GetLastPInvokeError()}.");
        }
    }

    /// <summary>CPU time of a process so far, in milliseconds; steps of 10.</summary>
    public static double CpuMilliseconds(int process)
    {
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) * 10.0;
    }

    /// <summary>Memory of a process in kB, as the kernel counts it: Rss, Pss, Private_Dirty.</summary>
    public static (long Rss, long Pss, long PrivateDirty) Memory(int process)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"));
        long Field(string name) =>
            long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return (Field("Rss:"), Field("Pss:"), Field("Private_Dirty:"));
    }

#pragma warning disable SYSLIB1054, CA5392, IDE1006, CA2101 // Names are libc's; one call, not hot beside what it does.
    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);
#pragma warning restore SYSLIB1054, CA5392, IDE1006, CA2101
}
