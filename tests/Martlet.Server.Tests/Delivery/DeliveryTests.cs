using Martlet.Server.Smtp;
using Martlet.Server.Tests.Smtp;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Delivery;

/// <summary>From the end of DATA into mailboxes, on port 25.</summary>
public sealed class DeliveryTests : SmtpTest
{
    private const string Message = "C: DATA\nS: 354 *\nC: Subject: x\nC: .\n";

    protected override SmtpOptions Configure(SmtpOptions options) => options with { RecipientsMax = 1000, RefusedRecipientsMax = 2000 };

    [Fact]
    public async Task A_message_arrives_byte_for_byte_after_its_trace_fields()
    {
        var captured = await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 2.1.0 Sender taken.
            C: RCPT TO:<alice@example.org>
            S: 250 2.1.5 Recipient taken.
            C: DATA
            S: 354 Send the message, then a line with a dot.
            C: Subject: hi
            C: 
            C: one
            C: ..two
            C: ...three
            C: .
            S: 250 2.6.0 Delivered as {id}.
            C: QUIT
            S: 221 2.0.0 Goodbye.
            S: <closed>
            """);
        Assert.Equal(
            [
                "Return-Path: <carol@example.net>\r\n"
                + "Delivered-To: alice@example.org\r\n"
                + "Received: from client.example ([127.0.0.1]) by mx.example.org with ESMTP\r\n"
                + $"\tid {captured["id"]} for <alice@example.org>;\r\n\tSun, 01 Mar 2026 12:00:00 +0000\r\n"
                + "Subject: hi\r\n\r\none\r\n.two\r\n..three\r\n",
            ],
            await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task Each_account_gets_one_copy_that_names_its_own_addresses_only()
    {
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: RCPT TO:<bob@example.org>
            S: 250 *
            C: RCPT TO:<Alice+lists@example.org>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *

            """ + Message + "S: 250 2.6.0 *");
        var alice = Assert.Single(await InboxAsync(TestServer.Alice));
        var bob = Assert.Single(await InboxAsync(TestServer.Bob));
        Assert.StartsWith("Return-Path: <carol@example.net>\r\nDelivered-To: alice@example.org\r\nDelivered-To: Alice+lists@example.org\r\nReceived:", alice, StringComparison.Ordinal);
        Assert.StartsWith("Return-Path: <carol@example.net>\r\nDelivered-To: bob@example.org\r\nReceived:", bob, StringComparison.Ordinal);
        Assert.DoesNotContain(" for <", alice + bob, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quoted_and_null_envelopes_cannot_break_the_header()
    {
        await AfterHelloAsync("""
            C: MAIL FROM:<"a b\"> x\\"@example.net>
            S: 250 *
            C: RCPT TO:<alice+"@example.org>
            S: 501 *
            C: RCPT TO:<alice@example.org>
            S: 250 *

            """ + Message + "S: 250 2.6.0 *");
        Assert.StartsWith("Return-Path: <\"a b\\\"> x\\\\\"@example.net>\r\nDelivered-To:", Assert.Single(await InboxAsync(TestServer.Alice)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailbox_over_its_limit_is_full_at_RCPT()
    {
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Alice).Id, bytes: 1000, messages: 0);
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net> SIZE=1001
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 452 4.2.2 The mailbox is full; try again later. *
            C: RSET
            S: 250 *
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *

            """ + Message + "S: 250 2.6.0 *");
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Alice).Id, bytes: 100, messages: 0);
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 452 4.2.2 *
            """);
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Alice).Id, bytes: 0, messages: 1);
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 452 4.2.2 *
            """);
    }

    [Fact]
    public async Task When_one_of_two_mailboxes_gets_full_neither_gets_the_message()
    {
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Alice).Id, bytes: 50, messages: 0);
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            C: RCPT TO:<bob@example.org>
            S: 250 *

            """ + Message + "S: 452 4.2.2 The mailbox is full; try again later. *\nC: NOOP\nS: 250 2.0.0 Done.");
        Assert.Empty(await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task An_account_removed_since_RCPT_makes_the_peer_try_again()
    {
        await using var peer = await TestPeer.ConnectAsync(Server.Endpoint("smtp").Address, useTls: false);
        await peer.SendLineAsync("HELO a");
        await peer.SendLineAsync("MAIL FROM:<>");
        await peer.SendLineAsync("RCPT TO:<alice@example.org>");
        for (var i = 0; i < 4; i++)
        {
            await peer.ReadLineAsync();
        }

        await Server.Store.RemoveAccountAsync(Server.Account(TestServer.Alice).Id);
        await peer.SendLineAsync("DATA\r\n.");
        Assert.StartsWith("354 ", await peer.ReadLineAsync(), StringComparison.Ordinal);
        Assert.StartsWith("451 4.3.0 The message could not be delivered just now; try again later. (c", await peer.ReadLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_recipients_are_taken_and_one_more_is_not()
    {
        var recipients = string.Concat(Enumerable.Range(0, 1000).Select(i => $"RCPT TO:<alice+{i}@example.org>\\r\\n"));
        await AfterHelloAsync(
            $"C: MAIL FROM:<>\nS: 250 *\nC: <<{recipients}RCPT TO:<bob@example.org>\\r\\n>>\n"
            + string.Concat(Enumerable.Repeat("S: 250 2.1.5 *\n", 1000))
            + "S: 452 4.5.3 Too many recipients; send the message again to the others. *\n" + Message + "S: 250 2.6.0 *");
        Assert.Equal(1000, Assert.Single(await InboxAsync(TestServer.Alice)).Split("Delivered-To: ").Length - 1);
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task Recipients_are_100_unless_somebody_says_more()
    {
        await using var server = await TestServer.StartAsync(new TestServerOptions { Services = SmtpServices.All() });
        await Transcript.RunAsync(
            server,
            "S: 220 *\nC: HELO client.example\nS: 250 *\nC: MAIL FROM:<>\nS: 250 *\nC: <<" + string.Concat(Enumerable.Repeat("RCPT TO:<alice@example.org>\\r\\n", 101)) + ">>\n"
            + string.Concat(Enumerable.Repeat("S: 250 2.1.5 *\n", 100)) + "S: 452 4.5.3 *");
        Assert.Throws<ArgumentOutOfRangeException>(() => new SmtpOptions { Hostname = "a", Role = SmtpRole.Incoming, RecipientsMax = 99 });
    }

    [Fact]
    public async Task Deliveries_are_logged_without_addresses()
    {
        await AfterHelloAsync("C: MAIL FROM:<carol@example.net>\nS: 250 *\nC: RCPT TO:<alice@example.org>\nS: 250 *\n" + Message + "S: 250 2.6.0 *");
        var line = Assert.Single(Server.Log.Lines, line => line.Contains("message delivered", StringComparison.Ordinal));
        Assert.Matches("^Information: message delivered cid=c[0-9a-f]+ id=c[0-9a-f]+-1 refusal=None recipients=1 accounts=1 bytes=12$", line);
    }
}
