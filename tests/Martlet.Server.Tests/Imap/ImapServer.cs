using System.Text;
using Martlet.Server.Imap;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>An IMAP server for transcripts: plain connections as alice and as bob, already logged in, and bare ones.</summary>
internal static class ImapServer
{
    public static readonly ImapOptions Options = new() { Hostname = "mail.example.org", AllowPlainWithoutTls = true };

    /// <summary>Starts one; scripts talk as alice unless they name a service: <c>C2 -&gt; bob</c>, <c>C -&gt; bare</c>, <c>C -&gt; imaps</c>, <c>C -&gt; phone</c> (with the key <see cref="TestKeys.Phone"/>).</summary>
    public static Task<TestServer> StartAsync(TestServerOptions? options = null, ImapOptions? imap = null) => TestServer.StartAsync((options ?? new TestServerOptions()) with
    {
        Services =
        [
            Service("alice", imap ?? Options, Prelude: LoginAs(TestServer.Alice)),
            Service("bob", imap ?? Options, Prelude: LoginAs(TestServer.Bob)),
            Service("bare", imap ?? Options),
            Service("strict", (imap ?? Options) with { AllowPlainWithoutTls = false }),
            Service("imaps", (imap ?? Options) with { AllowPlainWithoutTls = false }, UsesTls: true),
            Service("phone", (imap ?? Options) with { AllowPlainWithoutTls = false }, UsesTls: true) with { ClientIdentity = TestKeys.Phone },
            Service("phone-starttls", (imap ?? Options) with { AllowPlainWithoutTls = false }) with { ClientIdentity = TestKeys.Phone },
        ],
    });

    /// <summary>Plays a script as alice on a server of its own, with these messages in her INBOX; the store is checked at the end.</summary>
    public static Task PlayAsync(string script, params string[] mails) => PlayAsync(script, new TestServerOptions(), Options, mails);

    /// <summary>The same on fake time: it is <see cref="TestServer.Start"/>, and goes on where the script says so.</summary>
    public static Task PlayTimedAsync(string script, params string[] mails) => PlayAsync(script, new TestServerOptions { UsesFakeTime = true }, Options, mails);

    /// <summary>The same with options.</summary>
    public static async Task PlayAsync(string script, TestServerOptions options, ImapOptions imap, params string[] mails)
    {
        await using var server = await StartAsync(options, imap);
        await AddAsync(server, TestServer.Alice, MailboxPath.Inbox, mails);
        await Transcript.RunAsync(server, script);
        await CheckAsync(server);
    }

    /// <summary>Puts messages into a mailbox, unseen, received on 1 February 2026, a minute between them.</summary>
    public static async Task AddAsync(TestServer server, string address, string mailbox, params string[] mails)
    {
        var to = server.Account(address).FindMailbox(mailbox) ?? throw new InvalidOperationException($"No mailbox {mailbox}.");
        for (var i = 0; i < mails.Length; i++)
        {
            using var spool = server.Store.NewSpool();
            spool.Write(Encoding.UTF8.GetBytes(mails[i]));
            spool.Complete();
            var result = await server.Store.AddMessagesAsync(
                [new NewMessage { Mailbox = to, Content = spool, Received = new DateTimeOffset(2026, 2, 1, 10, i % 60, 0, TimeSpan.FromHours(1)) }]);
            Assert.True(result.IsDone);
        }
    }

    /// <summary>The store holds what it promises.</summary>
    public static async Task CheckAsync(TestServer server)
    {
        var report = await server.Store.CheckAsync(CheckDepth.Deep);
        Assert.True(report.IsClean, string.Join('\n', report.Findings));
    }

    /// <summary>A listener as the user of that address, for servers with others too.</summary>
    public static TestService ServiceAs(string name, string address) => Service(name, Options, Prelude: LoginAs(address));

    private static TestService Service(string name, ImapOptions options, bool UsesTls = false, string Prelude = "") => new(
        name, server => new ImapService(server.Store, server.Authenticator, options, TestServer.Tls, server.Time, server.Log) { Observation = server.Observation }, UsesTls, Prelude);

    private static string LoginAs(string address) => $"""
        S: * OK *
        C: login LOGIN {address} "{TestServer.Password}"
        S: login OK *
        """;
}
