using Martlet.Store.Model;
using Martlet.Store.Sqlite.Segments;
using Microsoft.Extensions.Logging;

namespace Martlet.Store.Sqlite;

/// <summary>Opens the embedded store: <c>meta.db</c>, <c>seg/</c> and <c>large/</c> in one folder.</summary>
public static class SqliteStore
{
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

        var engine = new SqliteEngine(Path.Combine(folder, "meta.db"));
        try
        {
            var blobs = IoFailure.Guard("Opening message files", () => new SegmentStore(folder, engine.ReadSegments(), engine.ReadLargeFiles()));
            return MailStore.Open(engine, blobs, limits, time, logger);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }
}
