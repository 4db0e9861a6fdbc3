using System.Net.Sockets;
using System.Text;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Security;
using Martlet.Network.Compression;
using Martlet.Network.Connections;
using Martlet.Server.Imap;
using Martlet.Server.Tests.Network;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>COMPRESS DEFLATE: RFC 4978.</summary>
[Commands("COMPRESS")]
public sealed class CompressTests
{
    private static readonly string Always = string.Join(' ', Capabilities.All.Select(row => row.Name));

    [Fact]
    public Task Everything_behind_the_reply_is_compressed() => ImapServer.PlayAsync("""
        C: a1 COMPRESS DEFLATE
        S: a1 OK DEFLATE is on from here.
        C -> deflate
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: <<a3 NOOP\r\na4 NOOP\r\n>>
        S: a3 OK Done.
        S: a4 OK Done.
        C: a5 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (Subject)])
        S: * 1 FETCH (UID 1 FLAGS () BODY[HEADER.FIELDS (Subject)] {16}
        S: Subject: One
        S: 
        S: )
        S: a5 OK Done.
        C: a6 APPEND inbox {14}
        S: + Ready for the literal.
        C: Subject: two
        C: 
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a6 OK [APPENDUID {validity} 2] Done.
        C: a7 IDLE
        S: + Waiting for DONE.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Flagged))
        C: DONE
        S: a7 OK Done.
        C: a8 LOGOUT
        S: * BYE *
        S: a8 OK *
        S: <closed>
        """, Mail.One);

    [Fact]
    public Task It_is_announced_after_login_and_while_it_is_off() => ImapServer.PlayAsync($"""
        C -> bare
        S: * OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK [CAPABILITY {Always} COMPRESS=DEFLATE UNAUTHENTICATE APPENDLIMIT=104857600] *
        C: a2 COMPRESS deflate
        S: a2 OK *
        C -> deflate
        C: a3 CAPABILITY
        S: * CAPABILITY {Always} UNAUTHENTICATE APPENDLIMIT=104857600
        S: a3 OK Done.
        """);

    [Fact]
    public Task There_is_no_second_COMPRESS() => ImapServer.PlayAsync("""
        C: a1 COMPRESS DEFLATE
        S: a1 OK *
        C -> deflate
        C: a2 COMPRESS DEFLATE
        S: a2 NO [COMPRESSIONACTIVE] DEFLATE is on already.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task COMPRESS_takes_one_algorithm_that_is_known() => ImapServer.PlayAsync("""
        C: a1 COMPRESS
        S: a1 BAD Expected a space.
        C: a2 COMPRESS LZ4
        S: a2 BAD Only DEFLATE is known here.
        C: a3 COMPRESS DEFLATE 9
        S: a3 BAD Unexpected text after the arguments.
        C: a4 COMPRESS {7}
        S: + Ready for the literal.
        C: DEFLATE
        S: a4 BAD *
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task Before_login_it_is_refused() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 COMPRESS DEFLATE
        S: a1 BAD Log in first.
        C: a2 NOOP
        S: a2 OK Done.
        """);

    [Fact]
    public Task TLS_lies_below_and_does_not_start_above() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK *
        C: a2 COMPRESS DEFLATE
        S: a2 OK *
        C -> deflate
        C: a3 NOOP
        S: a3 OK Done.
        C2: b1 COMPRESS DEFLATE
        S2: b1 OK *
        C2 -> deflate
        C2: b2 STARTTLS
        S2: b2 BAD Already logged in.
        C2 -> plain
        C2: b3 UNAUTHENTICATE
        S2: b3 OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] *
        C2: b4 STARTTLS
        S2: b4 BAD TLS cannot start any more.
        """);

    [Fact]
    public Task What_is_pipelined_behind_COMPRESS_is_never_a_command() => ImapServer.PlayAsync("""
        C: <<a1 COMPRESS DEFLATE\r\na2 CREATE Sneaked\r\n>>
        S: * BYE [CLIENTBUG] Something came behind COMPRESS before its reply.
        S: <closed>
        C2: b1 LIST "" Sneaked
        S2: b1 OK Done.
        """);

    /// <summary>The plain bytes come with the last compressed ones, and COMPRESS ends where what the session has taken of them ends: only the stream below has the rest.</summary>
    [Fact]
    public async Task What_is_pipelined_behind_a_second_COMPRESS_is_none_either()
    {
        const int Taken = 4096; // What a connection reads at first.
        await using var server = await ImapServer.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("alice").Address, useTls: false);
        await peer.ReadLineAsync();
        var login = $"l LOGIN {TestServer.Alice} \"{TestServer.Password}\"\r\n";
        await peer.SendAsync(Encoding.ASCII.GetBytes(login + "a1 COMPRESS DEFLATE\r\n"));
        Assert.StartsWith("l OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("a1 OK", await peer.ReadLineAsync(), StringComparison.Ordinal);
        var last = new OutputBuffer();
        Deflater.Compress("a2 UNAUTHENTICATE\r\n"u8.ToArray(), last, isLast: true);
        const string Compress = "a3 COMPRESS DEFLATE\r\n";
        var noops = string.Concat(Enumerable.Repeat("n NOOP\r\n", (Taken - login.Length - Compress.Length) / 8 - 1));
        var filler = new string('n', Taken - login.Length - Compress.Length - noops.Length - " NOOP\r\n".Length) + " NOOP\r\n";
        var plain = login + noops + filler + Compress + "a4 CREATE Sneaked\r\n";
        Assert.Equal(Taken, plain.IndexOf("a4 ", StringComparison.Ordinal));
        await peer.SendAsync((byte[])[.. last.Written.Span, .. Encoding.ASCII.GetBytes(plain)]);
        last.Clear();
        peer.StartDeflate();
        peer.EndDeflate();
        await peer.SendAsync(ReadOnlyMemory<byte>.Empty);
        string? line;
        do
        {
            line = await peer.ReadLineAsync();
        }
        while (line is not null && !line.StartsWith("* BYE", StringComparison.Ordinal));
        Assert.Equal("* BYE [CLIENTBUG] Something came behind COMPRESS before its reply.", line);
        Assert.Null(await peer.ReadLineAsync());
        Assert.DoesNotContain(server.Log.Lines, static line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public Task Plain_text_instead_of_compressed_ends_the_connection() => ImapServer.PlayAsync("""
        C: a1 COMPRESS DEFLATE
        S: a1 OK *
        C: a2 CREATE Sneaked
        S: <closed>
        C2: b1 LIST "" Sneaked
        S2: b1 OK Done.
        """);

    [Fact]
    public Task What_was_written_before_COMPRESS_comes_plain() => ImapServer.PlayAsync("""
        C: <<a1 NOOP\r\na2 COMPRESS DEFLATE\r\n>>
        S: a1 OK Done.
        S: a2 OK DEFLATE is on from here.
        C -> deflate
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public async Task A_bomb_is_a_line_that_is_too_long_and_costs_a_line()
    {
        // 100 MB of one line in 100 kB.
        var bomb = new OutputBuffer();
        Deflater.Compress([.. "a2 NOOP "u8, .. new byte[100_000_000]], bomb);
        Assert.InRange(bomb.Length, 1, 1_000_000);
        await using var server = await ImapServer.StartAsync();
        await using var peer = await TestPeer.ConnectAsync(server.Endpoint("alice").Address, useTls: false);
        await peer.ReadLineAsync();
        await peer.SendLineAsync($"l LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
        await peer.ReadLineAsync();
        await peer.SendLineAsync("c COMPRESS DEFLATE");
        await peer.ReadLineAsync();
        await peer.SendAsync(bomb.Written[..8000]);
        peer.StartDeflate();
        Assert.Equal("* BYE [TOOBIG] The line is too long.", await peer.ReadLineAsync());
        Assert.Null(await peer.ReadLineAsync());
        bomb.Clear();
    }

    [Fact]
    public async Task A_client_that_flushes_partially_waits_for_nothing()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", Mail.One);
        var pieces = InflaterTests.Flushes.First().Data.Item2;
        using var client = new TcpClient();
        await client.ConnectAsync(server.Endpoint("alice").Address);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"l LOGIN {TestServer.Alice} \"{TestServer.Password}\"\r\n"));
        await ReadUntilAsync(stream, "l OK ");
        await stream.WriteAsync("c COMPRESS DEFLATE\r\n"u8.ToArray());
        await ReadUntilAsync(stream, "from here.\r\n");
        await using var inflated = new System.IO.Compression.DeflateStream(stream, System.IO.Compression.CompressionMode.Decompress);
        for (var i = 0; i < pieces.Length; i++)
        {
            // Byte by byte: the reply comes though the end of the flush is not there for a decoder that wants more bits than it needs.
            foreach (var piece in Convert.FromHexString(pieces[i]))
            {
                await stream.WriteAsync(new[] { piece });
            }

            await ReadUntilAsync(inflated, $"a{i + 1} OK ");
        }
    }

    [Fact]
    public async Task MailKit_reads_and_appends_compressed()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", [.. Enumerable.Repeat(Mail.Nested, 200)]);
        using var client = new ImapClient();
        var address = server.Endpoint("bare").Address;
        await client.ConnectAsync(address.Address.ToString(), address.Port, SecureSocketOptions.None);
        await client.AuthenticateAsync(TestServer.Alice, TestServer.Password);
        await client.CompressAsync();
        await client.Inbox.OpenAsync(FolderAccess.ReadWrite);
        Assert.Equal(200, (await client.Inbox.FetchAsync(0, -1, MessageSummaryItems.Envelope | MessageSummaryItems.BodyStructure)).Count);
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\r\n"));
        var message = await client.Inbox.GetMessageAsync(0);
        message.Body = new MimeKit.TextPart("plain") { Text = text };
        var uid = await client.Inbox.AppendAsync(message);
        Assert.Equal(text.ReplaceLineEndings(), (await client.Inbox.GetMessageAsync(uid!.Value)).TextBody!.ReplaceLineEndings());
        await client.DisconnectAsync(quit: true);
    }

    private static async Task ReadUntilAsync(Stream stream, string end)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = "";
        var buffer = new byte[10_000];
        while (!text.Contains(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, patience.Token);
            Assert.True(count > 0, $"closed after: {text}");
            text += Encoding.ASCII.GetString(buffer, 0, count);
        }
    }
}
