using System.Collections.Concurrent;
using System.Net;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Observe.Metrics;
using Martlet.Store;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Testing;

/// <summary>
/// A whole server in the test's process: a store in a folder of its own, accounts for alice and bob, and the services under test on free loopback ports. Made
/// for one test, or for one class whose tests do not disturb each other.
/// </summary>
public sealed class TestServer : IAsyncDisposable
{
    /// <summary>The domain.</summary>
    public const string Domain = "example.org";

    /// <summary>First account.</summary>
    public const string Alice = "alice@example.org";

    /// <summary>Second account.</summary>
    public const string Bob = "bob@example.org";

    /// <summary>Password of all accounts.</summary>
    public const string Password = "correct horse";

    /// <summary>Where fake time begins.</summary>
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly ConcurrentDictionary<bool, Task<EncodedPassword?>> Encoded = new();

    private readonly TempFolder _folder = new();
    private readonly bool _withCramMd5;
    private readonly FakeTimeProvider? _fakeTime;
    private readonly NetworkCounters _counters = new();
    private readonly Heartbeat _heartbeat;
    private readonly List<Listener> _listeners = [];
    private readonly Dictionary<string, TestEndpoint> _endpoints = new(StringComparer.Ordinal);

    private TestServer(TestServerOptions options)
    {
        _fakeTime = options.UsesFakeTime ? new FakeTimeProvider(Start) : null;
        Time = _fakeTime ?? TimeProvider.System;
        _heartbeat = new Heartbeat(Time);
        _withCramMd5 = options.Logins.OffersCramMd5;
        Passwords = new PasswordEncoder(Hasher, options.Logins.OffersCramMd5);
        Store = SqliteStore.Open(_folder["store"], options.Limits, Time, Log);
        Observation = new Observation(new MetricSet(), options.KeepsJournal ? new MailJournal(JournalFolder, new JournalLimits(), Time, Log) : null);
        Metrics = new MetricsCollector(Observation.Metrics);
        NetworkMetrics.Watch(Observation.Metrics, _counters);
        var metrics = new StoreMetrics(Observation.Metrics, Store);
        Store.Observer = Observation.Journal is { } mail ? new StoreObservers(metrics, new StoreJournal(mail, Time)) : metrics;
        Journal = new LoginJournal(Store, Time, options.Log ?? Log) { Metrics = new LoginMetrics(Observation.Metrics) };
        Authenticator = new Authenticator(Store, Passwords, Journal, Time, Log, options.Logins);
    }

    /// <summary>Clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>What the server logged.</summary>
    public TestLog Log { get; } = new();

    /// <summary>Mail store.</summary>
    public MailStore Store { get; }

    /// <summary>The store's folder, for tests that break it.</summary>
    public string StoreFolder => _folder["store"];

    /// <summary>Metrics, and the journal of mail where the options ask for one.</summary>
    public Observation Observation { get; }

    /// <summary>The page of metrics.</summary>
    public MetricsCollector Metrics { get; }

    /// <summary>Folder of the journal of mail.</summary>
    public string JournalFolder => _folder["journal"];

    /// <summary>Logins, over the store.</summary>
    public Authenticator Authenticator { get; }

    /// <summary>Record of logins.</summary>
    public LoginJournal Journal { get; }

    /// <summary>Certificate.</summary>
    public static TlsSource Tls => TestCertificate.Source;

    /// <summary>Password hashes, made as cheap as they can be.</summary>
    public PasswordHasher Hasher { get; } = new(new PasswordCost(MemoryKiB: 8, Passes: 1));

    /// <summary>What is stored of a password, made as cheaply.</summary>
    public PasswordEncoder Passwords { get; }

    /// <summary>Whether the store must pass its consistency check at the end; a test that breaks it on purpose says no.</summary>
    public bool ExpectsCleanStore { get; set; } = true;

    /// <summary>Service that scripts talk to unless they name one: the first.</summary>
    public string DefaultService { get; private set; } = "";

    /// <summary>Starts a server.</summary>
    public static async Task<TestServer> StartAsync(TestServerOptions? options = null)
    {
        options ??= new TestServerOptions();
        var server = new TestServer(options);
        try
        {
            await server.AddAccountsAsync(options.Accounts);
            server.Listen(options.Services ?? []);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a service listens.</summary>
    public TestEndpoint Endpoint(string service) => _endpoints[service];

    /// <summary>An account by its address.</summary>
    public Account Account(string address) =>
        Store.OpenAccount(Store.Directory.FindAddress(address)?.Id ?? throw new InvalidOperationException($"No account {address}.")) ?? throw new InvalidOperationException("Gone.");

    /// <summary>Lets fake time go on second by second, giving the server room to act in between.</summary>
    /// <param name="budget">How far at most.</param>
    /// <param name="until">Stops early when this completes.</param>
    public async Task AdvanceAsync(TimeSpan budget, Task? until)
    {
        var time = _fakeTime ?? throw new InvalidOperationException("This server runs on real time.");
        for (var passed = TimeSpan.Zero; passed < budget && until is not { IsCompleted: true }; passed += TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            // Not a sleep the test depends on: timers and deadlines that are due run on other threads, and this lets them.
            var room = Task.Delay(TimeSpan.FromMilliseconds(1));
            await (until is null ? room : Task.WhenAny(until, room));
        }
    }

    /// <summary>Bytes of all messages in a mailbox, oldest first, as a client would fetch them.</summary>
    public async Task<IReadOnlyList<byte[]>> ReadMessagesAsync(string address, string mailbox = MailboxPath.Inbox)
    {
        var account = Account(address);
        using var reader = new MessageDump(Store, account);
        return await reader.ReadAsync(account.FindMailbox(mailbox) ?? throw new InvalidOperationException($"No mailbox {mailbox}."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var stopping = StopAsync();
        if (_fakeTime is not null)
        {
            await AdvanceAsync(TimeSpan.FromMinutes(1), stopping);
        }

        await stopping;
        _heartbeat.Dispose();
        await Journal.DisposeAsync();
        var report = ExpectsCleanStore ? await Store.CheckAsync(CheckDepth.Deep) : null;
        await Store.DisposeAsync();
        Metrics.Dispose();
        Observation.Metrics.Dispose();
        if (Observation.Journal is { } mail)
        {
            await mail.DisposeAsync();
        }

        Hasher.Dispose();
        _folder.Dispose();
        Assert.True(report is null or { IsClean: true }, string.Join('\n', report?.Findings ?? []));
    }

    private async Task StopAsync()
    {
        foreach (var listener in _listeners)
        {
            await listener.StopAsync(TimeSpan.FromSeconds(5));
            await listener.DisposeAsync();
        }
    }

    private async Task AddAccountsAsync(IReadOnlyList<string> accounts)
    {
        Assert.True((await Store.Settings.AddDomainAsync(Domain)).IsDone);
        // Once a process: it takes a while by design.
        var encoded = await Encoded.GetOrAdd(_withCramMd5, _ => Passwords.EncodeAsync(Password));
        foreach (var account in accounts)
        {
            Assert.True((await Store.AddAccountAsync(account, encoded!.Hash, encoded.Secrets)).IsDone);
        }
    }

    private void Listen(IReadOnlyList<TestService> services)
    {
        var context = new ListenerContext(_heartbeat, new ConnectionLimits(), Tls, Time, Log) { Counters = _counters };
        foreach (var service in services)
        {
            var listener = Listener.Start(new IPEndPoint(IPAddress.Loopback, 0), service.Create(this), context, service.UsesTls, service.AsksForClientKey);
            _listeners.Add(listener);
            _endpoints.Add(service.Name, new TestEndpoint(listener.EndPoint, service.UsesTls, service.Prelude, service.ClientIdentity));
        }

        DefaultService = services.Count > 0 ? services[0].Name : "";
    }
}
