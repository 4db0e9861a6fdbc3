using System.Globalization;
using Martlet.Store.Sqlite.Sql;

namespace Martlet.Store.Tests.Crash;

/// <summary>Takes away what a power cut may take: what was written and not flushed, and nothing that was acknowledged.</summary>
internal static class PowerCut
{
    // Above this the log may have begun again at its start, and its length says nothing.
    private const long LogBytesMax = 12 * 1024 * 1024;

    /// <param name="folder">Store of a dead process.</param>
    /// <param name="acknowledged">Length of the log at the last acknowledgement: so much was flushed.</param>
    /// <param name="random">Where in the rest the cut is.</param>
    public static void Apply(string folder, long acknowledged, Random random)
    {
        var log = Path.Combine(folder, "meta.db-wal");
        File.Delete(Path.Combine(folder, "meta.db-shm"));
        if (File.Exists(log) && new FileInfo(log).Length is var length && length < LogBytesMax)
        {
            Cut(log, acknowledged + random.NextInt64(length - acknowledged + 1));
        }

        // Records behind the committed end are flushed before their rows are; the log may have lost these rows.
        foreach (var (segment, written) in CommittedEnds(folder))
        {
            var path = Path.Combine(folder, "seg", string.Create(CultureInfo.InvariantCulture, $"{segment:d8}.seg"));
            if (new FileInfo(path).Length is var size && size > written)
            {
                Cut(path, written + random.NextInt64(size - written + 1));
            }
        }
    }

    private static List<(long Segment, long Written)> CommittedEnds(string folder)
    {
        using var database = new Database(Path.Combine(folder, "meta.db"), isWriter: true);
        using var rows = database.Prepare("SELECT seg, written FROM segment");
        var ends = new List<(long, long)>();
        while (rows.Step())
        {
            ends.Add((rows.Int64(0), rows.Int64(1)));
        }

        return ends;
    }

    private static void Cut(string path, long length)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    }
}
