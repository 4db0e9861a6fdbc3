using System.Reflection;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Server.Accounts;
using Martlet.Server.Imap;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>What a session does when things around it go wrong: quota, damaged files, removed accounts, clients that go away.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task Over_quota_is_said_before_the_data()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 100, messages: 0);
        await Transcript.RunAsync(server, """
            C: a1 APPEND inbox {10}
            S: a1 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: <<a2 APPEND inbox {10+}\r\n0123456789\r\na3 NOOP\r\n>>
            S: a2 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            S: a3 OK Done.
            C: a4 APPEND inbox {5}
            S: + Ready for the literal.
            C: <<a: b\n {5}\r\n>>
            S: a4 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a5 SELECT inbox
            ...
            S: a5 OK [READ-WRITE] Done.
            C: a6 COPY 1 Archive
            S: a6 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a7 MOVE 1 Archive
            S: * OK [COPYUID * 1 1] Moved.
            S: * 1 EXPUNGE
            S: a7 OK Done.
            """);
        await ImapServer.CheckAsync(server);
    }

    [Fact]
    public async Task Too_many_messages_are_over_quota()
    {
        await using var server = await ImapServer.StartAsync();
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 0, messages: 1);
        await Transcript.RunAsync(server, """
            C: <<a1 APPEND inbox {5+}\r\na: b\n {5+}\r\nc: d\n\r\na2 NOOP\r\n>>
            S: a1 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            S: a2 OK Done.
            C: <<a3 APPEND inbox {5+}\r\na: b\n\r\n>>
            S: a3 OK [APPENDUID * 1] Done.
            C: a4 APPEND inbox {5}
            S: a4 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            """);
        await ImapServer.CheckAsync(server);
    }

    [Fact]
    public async Task Idle_ends_when_the_account_is_removed()
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await LoginAsync(server);
        await peer.SendLineAsync("a1 IDLE");
        Assert.Equal("+ Waiting for DONE.", await peer.ReadLineAsync());
        Assert.True((await server.Store.RemoveAccountAsync(server.Account(TestServer.Alice).Id)).IsDone);
        Assert.Equal("* BYE [UNAVAILABLE] The account is not available any more.", await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
    }

    [Fact]
    public async Task A_session_ends_with_the_next_command_when_the_account_is_removed()
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await LoginAsync(server);
        Assert.True((await server.Store.RemoveAccountAsync(server.Account(TestServer.Alice).Id)).IsDone);
        await peer.SendLineAsync("a1 NOOP");
        Assert.Equal("* BYE [UNAVAILABLE] The account is not available any more.", await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
    }

    [Theory]
    [InlineData("a2 LOGOUT\r\n")]
    [InlineData("a2 IDLE\r\n")]
    [InlineData("a2 APPEND inbox {100+}\r\nhalf")]
    [InlineData("a2 UID FE")]
    public async Task A_client_that_goes_away_does_not_keep_the_mailbox(string last)
    {
        EndingService? service = null;
        await using var server = await TestServer.StartAsync(new TestServerOptions
        {
            Services =
            [
                new TestService("bare", server => service = new EndingService(
                    new ImapService(server.Store, server.Authenticator, ImapServer.Options, TestServer.Tls, server.Time, server.Log))),
            ],
        });
        var inbox = server.Account(TestServer.Alice).FindMailbox("INBOX")!;
        await using (var peer = await LoginAsync(server))
        {
            await peer.SendLineAsync("a1 SELECT inbox");
            while (await peer.ReadLineAsync() is { } line && !line.StartsWith("a1 OK", StringComparison.Ordinal))
            {
                // What SELECT says.
            }

            Assert.Equal(1, Views(inbox));
            await peer.SendAsync(Encoding.ASCII.GetBytes(last));
        }

        await service!.Ended.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(0, Views(inbox));
    }

    [Fact]
    public async Task A_file_that_is_cut_off_ends_the_connection_inside_the_literal()
    {
        using var folder = new TempFolder();
        await using var store = await StoreWithAsync(folder, new string('x', 4 * 1024 * 1024));
        await using var server = await ServeAsync(store);
        Cut(folder, 2 * 1024 * 1024);
        await using var peer = await LoginAsync(server);
        await peer.SendLineAsync("a1 EXAMINE inbox");
        while (await peer.ReadLineAsync() is { } line && !line.StartsWith("a1 OK", StringComparison.Ordinal))
        {
            // What EXAMINE says.
        }

        await peer.SendLineAsync("a2 FETCH 1 BODY[]<3000000.10>");
        Assert.Equal("* 1 FETCH (BODY[]<3000000> NIL)", await peer.ReadLineAsync());
        Assert.Equal("a2 NO [CORRUPTION] Some stored data is damaged; the administrator's log says which.", await peer.ReadLineAsync());
        await peer.SendLineAsync("a3 FETCH 1 BODY[]");
        Assert.Equal($"* 1 FETCH (BODY[] {{{4 * 1024 * 1024}}}", await peer.ReadLineAsync());
        var bytes = await peer.ReadBytesAsync(4 * 1024 * 1024);
        Assert.True(bytes.Length < 4 * 1024 * 1024);
        Assert.DoesNotContain("NO", Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
    }

    /// <summary>Says when a session has ended.</summary>
    private sealed class EndingService(IConnectionService inner) : IConnectionService
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => inner.Name;

        public ReadOnlyMemory<byte> TooManyConnections => inner.TooManyConnections;

        public async Task RunAsync(Connection connection)
        {
            try
            {
                await inner.RunAsync(connection);
            }
            finally
            {
                Ended.TrySetResult();
            }
        }
    }

    private static int Views(Mailbox mailbox)
    {
        var index = typeof(Mailbox).GetProperty("Index", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(mailbox)!;
        var views = index.GetType().GetField("_views", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(index)!;
        return (int)views.GetType().GetProperty("Count")!.GetValue(views)!;
    }

    private static async Task<TestPeer> LoginAsync(TestServer server)
    {
        var peer = await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"login LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        Assert.StartsWith("login OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
        return peer;
    }

    // A store in a folder that the test can damage; alice's INBOX has one message with that text.
    private static async Task<MailStore> StoreWithAsync(TempFolder folder, string text)
    {
        var store = SqliteStore.Open(folder["store"], new StoreLimits(), TimeProvider.System, new TestLog());
        using var hasher = new PasswordHasher(new PasswordCost(MemoryKiB: 8, Passes: 1));
        Assert.True((await store.Settings.AddDomainAsync(TestServer.Domain)).IsDone);
        var account = await store.AddAccountAsync(TestServer.Alice, await hasher.HashAsync(TestServer.Password));
        using var spool = store.NewSpool();
        spool.Write(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n" + text).AsSpan(0, text.Length));
        spool.Complete();
        Assert.True((await store.AddMessagesAsync([new() { Mailbox = account.Value!.FindMailbox("INBOX")!, Content = spool }])).IsDone);
        return store;
    }

    private static Task<TestServer> ServeAsync(MailStore store) => TestServer.StartAsync(new TestServerOptions
    {
        Services =
        [
            new TestService("bare", server => new ImapService(
                store, new Authenticator(store, server.Passwords, server.Journal, server.Time, server.Log), ImapServer.Options, TestServer.Tls, server.Time, server.Log)),
        ],
    });

    private static void Cut(TempFolder folder, long length)
    {
        var largest = new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.Length).First();
        using var stream = largest.Open(FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        stream.SetLength(length);
    }
}
