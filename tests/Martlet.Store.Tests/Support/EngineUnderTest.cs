using Martlet.Store.Engine;
using Martlet.Store.Sqlite;
using Martlet.Store.Sqlite.Segments;

namespace Martlet.Store.Tests.Support;

/// <summary>Opens an engine and its blobs over a folder, as a start of the server does. The contract runs on each implementation.</summary>
public interface IEngineUnderTest
{
    (IStoreEngine Engine, IBlobStore Blobs) Open(string folder);
}

/// <summary>The embedded engine.</summary>
public sealed class SqliteUnderTest : IEngineUnderTest
{
    public (IStoreEngine Engine, IBlobStore Blobs) Open(string folder) => Open(folder, new Model.StoreLimits().LoggedFlagsMin);

    internal static (IStoreEngine Engine, IBlobStore Blobs) Open(string folder, int loggedFlagsMin)
    {
        System.IO.Directory.CreateDirectory(folder);
        var engine = new SqliteEngine(Path.Combine(folder, "meta.db"), loggedFlagsMin);
        return (engine, new SegmentStore(folder, engine.ReadSegments(), engine.HasEmailsIn, engine.ReadLargeFiles()));
    }
}

/// <summary>The embedded engine, which writes every change of flags to its log first.</summary>
public sealed class LoggingSqliteUnderTest : IEngineUnderTest
{
    /// <summary>Messages of a change from which on it does.</summary>
    public int LoggedFlagsMin { get; init; } = 1;

    public (IStoreEngine Engine, IBlobStore Blobs) Open(string folder) => SqliteUnderTest.Open(folder, LoggedFlagsMin);
}
