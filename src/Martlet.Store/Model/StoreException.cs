namespace Martlet.Store.Model;

/// <summary>What kind of failure of the world it was; callers answer by it.</summary>
public enum StoreFailure
{
    /// <summary>Any other failure of disk or database: try again later.</summary>
    Unavailable,

    /// <summary>No space left.</summary>
    DiskFull,

    /// <summary>Stored bytes are not what was written: named in the log; other messages are not affected.</summary>
    Corrupt,

    /// <summary>The store is stopping.</summary>
    Stopping,
}

/// <summary>The store could not do it because of disk, database or shutdown. Nothing was changed.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Makes one.</summary>
    public StoreException(StoreFailure failure, string message, Exception? inner = null)
        : base(message, inner) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public StoreFailure Failure { get; }
}
