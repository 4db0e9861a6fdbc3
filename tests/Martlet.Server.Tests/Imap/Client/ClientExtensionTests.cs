using System.Text;
using Martlet.Network.Imap;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>REPLACE, QUOTA, METADATA and the ESEARCH command: our client with our server, over sockets.</summary>
public sealed class ClientExtensionTests
{
    [Fact]
    public async Task A_draft_is_replaced_in_one_step()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server, TestServer.Alice);
        await client.AppendAsync("INBOX", Message("Subject: draft\r\n\r\n1"), Message("Subject: other\r\n\r\n"));
        await client.SelectAsync("INBOX");
        var replaced = await client.ExecuteAsync(new ReplaceRequest(1, MailboxName.Inbox, Message("Subject: draft\r\n\r\n2") with { Flags = [Flag.Draft] }));
        Assert.Equal("3", replaced.EnsureOk().Code<AppendUidCode>()?.Uids.ToString());
        Assert.Equal(2u, client.Selected!.Exists);
        Assert.Equal("2:3", (await client.SearchAsync(new AllKey())).Uids.ToString());
        Assert.Equal("3", (await client.SearchAsync(new FlagKey(Flag.Draft, IsSet: true))).Uids.ToString());

        // What does not exist stays so, and nothing is added.
        Assert.False((await client.ExecuteAsync(new ReplaceRequest(1, MailboxName.Inbox, Message("Subject: late\r\n\r\n")))).IsOk);
        Assert.Equal("TRYCREATE", (await client.ExecuteAsync(new ReplaceRequest(2, new MailboxName("nowhere"), Message("Subject: x\r\n\r\n")))).Code<PlainCode>()?.Name);
        Assert.Equal("2:3", (await client.SearchAsync(new AllKey())).Uids.ToString());
    }

    [Fact]
    public async Task Quota_is_read_by_mailbox_and_by_root()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server, TestServer.Alice);
        await client.AppendAsync("INBOX", Message(Mail.One));
        await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, bytes: 10 * 1024, messages: 7);
        var result = (await client.ExecuteAsync(new GetQuotaRootRequest(MailboxName.Inbox))).EnsureOk();
        Assert.Equal([""], result.Last<QuotaRootData>()!.Roots);
        var expected = new[] { new QuotaResource("STORAGE", 1, 10), new QuotaResource("MESSAGE", 1, 7) };
        Assert.Equal(expected, result.Last<QuotaData>()!.Resources);
        Assert.Equal(expected, (await client.ExecuteAsync(new GetQuotaRequest(""))).EnsureOk().Last<QuotaData>()!.Resources);
        Assert.False((await client.ExecuteAsync(new GetQuotaRequest("nothing"))).IsOk);
    }

    [Fact]
    public async Task Annotations_are_set_read_and_removed()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server, TestServer.Alice);
        var value = "two\r\nlines, \"é\""u8.ToArray();
        Assert.True((await client.ExecuteAsync(new SetMetadataRequest(MailboxName.Inbox, new MetadataValue("/private/comment", value), new MetadataValue("/shared/comment", "x"u8.ToArray())))).IsOk);
        var read = (await client.ExecuteAsync(new GetMetadataRequest(MailboxName.Inbox, "/private", "/shared/comment") { Depth = MetadataDepth.Infinity })).EnsureOk();
        var values = read.All<MetadataData>().SelectMany(static data => data.Entries).ToDictionary(static entry => entry.Entry, static entry => entry.Value?.ToArray());
        Assert.Equal(value, values["/private/comment"]);
        Assert.Equal("x"u8.ToArray(), values["/shared/comment"]);
        Assert.True((await client.ExecuteAsync(new SetMetadataRequest(MailboxName.Inbox, new MetadataValue("/private/comment", null)))).IsOk);
        var after = (await client.ExecuteAsync(new GetMetadataRequest(MailboxName.Inbox, "/private/comment"))).EnsureOk();
        Assert.DoesNotContain(after.All<MetadataData>().SelectMany(static data => data.Entries), static entry => entry.Value is not null);

        // Another user finds an INBOX of his own.
        await using var other = await LoginAsync(server, TestServer.Bob);
        var theirs = (await other.ExecuteAsync(new GetMetadataRequest(MailboxName.Inbox, "/shared/comment"))).EnsureOk();
        Assert.DoesNotContain(theirs.All<MetadataData>().SelectMany(static data => data.Entries), static entry => entry.Value is not null);
    }

    [Fact]
    public async Task Several_mailboxes_are_searched_at_once()
    {
        await using var server = await ImapServer.StartAsync();
        await using var client = await LoginAsync(server, TestServer.Alice);
        await client.ExecuteAsync(new CreateRequest(new MailboxName("Wörk")));
        await client.AppendAsync("INBOX", Message("Subject: hit\r\n\r\n"), Message("Subject: miss\r\n\r\n"), Message("Subject: hit\r\n\r\n"));
        await client.AppendAsync("Wörk", Message("Subject: hit\r\n\r\n"));
        var hits = (await SearchAsync(client)).ToDictionary(static data => data.Mailbox!.Value.Value, static data => data.All!.ToString());
        Assert.Equal(("1,3", "1", 2), (hits["INBOX"], hits["Wörk"], hits.Count));

        await using var other = await LoginAsync(server, TestServer.Bob);
        Assert.Empty(await SearchAsync(other));
    }

    private static async Task<IEnumerable<ESearchData>> SearchAsync(ImapClient client)
    {
        var sources = new MailboxFilter(MailboxFilterKind.Mailboxes, [MailboxName.Inbox, new MailboxName("Wörk"), new MailboxName("nowhere")]);
        return (await client.ExecuteAsync(new MultiSearchRequest(new TextKey(SearchField.Subject, "hit"), sources) { Returns = SearchReturns.All })).EnsureOk().All<ESearchData>();
    }

    private static async Task<ImapClient> LoginAsync(TestServer server, string username)
    {
        var client = await ImapClient.ConnectAsync(new ImapClientOptions("127.0.0.1", server.Endpoint("bare").Address.Port) { Security = ImapSecurity.None });
        (await client.LoginAsync(username, TestServer.Password)).EnsureOk();
        return client;
    }

    private static OutgoingMessage Message(string text) => OutgoingMessage.Of(Encoding.UTF8.GetBytes(text));
}
