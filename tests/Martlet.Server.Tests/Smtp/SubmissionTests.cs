using MailKit.Security;
using Martlet.Testing;
using MimeKit;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>Mail from our own users (RFC 6409).</summary>
public sealed class SubmissionTests : SmtpTest
{
    [Fact]
    public Task The_sender_must_be_the_account_itself() => LoggedInAsync("""
        C: MAIL FROM:<bob@example.org>
        S: 550 5.7.1 MAIL FROM must be an address of yours. *
        C: MAIL FROM:<carol@example.net>
        S: 550 5.7.1 *
        C: MAIL FROM:<nobody@example.org>
        S: 550 5.7.1 *
        C: MAIL FROM:<Alice+news@EXAMPLE.org>
        S: 250 2.1.0 Sender taken.
        C: RSET
        S: 250 *
        C: MAIL FROM:<>
        S: 250 2.1.0 Sender taken.
        """);

    [Fact]
    public async Task A_removed_account_sends_no_more()
    {
        await using var peer = await Testing.Transcripts.TestPeer.ConnectAsync(Server.Endpoint("submissions").Address, useTls: true);
        await peer.SendLineAsync($"HELO a\r\nAUTH PLAIN {Base64($"\0{TestServer.Alice}\0{TestServer.Password}")}");
        foreach (var code in new[] { "220 ", "250 ", "235 " })
        {
            Assert.StartsWith(code, await peer.ReadLineAsync(), StringComparison.Ordinal);
        }

        await Server.Store.RemoveAccountAsync(Server.Account(TestServer.Alice).Id);
        await peer.SendLineAsync("MAIL FROM:<alice@example.org>");
        Assert.StartsWith("530 5.7.0 Log in first. (c", await peer.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public Task Other_servers_cannot_be_reached_yet() => LoggedInAsync("""
        C: MAIL FROM:<alice@example.org>
        S: 250 2.1.0 Sender taken.
        C: RCPT TO:<carol@example.net>
        S: 550 5.7.1 Sending to other servers is not possible yet; only recipients on this server. *
        C: RCPT TO:<nobody@example.org>
        S: 550 5.1.1 *
        """);

    [Fact]
    public async Task Missing_Date_and_MessageID_are_added_and_the_users_network_is_not_told()
    {
        var captured = await LoggedInAsync("""
            C: MAIL FROM:<alice@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<bob@example.org>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: From: alice@example.org
            C: 
            C: Date: not a field
            C: .
            S: 250 2.6.0 Delivered as {id}.
            """);
        var message = Assert.Single(await InboxAsync(TestServer.Bob));
        var messageId = message.Split("Message-ID: ")[1].Split('\r')[0];
        Assert.Matches("^<[0-9a-f]{32}@mx.example.org>$", messageId);
        Assert.Equal(
            "Return-Path: <alice@example.org>\r\n"
            + "Delivered-To: bob@example.org\r\n"
            + $"Received: by mx.example.org with ESMTPSA (TLS1.3 TLS_AES_256_GCM_SHA384)\r\n"
            + $"\tid {captured["id"]} for <bob@example.org>;\r\n\tSun, 01 Mar 2026 12:00:00 +0000\r\n"
            + $"Message-ID: {messageId}\r\n"
            + "Date: Sun, 01 Mar 2026 12:00:00 +0000\r\n"
            + "From: alice@example.org\r\n\r\nDate: not a field\r\n",
            message);
    }

    [Fact]
    public async Task Fields_that_are_there_are_kept()
    {
        await LoggedInAsync("""
            C: MAIL FROM:<alice@example.org>
            S: 250 2.1.0 *
            C: RCPT TO:<bob@example.org>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: message-id : <mine@example.org>
            C: DATE: Sun, 01 Mar 2026 11:59:00 +0000
            C: .
            S: 250 2.6.0 *
            """);
        Assert.EndsWith(
            "12:00:00 +0000\r\nmessage-id : <mine@example.org>\r\nDATE: Sun, 01 Mar 2026 11:59:00 +0000\r\n",
            Assert.Single(await InboxAsync(TestServer.Bob)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submission", SecureSocketOptions.StartTls)]
    [InlineData("submissions", SecureSocketOptions.SslOnConnect)]
    public async Task MailKit_sends(string service, SecureSocketOptions security)
    {
        using var client = new MailKit.Net.Smtp.SmtpClient { CheckCertificateRevocation = false };
        client.ServerCertificateValidationCallback = (_, _, _, _) => true;
        var endpoint = Server.Endpoint(service).Address;
        await client.ConnectAsync("127.0.0.1", endpoint.Port, security);
        await client.AuthenticateAsync(TestServer.Alice, TestServer.Password);
        using var message = new MimeMessage();
        message.From.Add(new MailboxAddress("Alice", TestServer.Alice));
        message.To.Add(new MailboxAddress("Bob", TestServer.Bob));
        message.Subject = "Grüße";
        message.Body = new TextPart("plain") { Text = ".dot\r\nümläut\r\n" };
        Assert.Matches(@"^2\.6\.0 Delivered as c[0-9a-f]+-1\.$", await client.SendAsync(message));
        await client.DisconnectAsync(quit: true);
        using var arrived = await MimeMessage.LoadAsync(new MemoryStream(Assert.Single(await Server.ReadMessagesAsync(TestServer.Bob))));
        Assert.Equal("Grüße", arrived.Subject);
        Assert.Equal(".dot\r\nümläut\r\n", arrived.TextBody?.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public async Task Real_messages_arrive_byte_for_byte()
    {
        Assert.SkipWhen(Corpus.Folder is null, "There is no corpus here.");
        var sent = Corpus.Messages("ham").Take(100).Concat(Corpus.Messages("spam").Take(100)).ToList();
        await using var peer = await Testing.Transcripts.TestPeer.ConnectAsync(Server.Endpoint("smtp").Address, useTls: false);
        await peer.SendLineAsync("HELO corpus");
        foreach (var message in sent)
        {
            await peer.SendLineAsync("MAIL FROM:<>\r\nRCPT TO:<bob@example.org>\r\nDATA");
            await peer.SendAsync(Stuffed(message));
        }

        var arrived = await WaitAsync(peer, sent.Count);
        Assert.Equal(sent.Count, arrived.Count);
        for (var i = 0; i < sent.Count; i++)
        {
            Assert.True(arrived[i].AsSpan().EndsWith(sent[i]), $"Message {i} is not as it was sent.");
        }
    }

    private async Task<IReadOnlyList<byte[]>> WaitAsync(Testing.Transcripts.TestPeer peer, int count)
    {
        for (var delivered = 0; delivered < count;)
        {
            var line = await peer.ReadLineAsync() ?? throw new EndOfStreamException();
            Assert.True(line[0] is '2' or '3', line);
            delivered += line.StartsWith("250 2.6.0", StringComparison.Ordinal) ? 1 : 0;
        }

        return await Server.ReadMessagesAsync(TestServer.Bob);
    }

    private static byte[] Stuffed(byte[] message)
    {
        var bytes = new MemoryStream();
        for (var start = 0; start < message.Length;)
        {
            var length = message.AsSpan(start).IndexOf((byte)'\n') + 1;
            if (message[start] == '.')
            {
                bytes.WriteByte((byte)'.');
            }

            bytes.Write(message, start, length);
            start += length;
        }

        bytes.Write(".\r\n"u8);
        return bytes.ToArray();
    }
}
