using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Martlet.Network.Tls;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Observe;

/// <summary>What is well, what is a warning and what has failed.</summary>
public sealed class HealthTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Now);
    private readonly List<(string, bool)> _listeners = [("imap 127.0.0.1:993", true), ("smtp 127.0.0.1:25", true)];
    private Martlet.Store.MailStore _store = null!;
    private bool _isClosed;
    private long _free = 10L * 1024 * 1024 * 1024;

    public ValueTask InitializeAsync()
    {
        _store = SqliteStore.Open(_folder["store"], new StoreLimits(), TimeProvider.System, new TestLog());
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isClosed)
        {
            await _store.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Fact]
    public async Task All_is_well()
    {
        var report = await CheckAsync(Certificate(Now.AddDays(90)));

        Assert.Equal((HealthState.Ok, true), (report.State, report.IsServing));
        Assert.Equal(["store", "disk", "certificate", "listeners", "journal"], report.Checks.Select(check => check.Name));
        Assert.Equal("10240 MB are free.", Text(report, "disk"));
        Assert.Equal("The certificate is valid until 2026-05-30.", Text(report, "certificate"));
        Assert.Equal("2 accept connections.", Text(report, "listeners"));
        Assert.False(File.Exists(_folder["health"]));
    }

    [Theory]
    [InlineData(14 * 24, HealthState.Ok)]
    [InlineData((14 * 24) - 1, HealthState.Warning)]
    [InlineData(1, HealthState.Warning)]
    [InlineData(0, HealthState.Failed)]
    [InlineData(-100, HealthState.Failed)]
    public async Task A_certificate_warns_two_weeks_before_it_fails(int hours, HealthState expected) =>
        Assert.Equal(expected, State(await CheckAsync(Certificate(Now.AddHours(hours))), "certificate"));

    [Theory]
    [InlineData(1024L * 1024 * 1024, HealthState.Ok)]
    [InlineData((1024L * 1024 * 1024) - 1, HealthState.Warning)]
    [InlineData(128L * 1024 * 1024, HealthState.Warning)]
    [InlineData((128L * 1024 * 1024) - 1, HealthState.Failed)]
    public async Task A_disk_warns_before_it_fails(long free, HealthState expected)
    {
        _free = free;
        Assert.Equal(expected, State(await CheckAsync(), "disk"));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_has_failed()
    {
        Directory.CreateDirectory(_folder["health"]);
        var report = await CheckAsync();

        Assert.Equal((HealthState.Failed, false), (report.State, report.IsServing));
        Assert.StartsWith("The data folder cannot be written to:", Text(report, "disk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_has_ended_is_named()
    {
        _listeners[1] = ("smtp 127.0.0.1:25", false);
        Assert.Equal("Not accepting: smtp 127.0.0.1:25.", Text(await CheckAsync(), "listeners"));
    }

    [Fact]
    public async Task A_store_that_is_closed_has_failed()
    {
        await _store.DisposeAsync();
        _isClosed = true;
        Assert.Equal(HealthState.Failed, State(await CheckAsync(), "store"));
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_is_a_warning_and_mail_goes_on()
    {
        await using var journal = new MailJournal(_folder["journal"], new JournalLimits(), _time, new TestLog(), diskFree: () => 0);
        journal.Add(new JournalRecord { Kind = JournalKinds.Added });
        await journal.FlushAsync(CancellationToken.None);
        var report = await CheckAsync(journal: journal);

        Assert.Equal((HealthState.Warning, HealthState.Warning, true), (State(report, "journal"), report.State, report.IsServing));
    }

    [Fact]
    public async Task A_report_is_given_again_for_a_moment()
    {
        using var monitor = Monitor(Certificate(Now.AddDays(90)));
        var first = await monitor.CheckAsync(CancellationToken.None);
        _free = 0;
        Assert.Same(first, await monitor.CheckAsync(CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(HealthState.Failed, (await monitor.CheckAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task JSON_has_words_for_states()
    {
        using var json = JsonDocument.Parse((await CheckAsync()).ToJson());
        Assert.Equal("ok", json.RootElement.GetProperty("state").GetString());
        Assert.Equal("store", json.RootElement.GetProperty("checks")[0].GetProperty("name").GetString());
        Assert.Equal("ok", json.RootElement.GetProperty("checks")[0].GetProperty("state").GetString());
    }

    private async Task<HealthReport> CheckAsync(X509Certificate2? certificate = null, MailJournal? journal = null)
    {
        using var monitor = Monitor(certificate ?? Certificate(Now.AddDays(90)), journal);
        return await monitor.CheckAsync(CancellationToken.None);
    }

    private HealthMonitor Monitor(X509Certificate2 certificate, MailJournal? journal = null) =>
        new(_store, _folder.Path, new TlsSource(certificate), () => _listeners, journal, _time, new HealthLimits()) { DiskFree = _ => _free };

    private static X509Certificate2 Certificate(DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(Now.AddYears(-1), end);
    }

    private static HealthState State(HealthReport report, string name) => report.Checks.Single(check => check.Name == name).State;

    private static string Text(HealthReport report, string name) => report.Checks.Single(check => check.Name == name).Text;
}
