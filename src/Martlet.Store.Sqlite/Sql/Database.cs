using Martlet.Store.Model;
using SQLitePCL;

namespace Martlet.Store.Sqlite.Sql;

/// <summary>One SQLite connection, used by one thread at a time. Thin on purpose: prepared statements over the raw calls cost a third of the ADO.NET ones.</summary>
internal sealed class Database : IDisposable
{
    private readonly List<Statement> _statements = [];

    static Database() => Batteries_V2.Init();

    /// <summary>Opens a database file, which is made when it is missing and <paramref name="isWriter"/>.</summary>
    public Database(string path, bool isWriter)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (isWriter ? raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE : raw.SQLITE_OPEN_READONLY);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null);
        Handle = handle;
        try
        {
            Throw(code);
            raw.sqlite3_extended_result_codes(Handle, 1);
            raw.sqlite3_busy_timeout(Handle, 10_000);
        }
        catch
        {
            Handle.Dispose();
            throw;
        }
    }

    /// <summary>The connection.</summary>
    public sqlite3 Handle { get; }

    /// <summary>Compiles a statement that lives as long as the connection, or until it is disposed.</summary>
    public Statement Prepare(string sql)
    {
        Throw(raw.sqlite3_prepare_v3(Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
        var statement = new Statement(this, handle);
        _statements.Add(statement);
        return statement;
    }

    /// <summary>Runs statements without parameters and results.</summary>
    public void Execute(string sql) => Throw(raw.sqlite3_exec(Handle, sql));

    /// <summary>Ends a transaction that failed. SQLite rolls back by itself on most failures, and then there is nothing left to end.</summary>
    public void TryRollback() => raw.sqlite3_exec(Handle, "ROLLBACK");

    /// <summary>The first value of the first row, as a number; 0 when there is none.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    /// <summary>Rows that the last INSERT, UPDATE or DELETE touched.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>Turns a result code into the failure it stands for.</summary>
    public void Throw(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return;
        }

        var failure = (code & 0xff) switch
        {
            raw.SQLITE_FULL => StoreFailure.DiskFull,
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => StoreFailure.Corrupt,
            _ => StoreFailure.Unavailable,
        };
        throw new StoreException(failure, $"Database: {raw.sqlite3_errmsg(Handle).utf8_to_string()} (code {code}).");
    }

    /// <summary>Statements that are compiled now.</summary>
    public int StatementCount => _statements.Count;

    /// <summary>Lets go of a statement that has been freed.</summary>
    public void Forget(Statement statement) => _statements.Remove(statement);

    /// <summary>Closes statements and connection.</summary>
    public void Dispose()
    {
        foreach (var statement in _statements.ToArray())
        {
            statement.Dispose();
        }

        Handle.Dispose();
    }
}
