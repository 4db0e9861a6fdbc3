using SQLitePCL;

namespace Martlet.Store.Sqlite.Sql;

/// <summary>A compiled statement. Bind all parameters, step, read columns, reset.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    private int _bound;

    /// <summary>Binds the next parameter.</summary>
    public Statement Bind(long value)
    {
        database.Throw(raw.sqlite3_bind_int64(handle, ++_bound, value));
        return this;
    }

    /// <summary>Binds the next parameter; null is NULL.</summary>
    public Statement BindNullable(long? value)
    {
        database.Throw(value is { } number ? raw.sqlite3_bind_int64(handle, ++_bound, number) : raw.sqlite3_bind_null(handle, ++_bound));
        return this;
    }

    /// <summary>Binds the next parameter; null is NULL.</summary>
    public Statement Bind(string? value)
    {
        database.Throw(value is null ? raw.sqlite3_bind_null(handle, ++_bound) : raw.sqlite3_bind_text(handle, ++_bound, value));
        return this;
    }

    /// <summary>Binds the next parameter; the bytes are copied.</summary>
    public Statement Bind(ReadOnlySpan<byte> value)
    {
        database.Throw(raw.sqlite3_bind_blob(handle, ++_bound, value));
        return this;
    }

    /// <summary>Next row. When there is none the statement is reset and false returned.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        database.Throw(code);
        return false;
    }

    /// <summary>Runs a statement that gives no rows.</summary>
    public void Run()
    {
        while (Step())
        {
            // Nothing to read.
        }
    }

    /// <summary>Ends a statement before its last row and forgets the parameters.</summary>
    public void Reset()
    {
        _bound = 0;
        raw.sqlite3_reset(handle);
    }

    /// <summary>A column as a number.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>A column as a number of 32 bits.</summary>
    public int Int32(int column) => raw.sqlite3_column_int(handle, column);

    /// <summary>A column as text; null when NULL.</summary>
    public string? Text(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL ? null : raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>Whether a column is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <summary>A column as bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>Frees the statement.</summary>
    public void Dispose()
    {
        handle.Dispose();
        database.Forget(this);
    }
}
