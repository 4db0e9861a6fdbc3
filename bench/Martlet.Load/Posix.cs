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

    private const int ParentField = 1;
    private const int UserTimeField = 11;

    /// <summary>CPU time of a process so far, in milliseconds; steps of 10.</summary>
    public static double CpuMilliseconds(int process) => Stat(process) is { } fields ? Ticks(fields, 2) * 10.0 : 0;

    /// <summary>CPU time of a process, of those below it, and of those that were below it and have ended; in milliseconds, steps of 10.</summary>
    public static double TreeCpuMilliseconds(int process) => Tree(process).Sum(id => Stat(id) is { } fields ? Ticks(fields, 4) * 10.0 : 0);

    /// <summary>A process and all below it.</summary>
    public static List<int> Tree(int process)
    {
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0)
            .ToLookup(id => Stat(id) is { } fields ? int.Parse(fields[ParentField], CultureInfo.InvariantCulture) : -1);
        List<int> tree = [process];
        for (var i = 0; i < tree.Count; i++)
        {
            tree.AddRange(children[tree[i]]);
        }

        return tree;
    }

    /// <summary>Memory of a process in kB, as the kernel counts it: Rss, Pss, Private_Dirty.</summary>
    public static (long Rss, long Pss, long PrivateDirty) Memory(int process)
    {
        var lines = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"));
        long Field(string name) =>
            long.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        return (Field("Rss:"), Field("Pss:"), Field("Private_Dirty:"));
    }

    // The fields after the name in /proc/N/stat, from the state on; null when the process is gone.
    private static string[]? Stat(int process)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Own user and system time, then that of children that ended.
    private static long Ticks(string[] fields, int count) => fields.Skip(UserTimeField).Take(count).Sum(field => long.Parse(field, CultureInfo.InvariantCulture));

#pragma warning disable SYSLIB1054, CA5392, IDE1006, CA2101 // Names are libc's; one call, not hot beside what it does.
    [DllImport("libc", SetLastError = true)]
    private static extern int fdatasync(SafeFileHandle file);
#pragma warning restore SYSLIB1054, CA5392, IDE1006, CA2101
}
