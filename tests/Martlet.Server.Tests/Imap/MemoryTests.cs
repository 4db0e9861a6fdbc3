using System.Net;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Server.Imap;
using Martlet.Server.Tests.Network;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Reading;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>What one connection can make the server hold, and what it leaves behind.</summary>
public sealed class MemoryTests
{
    private static readonly string ManyRecipients = $"To: {string.Join(",\r\n ", Enumerable.Range(0, 9_000).Select(i => $"recipient-number-{i}@{new string('d', 40)}.example.org"))}\r\n";

    [Fact]
    public async Task A_large_part_asked_for_many_times_is_not_held_many_times()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", $"Subject: x\r\n\r\n{new string('x', 900_000)}\r\n");
        var items = string.Join(' ', Enumerable.Repeat("BODY.PEEK[]", 20));
        var peer = Peer($"a2 SELECT inbox\r\na3 FETCH 1 ({items})\r\na4 LOGOUT\r\n");
        await RunAsync(server, peer);
        Assert.True(peer.Output.Length > 20 * 900_000);
        Assert.InRange(peer.LargestWrite, 900_000, 1_100_000);
    }

    [Fact]
    public async Task Structures_that_a_sender_made_large_are_read_a_few_at_a_time()
    {
        var mails = Enumerable.Range(1, 6).Select(i => $"{ManyRecipients}Subject: x\r\n\r\nThis is {i}.\r\n").ToArray();
        var replies = string.Concat(Enumerable.Range(1, 6).Select(i => $"S: * {i} FETCH (PREVIEW \"This is {i}.\")\n"));
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", mails);
        await Transcript.RunAsync(server, $"C: a1 SELECT inbox\n...\nS: a1 OK *\nC: a2 FETCH 1:6 PREVIEW\n{replies}S: a2 OK Done.");
        var account = server.Account(TestServer.Alice);
        using var view = await server.Store.OpenViewAsync(account.FindMailbox("INBOX")!, new ChangeSignal());
        var rows = new MessageRow[6];
        Assert.Equal(6, view.Read(view.Opened.Uids.Span, rows));
        using var batch = new EmailBatch();
        server.Store.ReadEmails(batch, account, [.. rows.Select(row => row.Email)]);
        Assert.True(batch.IsCut);
        Assert.InRange(batch.Count, 1, 3);
    }

    [Fact]
    public async Task An_IDLE_that_ends_by_itself_leaves_no_read_behind()
    {
        await using var server = await ImapServer.StartAsync();
        // Half a line is there, so that the read that waits for the rest has a buffer.
        var peer = Peer("a2 IDLE\r\nDO");
        var running = RunAsync(server, peer);
        await peer.IsWaiting.Task;
        Assert.True((await server.Store.RemoveAccountAsync(server.Account(TestServer.Alice).Id)).IsDone);
        await running;
        Assert.Equal(0, peer.Waiting);
        Assert.EndsWith("* BYE [UNAVAILABLE] The account is not available any more.\r\n", Encoding.ASCII.GetString(peer.Output), StringComparison.Ordinal);
    }

    private static ScriptedStream Peer(string commands) => new(Encoding.ASCII.GetBytes($"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"\r\n{commands}"));

    private static async Task RunAsync(TestServer server, ScriptedStream peer)
    {
        var service = new ImapService(server.Store, server.Authenticator, ImapServer.Options, TestServer.Tls, server.Time, server.Log);
        await using var connection = new Connection(1, peer, socket: null, new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2), server.Time);
        await service.RunAsync(connection);
    }
}
