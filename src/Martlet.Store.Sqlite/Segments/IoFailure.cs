using Martlet.Store.Model;

namespace Martlet.Store.Sqlite.Segments;

/// <summary>Failures of files as the store's kinds.</summary>
internal static class IoFailure
{
    private const int NoSpace = 28;      // ENOSPC
    private const int QuotaReached = 122; // EDQUOT

    /// <summary>The store's exception for a file's.</summary>
    public static StoreException From(Exception fault, string doing)
    {
        var failure = (fault.HResult & 0xffff) is NoSpace or QuotaReached ? StoreFailure.DiskFull : StoreFailure.Unavailable;
        return new StoreException(failure, $"{doing}: {fault.Message}", fault);
    }

    /// <summary>Runs what touches files.</summary>
    public static T Guard<T>(string doing, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw From(e, doing);
        }
    }
}
