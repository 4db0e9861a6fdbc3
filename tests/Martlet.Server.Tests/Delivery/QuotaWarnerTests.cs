using System.Text;
using Martlet.Server.Delivery;
using Martlet.Store;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Delivery;

/// <summary>Owners hear that their account gets full.</summary>
public sealed class QuotaWarnerTests : IAsyncLifetime
{
    private TestServer _server = null!;
    private QuotaWarner _warner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await TestServer.StartAsync(new TestServerOptions { UsesFakeTime = true });
        _warner = new QuotaWarner(_server.Store, "mx.example.org", _server.Time, _server.Log);
    }

    public async ValueTask DisposeAsync()
    {
        await _warner.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task At_80_and_at_95_per_cent_there_is_one_message_each_and_again_after_enough_was_removed()
    {
        var alice = _server.Account(TestServer.Alice);
        var inbox = alice.FindMailbox(MailboxPath.Inbox)!;
        Assert.True((await _server.Store.SetQuotaAsync(alice.Id, bytes: 100_000, messages: null)).IsDone);

        await AddAsync(inbox, 79_000);
        Assert.Equal(0, alice.Row.QuotaWarned);
        await AddAsync(inbox, 1_000);
        await WaitAsync(alice, 80);
        var text = Encoding.UTF8.GetString((await _server.ReadMessagesAsync(TestServer.Alice))[^1]);
        Assert.Contains("\r\nSubject: Your mailbox is 80 % full\r\n", text, StringComparison.Ordinal);
        Assert.Contains("To: alice@example.org\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Your mailbox holds 0.1 MB of 0.1 MB.\r\n", text, StringComparison.Ordinal);
        await AddAsync(inbox, 10_000);
        Assert.Equal(4, inbox.Info.Messages);
        await AddAsync(inbox, 4_500);
        await WaitAsync(alice, 95);
        Assert.Equal(6, inbox.Info.Messages);

        // A little less, and more again: nothing new to tell.
        await ExpungeAsync(inbox, 2);
        await AddAsync(inbox, 1_000);
        Assert.Equal((6, 95), (inbox.Info.Messages, alice.Row.QuotaWarned));

        // Much less: what was told is forgotten, and told again when it is so far again.
        await ExpungeAsync(inbox, 1);
        Assert.Equal(0, alice.Row.QuotaWarned);
        await AddAsync(inbox, 79_000);
        await WaitAsync(alice, 95);
    }

    [Fact]
    public async Task The_message_comes_also_when_there_is_no_room_for_it()
    {
        var bob = _server.Account(TestServer.Bob);
        var inbox = bob.FindMailbox(MailboxPath.Inbox)!;
        Assert.True((await _server.Store.SetQuotaAsync(bob.Id, bytes: null, messages: 1)).IsDone);
        await AddAsync(inbox, 10);
        await WaitAsync(bob, 95);
        Assert.Contains("1 of 1 messages", Encoding.UTF8.GetString((await _server.ReadMessagesAsync(TestServer.Bob))[^1]), StringComparison.Ordinal);
        Assert.Equal(2, inbox.Info.Messages);
        Assert.Equal(0, _server.Account(TestServer.Alice).Row.Messages);
    }

    private async Task AddAsync(Mailbox mailbox, int bytes)
    {
        using var spool = _server.Store.NewSpool();
        spool.Write(Encoding.ASCII.GetBytes("Subject: x\r\n\r\n".PadRight(bytes, 'x')));
        spool.Complete();
        Assert.Equal(Refusal.None, (await _server.Store.AddMessagesAsync([new NewMessage { Mailbox = mailbox, Content = spool }])).Refusal);
    }

    private async Task ExpungeAsync(Mailbox mailbox, uint uid) => Assert.True((await _server.Store.ExpungeAsync(mailbox, [new Uid(uid)], onlyDeleted: false)).IsDone);

    private static async Task WaitAsync(Account account, int level)
    {
        var signal = new ChangeSignal();
        using var watch = account.Watch(signal);
        while (account.Row.QuotaWarned != level)
        {
            await signal.WaitAsync().WaitAsync(TestContext.Current.CancellationToken);
            signal.Reset();
        }
    }
}
