using Martlet.Messages.Files;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Server.Transfer;

/// <summary>Writes the tar stream of an export into a folder, with the dates of its files.</summary>
internal static class FolderUnpacker
{
    // Nobody else gets into the folders, whatever the modes of the files in them.
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, for its owner only.</summary>
    /// <exception cref="IOException">Something is there that is not an empty folder.</exception>
    public static void Make(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()))
        {
            throw new IOException($"{folder} is there already; name a folder that is not there or is empty.");
        }

        MakeFolder(folder);
    }

    /// <summary>Writes everything.</summary>
    /// <param name="tar">The stream.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="InvalidDataException">The stream is not whole.</exception>
    public static async Task RunAsync(Stream tar, string folder, CancellationToken cancel)
    {
        var archive = new TarReader(tar);
        var buffer = new byte[256 * 1024];
        while (await archive.NextAsync(cancel) is { } entry)
        {
            if (EntryPath.Split(entry.Path, depthMax: 100, out var parts) is { } problem)
            {
                throw new InvalidDataException($"{entry.Path}: {problem}");
            }

            var path = Path.Combine([folder, .. parts]);
            if (entry.Kind == ArchiveEntryKind.Folder)
            {
                MakeFolder(path);
                continue;
            }

            MakeFolder(Path.GetDirectoryName(path)!);
            await WriteAsync(archive, entry, path, buffer, cancel);
        }

        // To its end, so that the other side is not held up.
        while (await tar.ReadAsync(buffer, cancel) > 0)
        {
        }
    }

    private static async Task WriteAsync(ArchiveReader archive, ArchiveEntry entry, string path, byte[] buffer, CancellationToken cancel)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        int count;
        for (long at = 0; (count = await archive.ReadAsync(buffer, cancel)) > 0; at += count)
        {
            Write(file, buffer.AsSpan(0, count), at);
        }

        File.SetLastWriteTimeUtc(file, (entry.Date ?? DateTimeOffset.UnixEpoch).UtcDateTime);
    }

    // A hop to another thread for each small file would cost more than the write.
    private static void Write(SafeFileHandle file, ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(file, bytes, at);

    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, Owner);
        }
    }
}
