using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Sqlite.Segments;
using Microsoft.Extensions.Logging;

namespace Martlet.Store.Sqlite;

/// <summary>Opens the embedded store: <c>meta.db</c>, <c>seg/</c> and <c>large/</c> in one folder.</summary>
public static class SqliteStore
{
    private const string Database = "meta.db";

    /// <summary>Opens or makes a store. One process at a time: the caller holds the folder's lock.</summary>
    /// <param name="folder">Folder; made when missing.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    /// <exception cref="StoreException">The files cannot be opened or are not a store.</exception>
    public static MailStore Open(string folder, StoreLimits limits, TimeProvider time, ILogger logger)
    {
        try
        {
            System.IO.Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(StoreFailure.Unavailable, $"Cannot make the folder {folder}: {e.Message}", e);
        }

        RefuseWithoutDatabase(folder);
        var engine = new SqliteEngine(Path.Combine(folder, Database), limits.LoggedFlagsMin);
        try
        {
            var blobs = IoFailure.Guard("Opening message files", () => new SegmentStore(folder, engine.ReadSegments(), engine.HasEmailsIn, engine.ReadLargeFiles()));
            return MailStore.Open(engine, blobs, limits, time, logger);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    // A new database would take all message files for leftovers and remove them.
    private static void RefuseWithoutDatabase(string folder)
    {
        if (File.Exists(Path.Combine(folder, Database)))
        {
            return;
        }

        foreach (var (part, pattern) in (ReadOnlySpan<(string, string)>)[("seg", "*.seg"), ("large", "*.msg")])
        {
            var files = new DirectoryInfo(Path.Combine(folder, part));
            if (files.Exists && files.EnumerateFiles(pattern).Any(file => file.Length > 0))
            {
                throw new StoreException(StoreFailure.Corrupt, $"{Database} is missing in {folder}, and there are messages in {part}/: restore it from a backup.");
            }
        }
    }

    /// <summary>Checks a stopped store, and on request rebuilds what is derived from other things that are stored. Message bytes are never changed.</summary>
    /// <param name="folder">Folder. The caller holds its lock.</param>
    /// <param name="depth">How much to read.</param>
    /// <param name="repair">Whether to rebuild.</param>
    /// <param name="limits">Limits of the server, for names.</param>
    /// <returns>What was found; after a repair also what was done and what is left.</returns>
    /// <exception cref="StoreException">There is no store in the folder, it cannot be opened at all, or the repair cannot be written.</exception>
    public static StoreReport Verify(string folder, CheckDepth depth, bool repair, StoreLimits limits)
    {
        var database = Path.Combine(folder, Database);
        if (!File.Exists(database))
        {
            throw new StoreException(StoreFailure.Unavailable, $"There is no store in {folder}: {Database} is missing.");
        }

        using var engine = new SqliteEngine(database, limits.LoggedFlagsMin);
        using var blobs = IoFailure.Guard("Opening message files", () => new SegmentStore(folder));
        if (!repair)
        {
            return StoreCheck.Run(new CheckContext(engine, blobs, limits, depth, repair: null), live: null);
        }

        var found = StoreCheck.Run(new CheckContext(engine, blobs, limits, depth, new StoreRepair(engine, blobs)), live: null);
        var left = found.IsClean ? found : StoreCheck.Run(new CheckContext(engine, blobs, limits, depth, repair: null), live: null);
        return found with { Remaining = left.Findings };
    }
}
