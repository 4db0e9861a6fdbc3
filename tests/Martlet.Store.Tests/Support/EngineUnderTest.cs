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
    public (IStoreEngine Engine, IBlobStore Blobs) Open(string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        var engine = new SqliteEngine(Path.Combine(folder, "meta.db"));
        return (engine, new SegmentStore(folder, engine.ReadSegments(), engine.HasEmailsIn, engine.ReadLargeFiles()));
    }
}
