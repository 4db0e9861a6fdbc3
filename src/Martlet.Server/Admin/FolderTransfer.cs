using System.Globalization;
using System.IO.Pipelines;
using Martlet.Server.Transfer;

namespace Martlet.Server.Admin;

/// <summary>Imports from and exports to the disk of whoever runs a command, which the server may not be allowed to use: only bytes go through the channel.</summary>
public static class FolderTransfer
{
    /// <summary>Imports a folder: a Maildir, or mbox files.</summary>
    /// <param name="channel">To the server.</param>
    /// <param name="request">Where to.</param>
    /// <param name="path">The folder.</param>
    /// <param name="progress">Gets news.</param>
    /// <param name="cancel">Stops it; what is taken by then stays.</param>
    /// <exception cref="IOException">The folder cannot be read, or the server went away.</exception>
    public static async Task<AdminReply> ImportAsync(IAdminChannel channel, ImportMail request, string path, Action<TransferProgress> progress, CancellationToken cancel)
    {
        var limits = new TransferLimits();
        var (problems, count, done) = (new List<string>(), 0L, 0L);
        await using var packer = FolderPacker.Start(path, limits, TellAsync);
        var reply = await channel.ImportAsync(request with { IsOrdered = true }, packer.Content, Pass, cancel);
        return count > 0 && reply.Import is { } report ? reply with
        {
            Status = reply.Status == AdminStatus.Done ? AdminStatus.Refused : reply.Status,
            Text = string.Create(CultureInfo.InvariantCulture, $"{reply.Text} {count} {(count == 1 ? "file or folder" : "files or folders")} could not be read."),
            Import = report with { NotTaken = report.NotTaken + count, Problems = [.. report.Problems.Concat(problems).Take(limits.ProblemsMax)] },
        }
        : reply;

        void Pass(TransferProgress news)
        {
            lock (problems)
            {
                done = news.Done;
                progress(news with { Total = packer.Total });
            }
        }

        ValueTask TellAsync(string problem)
        {
            lock (problems)
            {
                count++;
                if (problems.Count < limits.ProblemsMax)
                {
                    problems.Add(problem);
                }

                progress(new TransferProgress(done, problem));
            }

            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Exports into a folder that is not there yet or is empty.</summary>
    /// <param name="channel">To the server.</param>
    /// <param name="request">What of; the packing is not used.</param>
    /// <param name="path">The folder.</param>
    /// <param name="progress">Gets news.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="IOException">The folder is in use or cannot be written, or the server went away.</exception>
    public static async Task<AdminReply> ExportAsync(IAdminChannel channel, ExportMail request, string path, Action<TransferProgress> progress, CancellationToken cancel)
    {
        FolderUnpacker.Make(path);
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, useSynchronizationContext: false));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var writing = UnpackAsync(pipe.Reader, path, stop);
        AdminReply? reply = null;
        try
        {
            reply = await channel.ExportAsync(request with { Packing = ExportPacking.Tar }, pipe.Writer.AsStream(), progress, stop.Token);
        }
        catch (OperationCanceledException) when (writing.IsFaulted)
        {
            // The disk failed, and the export was stopped for it: that is what must be told.
            await writing;
        }
        finally
        {
            // Without a report the archive is not whole, or there is none.
            await pipe.Writer.CompleteAsync(reply?.Export is null ? new OperationCanceledException() : null);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (reply!.Export is not null)
        {
            await writing;
        }

        return reply;
    }

    /// <summary>Exports into a file that is not there yet.</summary>
    /// <param name="channel">To the server.</param>
    /// <param name="request">What of and how.</param>
    /// <param name="path">The file; until it is whole it has ".part" behind its name.</param>
    /// <param name="progress">Gets news.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="IOException">The file is there or cannot be written, or the server went away.</exception>
    public static async Task<AdminReply> ExportFileAsync(IAdminChannel channel, ExportMail request, string path, Action<TransferProgress> progress, CancellationToken cancel)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new IOException($"{path} is there already; name a file that is not.");
        }

        var part = path + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var isWhole = false;
        try
        {
            AdminReply reply;
            await using (var file = new FileStream(part, options))
            {
                reply = await channel.ExportAsync(request, file, progress, cancel);
                await file.FlushAsync(CancellationToken.None);
            }

            isWhole = reply.Export is not null;
            if (isWhole)
            {
                File.Move(part, path, overwrite: false);
            }

            return reply;
        }
        finally
        {
            if (!isWhole)
            {
                File.Delete(part);
            }
        }
    }

    private static async Task UnpackAsync(PipeReader reader, string path, CancellationTokenSource stop)
    {
        try
        {
            await FolderUnpacker.RunAsync(reader.AsStream(), path, stop.Token);
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
