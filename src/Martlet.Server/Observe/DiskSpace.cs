namespace Martlet.Server.Observe;

/// <summary>Space on the disk of a folder.</summary>
public static class DiskSpace
{
    /// <summary>Free bytes that this process may use; <see cref="long.MaxValue"/> when the system does not say.</summary>
    public static long Free(string folder)
    {
        try
        {
            // The file system of the folder itself, which need not be that of its root.
            return new DriveInfo(Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder) ?? "/").AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue;
        }
    }
}
