using System.Globalization;

namespace Martlet.Server.Transfer;

/// <summary>
/// A file of the data folder that lives as long as one transfer. It has no name once it is open, so that a server that is killed leaves nothing behind.
/// </summary>
public static class SpoolFile
{
    private const int CheckEveryBytes = 16 << 20;

    /// <summary>Makes an empty one.</summary>
    /// <param name="folder">Where; made when missing, for its owner only.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static FileStream Create(string folder)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = 64 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        else
        {
            Directory.CreateDirectory(folder);
        }

        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(path);
        }

        return file;
    }

    /// <summary>Copies a stream to its end, as long as the limits let it.</summary>
    /// <exception cref="InvalidDataException">It is too long, or the disk too full.</exception>
    public static async Task FillAsync(FileStream spool, string folder, Stream input, TransferLimits limits, CancellationToken cancel)
    {
        var buffer = new byte[128 * 1024];
        long checkedAt = 0;
        int count;
        while ((count = await input.ReadAsync(buffer, cancel)) > 0)
        {
            if (spool.Position + count > limits.SpoolBytesMax)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it is larger than {limits.SpoolBytesMax} bytes (limit spool-bytes)."));
            }

            if (spool.Position - checkedAt >= CheckEveryBytes || spool.Position == 0)
            {
                checkedAt = spool.Position;
                CheckRoom(folder, limits);
            }

            await spool.WriteAsync(buffer.AsMemory(0, count), cancel);
        }

        spool.Position = 0;
    }

    /// <summary>Whether the disk has more room than must be left for mail.</summary>
    /// <exception cref="InvalidDataException">It has not.</exception>
    public static void CheckRoom(string folder, TransferLimits limits)
    {
        if (new DriveInfo(folder).AvailableFreeSpace < limits.FreeBytesMin)
        {
            throw new InvalidDataException("the server's disk is too full to keep it while it is read (limit free-bytes).");
        }
    }
}
