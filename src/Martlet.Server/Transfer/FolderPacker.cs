using System.IO.Pipelines;
using Martlet.Messages.Files;
using Microsoft.Win32.SafeHandles;

namespace Martlet.Server.Transfer;

/// <summary>
/// Reads a folder of the disk, a Maildir or mbox files, as a tar stream for an import, which may run in a server that cannot read the folder itself. What is said
/// about a folder's messages (keywords, names, subscriptions) comes before them, and its messages in the order in which they came, so that the import reads the
/// stream once and keeps nothing of it.
/// </summary>
/// <remarks>The packing runs as a task of its own, as fast as the stream is read. Dispose it to end it.</remarks>
public sealed class FolderPacker : IAsyncDisposable
{
    private const int PieceBytes = 256 * 1024;

    private readonly SafeFolder _root;
    private readonly TransferLimits _limits;
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 4 * PieceBytes, resumeWriterThreshold: 2 * PieceBytes, useSynchronizationContext: false));
    private readonly CancellationTokenSource _stop = new();
    private readonly BufferedWriter _buffered;
    private readonly TarWriter _tar;
    private readonly byte[] _piece = new byte[PieceBytes];
    private readonly Task _packing;
    private readonly Func<string, ValueTask> _problem;
    private long _total;

    private FolderPacker(SafeFolder root, TransferLimits limits, Func<string, ValueTask> problem)
    {
        _root = root;
        _limits = limits;
        _problem = problem;
        _buffered = new BufferedWriter(_pipe.Writer.AsStream(), PieceBytes);
        _tar = new TarWriter(_buffered);
        Content = _pipe.Reader.AsStream();
        _packing = Task.Run(PackAsync);
    }

    /// <summary>The tar stream, to be read once.</summary>
    public Stream Content { get; }

    /// <summary>Messages of Maildirs that were found so far.</summary>
    public long Total => Interlocked.Read(ref _total);

    /// <summary>Begins to read a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="problem">Gets what is left out and why, one at a time, from another task.</param>
    /// <exception cref="IOException">It is not there, not a folder, or not to be read.</exception>
    public static FolderPacker Start(string path, TransferLimits limits, Func<string, ValueTask> problem) => new(SafeFolder.Open(path), limits, problem);

    /// <summary>Ends the packing.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Content.DisposeAsync();
        await _packing;
        await _buffered.DisposeAsync();
        _root.Dispose();
        _stop.Dispose();
    }

    private async Task PackAsync()
    {
        try
        {
            await FolderAsync(_root, "", depth: 0);
            await _tar.FinishAsync(_stop.Token);
            await _pipe.Writer.CompleteAsync();
        }
#pragma warning disable CA1031 // The reader of the stream gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            await _pipe.Writer.CompleteAsync(e is OperationCanceledException ? new IOException("the reading was stopped.") : e);
        }
    }

    private async Task FolderAsync(SafeFolder folder, string path, int depth)
    {
        if (depth > _limits.PathDepthMax)
        {
            await TellAsync(path, $"it is more than {_limits.PathDepthMax} folders deep");
            return;
        }

        var names = await NamesAsync(folder, path);
        // First what is said about the folder, then its messages, then files and folders beside them.
        for (var turn = 0; turn < 4; turn++)
        {
            foreach (var (name, isFolder) in names.Ordered())
            {
                if (TurnOf(path, name, isFolder) == turn)
                {
                    await (isFolder ? BelowAsync(folder, path, name, depth) : FileAsync(folder, At(path, name), name));
                }
            }
        }
    }

    private static int TurnOf(string path, string name, bool isFolder)
    {
        if (isFolder)
        {
            return name is "cur" or "new" ? 1 : name == "tmp" ? -1 : 3;
        }

        return MailTree.Classify(At(path, name).Split('/'), ArchiveEntryKind.File).Kind switch
        {
            TreeItemKind.Keywords or TreeItemKind.Names or TreeItemKind.Subscriptions => 0,
            TreeItemKind.Noise => -1,
            _ => 2,
        };
    }

    private async Task BelowAsync(SafeFolder folder, string path, string name, int depth)
    {
        var (below, problem) = folder.OpenFolder(name);
        if (below is null)
        {
            await TellAsync(At(path, name), problem!);
            return;
        }

        using (below)
        {
            if (name is not ("cur" or "new"))
            {
                await FolderAsync(below, At(path, name), depth + 1);
                return;
            }

            await _tar.AddFolderAsync(At(path, name), DateTimeOffset.UnixEpoch, _stop.Token);
            var names = await NamesAsync(below, At(path, name));
            Interlocked.Add(ref _total, names.Count);
            foreach (var (message, isFolder) in names.Ordered())
            {
                if (!isFolder && !message.StartsWith('.'))
                {
                    await FileAsync(below, At(At(path, name), message), message);
                }
            }
        }
    }

    private async Task<SortedNames> NamesAsync(SafeFolder folder, string path)
    {
        var names = new SortedNames();
        foreach (var (name, isFolder) in folder.Names())
        {
            if (names.Count >= _limits.FolderNamesMax)
            {
                await TellAsync(path, $"it has more than {_limits.FolderNamesMax} files; the rest is left out (limit folder-names)");
                break;
            }

            names.Add(name, isFolder);
        }

        return names;
    }

    private async Task FileAsync(SafeFolder folder, string path, string name)
    {
        var (file, problem) = folder.OpenFile(name);
        if (file is null)
        {
            await TellAsync(path, problem!);
            return;
        }

        using (file)
        {
            await ContentAsync(file, path);
        }
    }

    private async Task ContentAsync(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        int count;
        try
        {
            count = Read(file, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await TellAsync(path, e.Message);
            return;
        }

        // Most are read by now: what another program cuts off meanwhile leaves no hole.
        length = length <= PieceBytes ? count : length;
        await _tar.BeginFileAsync(path, new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero), length, _stop.Token);
        for (long at = 0; at < length;)
        {
            count = (int)Math.Min(count, length - at);
            await _tar.WriteAsync(_piece.AsMemory(0, count), _stop.Token);
            at += count;
            if (at < length && (count = Read(file, at)) == 0)
            {
                throw new IOException($"{EntryPath.Show(path)} became shorter while it was read: another program works here.");
            }
        }

        await _tar.EndFileAsync(_stop.Token);
    }

    // A file of the disk, on a task of our own: a hop to another thread for each would cost more than the read.
    private int Read(SafeFileHandle file, long at) => RandomAccess.Read(file, _piece, at);

    private ValueTask TellAsync(string path, string problem) => _problem($"{EntryPath.Show(path)}: {problem}");

    private static string At(string path, string name) => path.Length == 0 ? name : $"{path}/{name}";
}
