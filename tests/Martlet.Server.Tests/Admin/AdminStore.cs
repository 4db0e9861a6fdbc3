using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Control;
using Martlet.Server.Imap;
using Martlet.Server.Transfer;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Testing;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>A store that requests are sent to, through the control socket of a server or as the command line does without one.</summary>
internal sealed class AdminStore : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly MailStore _store;
    private readonly ControlServer? _server;
    private readonly IAdminChannel _channel;

    private AdminStore(TempFolder folder, MailStore store, ControlServer? server, IAdminChannel channel) =>
        (_folder, _store, _server, _channel) = (folder, store, server, channel);

    /// <summary>What the clock shows.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    /// <inheritdoc cref="OpenAsync(bool, StoreLimits, string[])"/>
    public static Task<AdminStore> OpenAsync(bool isRunning, params string[] accounts) => OpenAsync(isRunning, new StoreLimits(), accounts);

    /// <summary>Opens one with the domain example.org.</summary>
    /// <param name="isRunning">Whether there is a control socket in between.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="accounts">Addresses of its accounts, which have no password.</param>
    public static Task<AdminStore> OpenAsync(bool isRunning, StoreLimits limits, params string[] accounts) => OpenAsync(isRunning, limits, new TransferLimits(), accounts);

    /// <summary>The same, with limits of imports and exports.</summary>
    /// <param name="isRunning">Whether there is a control socket in between.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="transfer">Limits of imports and exports.</param>
    /// <param name="accounts">Addresses of its accounts, which have no password.</param>
    public static async Task<AdminStore> OpenAsync(bool isRunning, StoreLimits limits, TransferLimits transfer, params string[] accounts)
    {
        var (folder, log, time) = (new TempFolder(), new TestLog(), new FakeTimeProvider(Now));
        var store = SqliteStore.Open(folder["store"], limits, time, log);
        await store.Settings.AddDomainAsync("example.org");
        foreach (var account in accounts)
        {
            Assert.True((await store.AddAccountAsync(account, passwordHash: null)).IsDone);
        }

        var context = new AdminContext(store, new PasswordEncoder(new PasswordHasher(new PasswordCost(8, 1))), ImapService.HideableCapabilities, time)
        {
            Config = new BootConfig { Hostname = "mx.example.org", DataFolder = folder.Path },
            TransferFolder = folder["transfer"],
            TransferLimits = transfer,
        };
        var server = isRunning ? ControlServer.Start(folder["control"], context, TimeProvider.System, log) : null;
        return new AdminStore(folder, store, server, isRunning ? (await ControlClient.ConnectAsync(folder["control"], CancellationToken.None))! : new LocalAdmin(context, folder)) { Context = context };
    }

    /// <summary>The store itself, to look at.</summary>
    public MailStore Store => _store;

    /// <summary>What requests work on, for callers inside the server.</summary>
    public required AdminContext Context { get; init; }

    /// <summary>The way requests take.</summary>
    public IAdminChannel Channel => _channel;

    public Task<AdminReply> RunAsync(AdminRequest request) => _channel.RunAsync(request, CancellationToken.None);

    public async Task ExpectDoneAsync(AdminRequest request, string text)
    {
        var reply = await RunAsync(request);
        Assert.Equal((AdminStatus.Done, text), (reply.Status, reply.Text));
    }

    public async Task ExpectDoneAsync(AdminRequest request, string text, IReadOnlyList<string> changes)
    {
        var reply = await RunAsync(request);
        Assert.Equal((AdminStatus.Done, text), (reply.Status, reply.Text));
        Assert.Equal(changes, reply.Changes);
    }

    public async Task ExpectRefusedAsync(AdminRequest request, string text) => Assert.Equal(AdminReply.Refused(text), await RunAsync(request));

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
            await _store.DisposeAsync();
            _folder.Dispose();
        }
    }
}
