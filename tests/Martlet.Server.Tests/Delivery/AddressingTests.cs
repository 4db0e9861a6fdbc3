using Martlet.Server.Tests.Smtp;
using Martlet.Store.Model;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Delivery;

/// <summary>Where mail goes: states of domains, aliases, details, the rule of case, reserved addresses, catch-alls; and who may send as whom.</summary>
public sealed class AddressingTests : SmtpTest
{
    private const string Message = """
        C: DATA
        S: 354 *
        C: Subject: hello
        C:
        C: text
        C: .
        S: 250 2.6.0 *

        """;

    [Fact]
    public async Task A_domain_is_served_as_far_as_its_state_says()
    {
        Assert.True((await Server.Store.Settings.AddDomainAsync(new DomainEntry { Name = "example.com", State = DomainState.Draft })).IsDone);
        await AddAddressAsync("alice@example.com");
        await RcptAsync("alice@example.com", "550 5.7.1 No relaying: this server takes mail for its own domains only. *");
        await SetAsync("example.com", domain => domain with { State = DomainState.Disabled });
        await RcptAsync("alice@example.com", "450 4.2.1 Mail for this domain is not taken at the moment; try again later. *");
        await RcptAsync("nobody@example.com", "450 4.2.1 *"); // Nobody learns which addresses there are.
        await SetAsync("example.com", domain => domain with { State = DomainState.Receive });
        await RcptAsync("alice@example.com", "250 2.1.5 *");
        await RcptAsync("nobody@example.com", "550 5.1.1 *");
    }

    [Fact]
    public async Task Only_from_a_live_domain_users_send()
    {
        Assert.True((await Server.Store.Settings.AddDomainAsync(new DomainEntry { Name = "example.com", State = DomainState.Receive })).IsDone);
        await AddAddressAsync("alice@example.com");
        await SenderAsync("alice@example.com", "550 5.7.1 Mail from this domain cannot be sent here yet; ask your administrator. *");
        await SetAsync("example.com", domain => domain with { State = DomainState.Disabled });
        await SenderAsync("alice@example.com", "550 5.7.1 Mail from this domain *");
        await SetAsync("example.com", domain => domain with { State = DomainState.Draft });
        await SenderAsync("alice@example.com", "550 5.7.1 MAIL FROM must be an address of yours. *");
        await SetAsync("example.com", domain => domain with { State = DomainState.Live });
        await SenderAsync("alice@example.com", "250 2.1.0 *");
    }

    [Fact]
    public async Task An_alias_reaches_each_member_once_and_members_send_as_it()
    {
        Assert.True((await Server.Store.Settings.SetAliasAsync(new AliasEntry("info@example.org", [TestServer.Alice, TestServer.Bob]))).IsDone);
        await SenderAsync("info@example.org", "250 2.1.0 *");
        await SenderAsync("Info+shop@example.org", "250 2.1.0 *");
        await AfterHelloAsync("""
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<Info@example.org>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *

            """ + Message);
        var alice = Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.StartsWith("Return-Path: <carol@example.net>\r\nDelivered-To: Info@example.org\r\nDelivered-To: alice@example.org\r\n", alice, StringComparison.Ordinal);
        Assert.StartsWith("Return-Path: <carol@example.net>\r\nDelivered-To: Info@example.org\r\nReceived:", Assert.Single(await InboxAsync(TestServer.Bob)), StringComparison.Ordinal);
        Assert.True((await Server.Store.Settings.SetAliasAsync(new AliasEntry("info@example.org", [TestServer.Bob]))).IsDone);
        await SenderAsync("info@example.org", "550 5.7.1 MAIL FROM must be an address of yours. *");
    }

    [Fact]
    public async Task Separators_are_the_domains()
    {
        await SetAsync("example.org", domain => domain with { Separators = "+-" });
        await RcptAsync("alice-news+today@example.org", "250 *");
        await RcptAsync("-alice@example.org", "550 5.1.1 *");
        Assert.True((await Server.Store.AddAddressAsync(Server.Account(TestServer.Bob).Id, "alice-news@example.org")).IsDone);
        await AfterHelloAsync("""
            C: MAIL FROM:<>
            S: 250 *
            C: RCPT TO:<alice-news+x@example.org>
            S: 250 *

            """ + Message);
        Assert.Single(await InboxAsync(TestServer.Bob)); // The longest address that is there has it.
        await SetAsync("example.org", domain => domain with { Separators = "" });
        await RcptAsync("alice+news@example.org", "550 5.1.1 *");
    }

    [Fact]
    public async Task Where_case_counts_Ada_and_ada_are_two()
    {
        Assert.True((await Server.Store.Settings.AddDomainAsync(new DomainEntry { Name = "case.example", IsCaseSensitive = true })).IsDone);
        Assert.True((await Server.Store.AddAddressAsync(Server.Account(TestServer.Alice).Id, "Ada@case.example")).IsDone);
        Assert.True((await Server.Store.AddAddressAsync(Server.Account(TestServer.Bob).Id, "ada@case.example")).IsDone);
        await AfterHelloAsync("""
            C: MAIL FROM:<>
            S: 250 *
            C: RCPT TO:<Ada+x@CASE.example>
            S: 250 *
            C: RCPT TO:<ADA@case.example>
            S: 550 5.1.1 *

            """ + Message);
        Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
        await SenderAsync("Ada@case.example", "250 *");
        await SenderAsync("ada@case.example", "550 5.7.1 *");

        // Logins by the same rule.
        await AfterHelloAsync($"""
            C: AUTH PLAIN {Base64($"\0Ada@case.example\0{TestServer.Password}")}
            S: 235 2.7.0 Logged in.
            C: MAIL FROM:<alice@example.org>
            S: 250 *
            """, "submissions");
        await AfterHelloAsync($"""
            C: AUTH PLAIN {Base64($"\0ADA@case.example\0{TestServer.Password}")}
            S: 535 *
            """, "submissions");
    }

    [Fact]
    public async Task Reserved_addresses_are_the_servers_postmasters_where_nobody_has_them()
    {
        await RcptAsync("abuse@example.org", "550 5.1.1 *");
        Assert.True((await Server.Store.Settings.ChangeSettingsAsync(settings => settings with { Postmaster = TestServer.Bob })).IsDone);
        foreach (var address in (string[])["abuse@example.org", "PostMaster@example.org", "postmaster", "postmaster@mx.example.org"])
        {
            await RcptAsync(address, "250 *");
        }

        await RcptAsync("webmaster@example.org", "550 5.1.1 *");
        await RcptAsync("bob@mx.example.org", "550 5.7.1 *");
        await AddAddressAsync("abuse@example.org");
        await AfterHelloAsync("""
            C: MAIL FROM:<>
            S: 250 *
            C: RCPT TO:<abuse@example.org>
            S: 250 *

            """ + Message);
        Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.Empty(await InboxAsync(TestServer.Bob));
    }

    [Fact]
    public async Task A_catch_all_takes_what_nobody_has()
    {
        await SetAsync("example.org", domain => domain with { CatchAll = TestServer.Alice });
        await AfterHelloAsync("""
            C: MAIL FROM:<>
            S: 250 *
            C: RCPT TO:<anything@example.org>
            S: 250 *
            C: RCPT TO:<anything@example.com>
            S: 550 5.7.1 *

            """ + Message);
        Assert.Contains("Delivered-To: anything@example.org\r\n", Assert.Single(await InboxAsync(TestServer.Alice)), StringComparison.Ordinal);
        await SenderAsync("anything@example.org", "250 *");
        await SenderAsync("bob@example.org", "550 5.7.1 *"); // What another has is not caught.
    }

    [Fact]
    public async Task Who_was_too_full_for_the_message_is_told_at_the_next_RCPT_so_that_the_others_get_theirs()
    {
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Alice).Id, bytes: 50, messages: null);
        const string Both = """
            C: MAIL FROM:<carol@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: {0}
            C: RCPT TO:<bob@example.org>
            S: 250 *

            """;
        await AfterHelloAsync(Both.Replace("{0}", "250 *", StringComparison.Ordinal) + Message.Replace("250 2.6.0", "452 4.2.2", StringComparison.Ordinal));
        Assert.Empty(await InboxAsync(TestServer.Bob));
        await AfterHelloAsync(Both.Replace("{0}", "452 4.2.2 *", StringComparison.Ordinal) + Message);
        Assert.Single(await InboxAsync(TestServer.Bob));
        Assert.Empty(await InboxAsync(TestServer.Alice));
        await AfterHelloAsync("""
            C: MAIL FROM:<dave@example.net>
            S: 250 *
            C: RCPT TO:<alice@example.org>
            S: 250 *
            """);
    }

    [Fact]
    public async Task The_servers_default_limit_holds_where_an_account_has_none()
    {
        Assert.True((await Server.Store.Settings.ChangeSettingsAsync(settings => settings with { QuotaMessages = 1 })).IsDone);
        await Server.Store.SetQuotaAsync(Server.Account(TestServer.Bob).Id, bytes: null, messages: QuotaLimits.None);
        for (var i = 0; i < 2; i++)
        {
            await AfterHelloAsync($"""
                C: MAIL FROM:<>
                S: 250 *
                C: RCPT TO:<alice@example.org>
                S: {(i == 0 ? "250" : "452 4.2.2")} *
                C: RCPT TO:<bob@example.org>
                S: 250 *

                """ + Message);
        }

        Assert.Single(await InboxAsync(TestServer.Alice));
        Assert.Equal(2, (await InboxAsync(TestServer.Bob)).Count);
    }

    private async Task SetAsync(string domain, Func<DomainEntry, DomainEntry> change) => Assert.Equal(Refusal.None, (await Server.Store.Settings.ChangeDomainAsync(domain, change)).Refusal);

    private async Task AddAddressAsync(string address) => Assert.True((await Server.Store.AddAddressAsync(Server.Account(TestServer.Alice).Id, address)).IsDone);

    private Task RcptAsync(string address, string reply) => AfterHelloAsync($"""
        C: MAIL FROM:<carol@example.net>
        S: 250 *
        C: RCPT TO:<{address}>
        S: {reply}
        """);

    private Task SenderAsync(string address, string reply) => LoggedInAsync($"""
        C: MAIL FROM:<{address}>
        S: {reply}
        """);
}
