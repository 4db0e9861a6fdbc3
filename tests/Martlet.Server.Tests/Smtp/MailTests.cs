using Martlet.Server.Smtp;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>MAIL and RCPT on port 25.</summary>
public sealed class MailTests : SmtpTest
{
    protected override SmtpOptions Configure(SmtpOptions options) => options with { TransactionsMax = 3, RefusedRecipientsMax = 5 };

    protected override StoreLimits Limits => new() { MessageBytesMax = 10_000 };

    [Theory]
    [InlineData("MAIL FROM:<carol@example.net>")]
    [InlineData("mail from:<carol@example.net>")]
    [InlineData("MAIL FROM: <carol@example.net>")]
    [InlineData("MAIL FROM:<>")]
    [InlineData("MAIL FROM:<@relay.example,@[192.0.2.1]:carol@example.net>")]
    [InlineData("MAIL FROM:<\"carol smith\"@example.net>")]
    [InlineData("MAIL FROM:<carol@[192.0.2.1]>")]
    [InlineData("MAIL FROM:<carol@[IPv6:2001:db8::1]>")]
    [InlineData("MAIL FROM:<carol@bücher.example> SMTPUTF8")]
    [InlineData("MAIL FROM:<jürgen@example.net> SMTPUTF8 BODY=8BITMIME")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=10000 BODY=7BIT AUTH=<>")]
    [InlineData("MAIL FROM:<carol@example.net> size=0  body=8bitmime auth=carol+40example.net ")]
    public Task Senders_are_taken(string command) => AfterHelloAsync($"C: {command}\nS: 250 2.1.0 Sender taken.");

    [Theory]
    [InlineData("MAIL", "501 5.5.2 Say: MAIL FROM:<address> *")]
    [InlineData("MAIL carol@example.net", "501 5.5.2 *")]
    [InlineData("MAIL FROM:", "501 5.1.7 That is not an address. Say: MAIL FROM:<address> *")]
    [InlineData("MAIL FROM:carol@example.net", "501 5.1.7 *")]
    [InlineData("MAIL FROM:  <carol@example.net>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol@>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol@-example.net>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol@example.net", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol..smith@example.net>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<\"carol@example.net>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol@[192.0.2]>", "501 5.1.7 *")]
    [InlineData("MAIL FROM:<carol@example.net>SIZE=1", "501 5.5.2 *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=", "501 5.5.2 *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE", "501 5.5.4 The parameter SIZE is wrong or given twice. *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=1k", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=1 SIZE=1", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=10001", "552 5.3.4 The message is too big. *")]
    [InlineData("MAIL FROM:<carol@example.net> SIZE=99999999999999999999", "552 5.3.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> BODY=BINARYMIME", "501 5.5.4 The parameter BODY *")]
    [InlineData("MAIL FROM:<carol@example.net> BODY=7BIT BODY=7BIT", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> SMTPUTF8 SMTPUTF8", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> SMTPUTF8=yes", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> AUTH=carol", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> AUTH=a+4x@b", "501 5.5.4 *")]
    [InlineData("MAIL FROM:<carol@example.net> RET=FULL", "555 5.5.4 That MAIL parameter is not known here; leave it out. *")]
    [InlineData("MAIL FROM:<jürgen@example.net>", "553 5.6.7 The address is not ASCII; add the parameter SMTPUTF8. *")]
    public Task Others_are_not_and_no_message_has_begun(string command, string reply) => AfterHelloAsync($"""
        C: {command}
        S: {reply}
        C: RCPT TO:<alice@example.org>
        S: 503 5.5.1 Say MAIL first. *
        """);

    [Theory]
    [InlineData("RCPT TO:<alice@example.org>")]
    [InlineData("rcpt to: <ALICE@Example.ORG>")]
    [InlineData("RCPT TO:<@relay.example:alice@example.org>")]
    [InlineData("RCPT TO:<\"alice\"@example.org>")]
    [InlineData("RCPT TO:<\"\\a\\l\\i\\c\\e\"@example.org>")]
    [InlineData("RCPT TO:<alice+lists@example.org>")]
    [InlineData("RCPT TO:<alice+a+b@example.org>")]
    public Task Recipients_are_found(string command) => AfterHelloAsync($"""
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: {command}
        S: 250 2.1.5 Recipient taken.
        """);

    [Theory]
    [InlineData("RCPT", "501 5.5.2 Say: RCPT TO:<address> *")]
    [InlineData("RCPT TO:<>", "501 5.1.3 That is not an address. Say: RCPT TO:<address> *")]
    [InlineData("RCPT TO:<alice>", "501 5.1.3 *")]
    [InlineData("RCPT TO:alice@example.org", "501 5.1.3 *")]
    [InlineData("RCPT TO:<alice@example.org> NOTIFY=NEVER", "555 5.5.4 No RCPT parameter is known here; leave it out. *")]
    [InlineData("RCPT TO:<alice@example.org>x", "501 5.5.2 *")]
    [InlineData("RCPT TO:<jürgen@example.org>", "553 5.6.7 The address is not ASCII; add the parameter SMTPUTF8 to MAIL. *")]
    [InlineData("RCPT TO:<nobody@example.org>", "550 5.1.1 There is no such mailbox here; check the address. *")]
    [InlineData("RCPT TO:<+alice@example.org>", "550 5.1.1 *")]
    [InlineData("RCPT TO:<postmaster@example.org>", "550 5.1.1 *")]
    [InlineData("RCPT TO:<postmaster>", "550 5.1.1 *")]
    [InlineData("RCPT TO:<alice@example.com>", "550 5.7.1 No relaying: this server takes mail for its own domains only. *")]
    [InlineData("RCPT TO:<alice@sub.example.org>", "550 5.7.1 *")]
    [InlineData("RCPT TO:<alice%example.com@example.org>", "550 5.1.1 *")]
    [InlineData("RCPT TO:<alice@[127.0.0.1]>", "550 5.7.1 *")]
    public Task Others_are_refused(string command, string reply) => AfterHelloAsync($"""
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: {command}
        S: {reply}
        C: DATA
        S: 554 5.5.1 There are no valid recipients; say RCPT first. *
        C: RCPT TO:<alice@example.org>
        S: 250 2.1.5 *
        """);

    [Fact]
    public async Task Postmaster_is_found_where_there_is_one()
    {
        await Server.Store.AddAccountAsync("postmaster@example.org", passwordHash: null);
        await AfterHelloAsync("""
            C: MAIL FROM:<>
            S: 250 2.1.0 *
            C: RCPT TO:<Postmaster>
            S: 250 2.1.5 *
            C: RCPT TO:<PostMaster@example.org>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.6.0 *
            """);
        Assert.StartsWith("Return-Path: <>\r\nDelivered-To: postmaster@example.org\r\nDelivered-To: PostMaster@example.org\r\n", (await InboxAsync("postmaster@example.org"))[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_beyond_ASCII_are_found_in_any_form()
    {
        await Server.Store.Settings.AddDomainAsync("xn--bcher-kva.example");
        await Server.Store.AddAccountAsync("jürgen@xn--bcher-kva.example", passwordHash: null);
        await AfterHelloAsync("""
            C: MAIL FROM:<χρήστης@example.net> SMTPUTF8
            S: 250 2.1.0 *
            C: RCPT TO:<jürgen@bücher.example>
            S: 250 2.1.5 *
            C: RCPT TO:<JU\u0308RGEN@XN--BCHER-KVA.EXAMPLE>
            S: 250 2.1.5 *
            C: DATA
            S: 354 *
            C: .
            S: 250 2.6.0 *
            """.Replace("\\u0308", "\u0308", StringComparison.Ordinal));
        var message = (await InboxAsync("jürgen@xn--bcher-kva.example"))[0];
        Assert.StartsWith("Return-Path: <χρήστης@example.net>\r\nDelivered-To: jürgen@xn--bcher-kva.example\r\n", message, StringComparison.Ordinal);
        Assert.Contains(" with UTF8SMTP\r\n", message, StringComparison.Ordinal);
    }

    [Fact]
    public Task Wrong_UTF8_is_no_address() => AfterHelloAsync("""
        C: <<MAIL FROM:<j\xfcrgen@example.net> SMTPUTF8\r\n>>
        S: 501 5.1.7 *
        C: <<MAIL FROM:<carol@b\xfccher.example> SMTPUTF8\r\n>>
        S: 501 5.1.7 *
        """);

    [Fact]
    public Task MAIL_does_not_come_twice_and_RSET_EHLO_and_HELO_forget_it() => AfterHelloAsync("""
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: MAIL FROM:<>
        S: 503 5.5.1 Not within a message; finish it or say RSET. *
        C: RSET
        S: 250 2.0.0 Done.
        C: RCPT TO:<alice@example.org>
        S: 503 5.5.1 Say MAIL first. *
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: HELO client.example
        S: 250 mx.example.org
        C: DATA
        S: 503 5.5.1 Say MAIL first. *
        """);

    [Fact]
    public Task A_connection_has_so_many_messages_and_no_more() => AfterHelloAsync("""
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: RSET
        S: 250 *
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: RSET
        S: 250 *
        C: MAIL FROM:<>
        S: 250 2.1.0 *
        C: RSET
        S: 250 *
        C: MAIL FROM:<>
        S: 421 4.5.3 Enough messages on this connection; connect again. *
        S: <closed>
        """);

    [Fact]
    public Task Whoever_tries_out_names_is_stopped() => AfterHelloAsync("""
        C: <<MAIL FROM:<>\r\n>>
        S: 250 2.1.0 *
        C: <<RCPT TO:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nRCPT TO:<c@example.org>\r\nRCPT TO:<d@example.org>\r\nRCPT TO:<e@example.org>\r\nRCPT TO:<f@example.org>\r\n>>
        S: 550 5.1.1 *
        S: 550 5.1.1 *
        S: 550 5.1.1 *
        S: 550 5.1.1 *
        S: 550 5.1.1 *
        S: 550 5.1.1 *
        S: 421 4.7.0 Too many errors. *
        S: <closed>
        """);

    [Theory]
    [InlineData(128, "250 2.1.0 *")]
    [InlineData(129, "501 5.1.7 *")]
    public Task A_localpart_has_up_to_128_bytes(int length, string reply) => AfterHelloAsync($"C: MAIL FROM:<{new string('a', length)}@example.net>\nS: {reply}");

    [Theory]
    [InlineData(255, "250 2.1.0 *")]
    [InlineData(256, "501 5.1.7 *")]
    public Task A_domain_has_up_to_255_bytes(int length, string reply)
    {
        var labels = string.Concat(Enumerable.Repeat(new string('d', 63) + ".", 3));
        return AfterHelloAsync($"C: MAIL FROM:<a@{labels}{new string('e', length - labels.Length - 3)}.ff>\nS: {reply}");
    }

    [Theory]
    [InlineData(512, "250 2.1.0 *")]
    [InlineData(513, "501 5.1.7 *")]
    public Task A_path_has_up_to_512_bytes(int length, string reply)
    {
        var route = string.Concat(Enumerable.Repeat("@r.example,", 40));
        var path = $"<{route}@{new string('x', 40)}:a@example.net>";
        var filler = new string('b', length - path.Length);
        return AfterHelloAsync($"C: MAIL FROM:<{route}@{new string('x', 40)}:{filler}a@example.net>\nS: {reply}");
    }
}
