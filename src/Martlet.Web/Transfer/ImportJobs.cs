using Martlet.Server.Admin;
using Martlet.Store.Model;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Transfer;

/// <summary>Imports from the pages: one an account, run after the upload, so that nobody has to keep a page open. The last one of an account is remembered until the next, or until it is old.</summary>
/// <remarks>Thread safe. Disposing stops what runs and waits for it.</remarks>
internal sealed partial class ImportJobs(ILogger logger, TimeProvider time) : IAsyncDisposable
{
    private const int EndedMax = 1000;

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<AccountId, (ImportJob Job, Task Running)> _jobs = [];
    private readonly HashSet<AccountId> _uploading = [];
    private bool _isStopping;

    /// <summary>The job of an account; null when there is none.</summary>
    public ImportJob? Find(AccountId account)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(account, out var entry) ? entry.Job : null;
        }
    }

    /// <summary>Completes when the import of an account has ended; at once when there is none.</summary>
    public Task WhenEndedAsync(AccountId account)
    {
        lock (_lock)
        {
            return _jobs.TryGetValue(account, out var entry) ? entry.Running : Task.CompletedTask;
        }
    }

    /// <summary>Begins an upload: one an account, and none while an import runs.</summary>
    /// <returns>To be disposed at its end; null when it may not begin.</returns>
    public IDisposable? TryUpload(AccountId account)
    {
        lock (_lock)
        {
            var isFree = !_isStopping && (!_jobs.TryGetValue(account, out var entry) || entry.Job.Reply is not null) && _uploading.Add(account);
            return isFree ? new Place(this, account) : null;
        }
    }

    /// <summary>Starts one.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="job">The job; owned by this from now on.</param>
    /// <param name="file">The file, at its beginning; closed at the end. Left to the caller when it cannot be started.</param>
    /// <param name="context">What the import works on.</param>
    /// <param name="request">The import.</param>
    /// <returns>False when one of the account is running, or the server is stopping.</returns>
    public bool TryStart(AccountId account, ImportJob job, Stream file, AdminContext context, ImportRequest request)
    {
        lock (_lock)
        {
            if (_isStopping || (_jobs.TryGetValue(account, out var entry) && entry.Job.Reply is null))
            {
                return false;
            }

            Forget();
            _jobs[account] = (job, Task.Run(() => RunAsync(job, file, context, request)));
            return true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            _isStopping = true;
            running = [.. _jobs.Values.Select(entry => entry.Running)];
            foreach (var (job, _) in _jobs.Values.Where(entry => entry.Job.Reply is null))
            {
                job.Stop();
            }
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(ImportJob job, Stream file, AdminContext context, ImportRequest request)
    {
        using (job)
        {
            await using (file)
            {
                try
                {
                    job.End(await MailImport.RunAsync(context, request, file, job.TellAsync, job.Stopping));
                }
#pragma warning disable CA1031 // Job boundary: the page tells that it failed, the log why.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    LogFailed(logger, e);
                    job.End(AdminReply.Failed("The import failed; what was taken by then stays. The administrator finds the cause in the log."));
                }
            }
        }
    }

    private void Forget()
    {
        var old = time.GetUtcNow() - Remembered;
        foreach (var (account, (job, _)) in _jobs.Where(entry => entry.Value.Job.Reply is not null && (entry.Value.Job.Started < old || _jobs.Count > EndedMax)).ToList())
        {
            _jobs.Remove(account);
        }
    }

    private sealed class Place(ImportJobs jobs, AccountId account) : IDisposable
    {
        public void Dispose()
        {
            lock (jobs._lock)
            {
                jobs._uploading.Remove(account);
            }
        }
    }

    [LoggerMessage(EventId = 6002, Level = LogLevel.Error, Message = "import from a page failed")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
