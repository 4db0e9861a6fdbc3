using System.Net.Sockets;
using System.Text;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Control;
using Martlet.Server.Imap;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Admin;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly TestLog _log = new();
    private MailStore _store = null!;
    private ControlServer _server = null!;

    private string Path => _folder["control"];

    public async ValueTask InitializeAsync()
    {
        // A socket file that a killed server left behind is replaced.
        await File.WriteAllTextAsync(Path, "stale");
        _store = SqliteStore.Open(_folder["store"], new StoreLimits { MessageBytesMax = 2000 }, TimeProvider.System, _log);
        var passwords = new PasswordEncoder(new PasswordHasher(new PasswordCost(8, 1))) { ScramIterations = 4096 };
        _server = ControlServer.Start(Path, new AdminContext(_store, passwords, ImapService.HideableCapabilities, TimeProvider.System), TimeProvider.System, _log);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _store.DisposeAsync();
        Assert.False(File.Exists(Path));
        _folder.Dispose();
    }

    [Fact]
    public async Task Several_requests_on_several_connections()
    {
        await using var one = await ControlClient.ConnectAsync(Path, CancellationToken.None);
        await using var two = await ControlClient.ConnectAsync(Path, CancellationToken.None);

        Assert.Equal(AdminStatus.Done, (await one!.RunAsync(new AddDomain("example.org"), CancellationToken.None)).Status);
        Assert.Equal(AdminReply.Done("Account ada@example.org is made."), await two!.RunAsync(new AddAccount("ada@example.org", "correct horse"), CancellationToken.None));
        Assert.Equal(["example.org"], (await one.RunAsync(new ListDomains(), CancellationToken.None)).Domains!.Select(domain => domain.Name));
        Assert.Equal([new AccountSummary("ada@example.org", 0, 0, true)], (await one.RunAsync(new ListAccounts(), CancellationToken.None)).Accounts);
    }

    [Fact]
    public async Task The_history_of_logins_may_be_longer_than_a_request_and_has_a_limit()
    {
        await using var client = (await ControlClient.ConnectAsync(Path, CancellationToken.None))!;
        await client.RunAsync(new AddDomain("example.org"), CancellationToken.None);
        await client.RunAsync(new AddAccount("ada@example.org", "correct horse"), CancellationToken.None);
        var entry = new LoginEntry
        {
            Account = _store.Directory.FindAddress("ada@example.org")!.Id,
            Address = "Ada@example.org",
            Remote = "192.0.2.1",
            Mechanism = "PLAIN",
            Protocol = "imap",
            Tls = "TLS1.3",
            PublicKey = "",
            Client = "",
            Outcome = "ok",
            IsSuccess = true,
            First = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - 1000),
            Last = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()),
        };
        await _store.Logins.AddAsync([.. Enumerable.Range(0, 400).Select(i => entry with { Client = new string('\u00fc', 190) + i })]);
        await _store.Logins.AddAsync([entry with { Account = LoginEntry.Nobody, IsSuccess = false, Outcome = "badcreds" }]);

        var all = (await client.RunAsync(new ListLogins(ListLogins.LimitMax, "ADA@example.org"), CancellationToken.None)).Logins!;
        Assert.Equal(400, all.Count);
        Assert.Equal(
            new LoginSummary(entry.Last, entry.First, 1, "ok", "Ada@example.org", "PLAIN", "imap", "TLS1.3", "192.0.2.1", all[0].Client, ""), all[0]);
        Assert.Single((await client.RunAsync(new ListLogins(1, "ada@example.org"), CancellationToken.None)).Logins!);
        Assert.Equal(["badcreds"], (await client.RunAsync(new ListLogins(5), CancellationToken.None)).Logins!.Select(login => login.Result));
        foreach (var limit in new[] { 0, ListLogins.LimitMax + 1 })
        {
            Assert.Equal(AdminReply.Refused("The limit is a number from 1 to 10000."), await client.RunAsync(new ListLogins(limit, "ada@example.org"), CancellationToken.None));
        }
    }

    [Fact]
    public async Task The_server_greets_with_its_version()
    {
        using var reader = await OpenAsync();
        Assert.Matches("""^{"control":1,"martlet":"[0-9.]+","process":[0-9]+}$""", await reader.ReadLineAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"do\":\"no-such-request\"}")]
    [InlineData("{\"domain\":\"example.org\"}")]
    [InlineData("{\"do\":\"add-domain\"}")]
    [InlineData("{\"do\":\"add-domain\",\"domain\":null}")]
    [InlineData("{\"do\":\"add-domain\",\"domain\":\"example.org\",\"more\":1}")]
    [InlineData("null")]
    public async Task A_request_it_does_not_know_is_refused_and_ends_the_connection(string line)
    {
        using var reader = await OpenAsync();
        await reader.ReadLineAsync();
        await reader.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));

        Assert.Equal(
            """{"reply":{"status":"refused","text":"The server does not know this request; use the same version of martlet for both."}}""", await reader.ReadLineAsync());
        Assert.Null(await reader.ReadLineAsync());
    }

    [Fact]
    public async Task An_endless_line_ends_the_connection()
    {
        using var reader = await OpenAsync();
        await reader.ReadLineAsync();
        await reader.BaseStream.WriteAsync(new byte[ControlWire.LineBytesMax]);
        var rest = await Record.ExceptionAsync(async () => Assert.Null(await reader.ReadLineAsync()));
        Assert.True(rest is null or IOException);
    }

    [Fact]
    public async Task An_import_tells_what_it_leaves_out()
    {
        await _store.Settings.AddDomainAsync("example.org");
        await _store.AddAccountAsync("ada@example.org", passwordHash: null);
        await using var client = await ControlClient.ConnectAsync(Path, CancellationToken.None);
        var mbox = "From a Mon Jan  5 10:00:00 2026\nSubject: 1\n\nx\n\nFrom a Mon Jan  5 10:00:00 2026\n\n" + new string('x', 3000) + "\n\nFrom a Mon Jan  5 10:00:00 2026\nSubject: 3\n\nx\n";
        var problems = new List<string>();

        var reply = await client!.ImportAsync(
            new ImportMbox("ada@example.org", "Box"), new MemoryStream(Encoding.ASCII.GetBytes(mbox)), news => problems.Add(news.Problem ?? ""), CancellationToken.None);

        Assert.Equal((AdminStatus.Refused, "2 messages taken into Box, 1 not taken."), (reply.Status, reply.Text));
        Assert.Equal((2L, 34L, 1L, 0L), (reply.Import!.Taken, reply.Import.TakenBytes, reply.Import.NotTaken, reply.Import.AlreadyThere));
        Assert.Equal(["message 2: larger than 2000 bytes (limit message-bytes)"], reply.Import.Problems);
        Assert.Contains("message 2: larger than 2000 bytes (limit message-bytes)", problems);
    }

    [Fact]
    public async Task An_import_stops_when_the_account_is_full()
    {
        await _store.Settings.AddDomainAsync("example.org");
        var account = (await _store.AddAccountAsync("ada@example.org", passwordHash: null)).Value!;
        await _store.SetQuotaAsync(account.Id, bytes: 0, messages: 1);
        await using var client = await ControlClient.ConnectAsync(Path, CancellationToken.None);
        var mbox = string.Concat(Enumerable.Repeat("From a Mon Jan  5 10:00:00 2026\nSubject: 1\n\nx\n\n", 1000));

        var reply = await client!.ImportAsync(
            new ImportMbox("ada@example.org", "Box"), new MemoryStream(Encoding.ASCII.GetBytes(mbox)), _ => { }, CancellationToken.None);

        Assert.Equal(AdminStatus.Refused, reply.Status);
        Assert.StartsWith("1 message taken into Box, ", reply.Text, StringComparison.Ordinal);
        Assert.EndsWith(" not taken: the account's quota is full. The rest of the file was not read. Running it again takes what is missing.", reply.Text, StringComparison.Ordinal);
    }

    private async Task<StreamReader> OpenAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path));
        return new StreamReader(new NetworkStream(socket, ownsSocket: true));
    }
}
