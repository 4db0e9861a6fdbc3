using System.Diagnostics;

namespace Martlet.Load;

/// <summary>
/// What the disk allows: messages a second when their bytes are only written to one growing file and flushed, in groups as large as a server with that many
/// connections could form. A store with a log of its own flushes twice a group; <c>two files</c> shows that floor, with 600 bytes a message in the second.
/// </summary>
internal static class Floor
{
    private const int RowBytes = 600;

    public static double Measure(string folder, int bytes, int group, double seconds, bool hasTwoFiles = false)
    {
        var path = Path.Combine(folder, "floor");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        using var log = File.OpenHandle(path + ".log", FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var data = new byte[bytes * group];
        new Random(1).NextBytes(data);
        var count = 0L;
        var offset = 0L;
        var started = Stopwatch.GetTimestamp();
        do
        {
            RandomAccess.Write(file, data, offset);
            offset += data.Length;
            Posix.FlushData(file);
            if (hasTwoFiles)
            {
                RandomAccess.Write(log, data.AsSpan(0, Math.Min(data.Length, group * RowBytes)), count * RowBytes);
                Posix.FlushData(log);
            }

            count += group;
        }
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }
}
