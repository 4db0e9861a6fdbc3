using System.Globalization;
using Martlet.Network.Tls;
using Martlet.Server.Observe.Journal;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Observe;

/// <summary>Looks whether the server can do its work: for <c>/health</c>, for <c>martlet health</c>.</summary>
/// <remarks>Thread safe; one look at a time, whoever asks meanwhile gets the same report.</remarks>
/// <param name="store">Store.</param>
/// <param name="folder">Data folder.</param>
/// <param name="tls">Certificate.</param>
/// <param name="listeners">Names of all listeners, and whether they accept.</param>
/// <param name="journal">Journal of mail; null when none is kept.</param>
/// <param name="time">Clock.</param>
/// <param name="limits">Limits.</param>
public sealed class HealthMonitor(
    MailStore store, string folder, TlsSource tls, Func<IReadOnlyList<(string Name, bool IsAccepting)>> listeners, MailJournal? journal, TimeProvider time, HealthLimits limits)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private HealthReport? _last;

    /// <summary>Asks for the free bytes of the disk; the system when not set.</summary>
    public Func<string, long> DiskFree { get; init; } = DiskSpace.Free;

    /// <summary>Looks at everything, or gives the report of a moment ago.</summary>
    public async Task<HealthReport> CheckAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var now = time.GetUtcNow();
            return _last is { } last && now >= last.Time && now - last.Time < limits.ReportAge
                ? last
                : _last = HealthReport.Of(now, [await StoreAsync(), Disk(), Certificate(now), Listeners(), Journal()]);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<HealthCheck> StoreAsync()
    {
        try
        {
            await store.ProbeAsync().WaitAsync(limits.StorePatience, time);
            return new("store", HealthState.Ok, "Changes are written.");
        }
        catch (StoreException e)
        {
            return new("store", HealthState.Failed, $"The store does not take changes: {e.Message}");
        }
        catch (TimeoutException)
        {
            return new("store", HealthState.Failed, string.Create(CultureInfo.InvariantCulture, $"The store has not answered for {limits.StorePatience.TotalSeconds:0.#} seconds."));
        }
    }

    private HealthCheck Disk()
    {
        try
        {
            // The same disk as the store's, and a file of our own: a file system that has become read-only is found here.
            var path = Path.Combine(folder, "health");
            using (var file = new FileStream(path, FileMode.Create, FileAccess.Write))
            {
                file.Write("A look whether the disk can be written to.\n"u8);
                file.Flush(flushToDisk: true);
            }

            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new("disk", HealthState.Failed, $"The data folder cannot be written to: {e.Message}");
        }

        var free = DiskFree(folder);
        var text = free == long.MaxValue ? "The data folder can be written to." : string.Create(CultureInfo.InvariantCulture, $"{free / (1024 * 1024)} MB are free.");
        return new(
            "disk", free < limits.DiskFreeBytesMin ? HealthState.Failed : free < limits.DiskFreeBytesWarning ? HealthState.Warning : HealthState.Ok, text);
    }

    private HealthCheck Certificate(DateTimeOffset now)
    {
        var certificate = tls.Certificate;
        var (begin, end) = (new DateTimeOffset(certificate.NotBefore.ToUniversalTime()), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        return now >= end ? new("certificate", HealthState.Failed, string.Create(CultureInfo.InvariantCulture, $"The certificate has expired on {end:yyyy-MM-dd}."))
            : now < begin ? new("certificate", HealthState.Failed, string.Create(CultureInfo.InvariantCulture, $"The certificate is not valid before {begin:yyyy-MM-dd HH:mm} UTC."))
            : new("certificate", end - now < limits.CertificateWarning ? HealthState.Warning : HealthState.Ok, string.Create(CultureInfo.InvariantCulture, $"The certificate is valid until {end:yyyy-MM-dd}."));
    }

    private HealthCheck Listeners()
    {
        var all = listeners();
        var silent = all.Where(listener => !listener.IsAccepting).Select(listener => listener.Name).ToArray();
        return silent.Length > 0
            ? new("listeners", HealthState.Failed, $"Not accepting: {string.Join(", ", silent)}.")
            : new("listeners", HealthState.Ok, string.Create(CultureInfo.InvariantCulture, $"{all.Count} accept connections."));
    }

    private HealthCheck Journal() => journal switch
    {
        null => new("journal", HealthState.Ok, "No journal of mail is kept."),
        { IsFailing: true } => new("journal", HealthState.Warning, "The journal of mail cannot be written; traces will be missing. Mail is not affected."),
        _ => new("journal", HealthState.Ok, "The journal of mail is written."),
    };
}
