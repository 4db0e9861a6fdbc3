using System.Buffers;

namespace Martlet.Server.Observe.Journal;

/// <summary>Reads the journal's files while they are being written. A torn or damaged line is read over; a file that goes away meanwhile was the oldest.</summary>
public static class JournalReader
{
    private const int PieceBytes = 256 * 1024;

    /// <summary>Gets a line without its end; valid during the call.</summary>
    public delegate void LineHandler(ReadOnlySpan<byte> line);

    /// <summary>Reads what was taken in, moved and removed, the oldest first.</summary>
    public static Task ReadMailAsync(string folder, LineHandler handle, CancellationToken cancel) => ReadAsync(folder, MailJournal.MailRing, handle, cancel);

    /// <summary>Reads what was refused, the oldest first.</summary>
    public static Task ReadRefusedAsync(string folder, LineHandler handle, CancellationToken cancel) => ReadAsync(folder, MailJournal.RefusedRing, handle, cancel);

    /// <summary>Bytes of all files.</summary>
    public static long Bytes(string folder) =>
        Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles().Sum(static file => file.Exists ? file.Length : 0) : 0;

    private static async Task ReadAsync(string folder, string ring, LineHandler handle, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(JournalLimits.LineBytesMax + PieceBytes);
        try
        {
            foreach (var path in JournalRing.Files(folder, ring))
            {
                await ReadFileAsync(path, buffer, handle, cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task ReadFileAsync(string path, byte[] buffer, LineHandler handle, CancellationToken cancel)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: false);
        }
        catch (FileNotFoundException)
        {
            return;
        }

        await using (file)
        {
            var end = 0;
            var isTooLong = false;
            while (await file.ReadAsync(buffer.AsMemory(end), cancel) is > 0 and var count)
            {
                end += count;
                var rest = Lines(buffer.AsSpan(0, end), handle, ref isTooLong);
                buffer.AsSpan(end - rest, rest).CopyTo(buffer);
                end = rest;
                if (end > JournalLimits.LineBytesMax)
                {
                    // Nothing of ours: it is read over to its end.
                    isTooLong = true;
                    end = 0;
                }
            }
        }
    }

    // Gives whole lines out and returns how many bytes of the last one are there.
    private static int Lines(ReadOnlySpan<byte> bytes, LineHandler handle, ref bool isTooLong)
    {
        while (bytes.IndexOf((byte)'\n') is >= 0 and var length)
        {
            if (!isTooLong)
            {
                handle(bytes[..length]);
            }

            isTooLong = false;
            bytes = bytes[(length + 1)..];
        }

        return bytes.Length;
    }
}
