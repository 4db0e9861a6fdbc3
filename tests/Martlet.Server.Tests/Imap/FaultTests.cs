using System.Net;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Server.Imap;
using Martlet.Server.Tests.Network;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>A fault of our own in the middle of a command: the client gets whole responses or none, and the connection ends.</summary>
public sealed class FaultTests
{
    private static readonly string Login = $"a1 LOGIN {TestServer.Alice} \"{TestServer.Password}\"\r\n";

    [Fact]
    public async Task What_was_not_sent_yet_is_taken_back_and_the_client_hears_why_it_ends()
    {
        await using var server = await ImapServer.StartAsync();
        var peer = new ScriptedStream(Encoding.ASCII.GetBytes(Login + "a2 APPEND inbox {100+}\r\nhalf"))
        {
            PieceBytes = Login.Length,
            Fault = new InvalidOperationException("A fault for the test."),
        };
        Assert.Equal(EndReason.ServerError, await RunAsync(server, peer, TimeProvider.System));
        var lines = Encoding.ASCII.GetString(peer.Output).Split("\r\n");
        Assert.StartsWith("a1 OK ", lines[1], StringComparison.Ordinal);
        Assert.Equal(["* BYE Internal error.", "a2 NO [SERVERBUG] Internal error; the log has the details under c1.", ""], lines[2..]);
        Assert.Contains(server.Log.Lines, line => line.Contains("A fault for the test.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Behind_half_a_response_there_is_no_text_of_ours()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", "Subject: large\r\n\r\n" + new string('x', 300_000));
        var time = new FaultyTime();
        var peer = new ScriptedStream(Encoding.ASCII.GetBytes(Login + "a2 EXAMINE inbox\r\na3 FETCH 1 BODY[]\r\na4 NOOP\r\n"));
        // The clock is looked at after each piece that was sent; here the parenthesis behind the literal is still to come.
        peer.OnWrite = () => time.IsBroken = peer.LargestWrite > 60_000;
        Assert.Equal(EndReason.ServerError, await RunAsync(server, peer, time));
        var text = Encoding.ASCII.GetString(peer.Output);
        Assert.Contains("* 1 FETCH (BODY[] {300018}\r\n", text, StringComparison.Ordinal);
        Assert.EndsWith("xxx", text, StringComparison.Ordinal);
    }

    /// <summary>A client that waits for changes (NOTIFY) has asked for data of new messages, and the database cannot give it.</summary>
    [Theory]
    [InlineData("LIST \"\" {1}", "x", "a3 OK Done.")] // With the reply of a command that was done.
    [InlineData("COMPRESS {1}", "x", "a3 BAD Expected an atom.")] // Nothing is told with this one: after it.
    public async Task A_store_that_fails_while_changes_are_told_ends_the_session_with_BYE(string command, string rest, string reply)
    {
        await using var server = await ImapServer.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("alice").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"l LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("a1 NOTIFY SET (SELECTED (MessageNew (ENVELOPE) MessageExpunge))");
        Assert.Equal("a1 OK Done.", await peer.ReadLineAsync());
        await peer.SendLineAsync("a2 SELECT inbox");
        while (await peer.ReadLineAsync() is { } line && !line.StartsWith("a2 OK", StringComparison.Ordinal))
        {
            // What SELECT says.
        }

        // While a command is read nothing is told: the message comes, and then the database loses what is to be told of it.
        await peer.SendLineAsync($"a3 {command}");
        Assert.Equal("+ Ready for the literal.", await peer.ReadLineAsync());
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        server.ExpectsCleanStore = false;
        await SqlAsync(server, "ALTER TABLE email RENAME TO lost");
        await peer.SendLineAsync(rest);
        Assert.Equal(reply, await peer.ReadLineAsync());
        Assert.Equal("* BYE [UNAVAILABLE] The server cannot do that at the moment; try again later.", await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
        Assert.Single(server.Log.Lines, static line => line.StartsWith("Error: store failed cid=", StringComparison.Ordinal));
        await SqlAsync(server, "ALTER TABLE lost RENAME TO email");
        server.ExpectsCleanStore = true;
    }

    // Behind the server's back, as no part of it can.
    private static Task<string> SqlAsync(TestServer server, string statement) => OpenSslTool.PythonAsync(
        "import sqlite3, sys; base = sqlite3.connect(sys.argv[1]); base.execute(sys.argv[2]); base.commit(); print('done')",
        Directory.GetFiles(server.StoreFolder, "*.db").Single(),
        statement);

    [Theory]
    [InlineData("APPEND inbox")]
    [InlineData("REPLACE 1 inbox")]
    public async Task A_message_that_the_disk_does_not_take_is_read_over_and_never_taken_for_commands(string command)
    {
        await using var server = await ImapServer.StartAsync(new TestServerOptions { Limits = new StoreLimits { SegmentMessageBytesMax = 64_000 } });
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        var folder = Path.Combine(server.StoreFolder, "large");
        Directory.Delete(folder);
        var message = new string('x', 110_000) + "\r\na3 DELETE Drafts\r\n";
        var peer = new ScriptedStream(Encoding.ASCII.GetBytes($"{Login}a2 SELECT inbox\r\na4 {command} {{{message.Length}+}}\r\n{message}\r\na5 LOGOUT\r\n"));
        var end = await RunAsync(server, peer, TimeProvider.System);
        Directory.CreateDirectory(folder);
        Assert.Equal(EndReason.Logout, end);
        var lines = Encoding.ASCII.GetString(peer.Output).Split("\r\n");
        Assert.DoesNotContain(lines, line => line.StartsWith("a3 ", StringComparison.Ordinal) || line.Contains(" BAD ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("a4 NO ", StringComparison.Ordinal));
        Assert.NotNull(server.Account(TestServer.Alice).FindMailbox("Drafts"));
    }

    private static async Task<EndReason> RunAsync(TestServer server, ScriptedStream peer, TimeProvider time)
    {
        var service = new ImapService(server.Store, server.Authenticator, ImapServer.Options, TestServer.Tls, time, server.Log);
        await using var connection = new Connection(1, peer, socket: null, new IPEndPoint(IPAddress.Loopback, 1), new IPEndPoint(IPAddress.Loopback, 2), time);
        await service.RunAsync(connection);
        return connection.EndReason;
    }

    private sealed class FaultyTime : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override long GetTimestamp()
        {
            if (IsBroken)
            {
                IsBroken = false;
                throw new InvalidOperationException("A fault for the test.");
            }

            return base.GetTimestamp();
        }
    }
}
