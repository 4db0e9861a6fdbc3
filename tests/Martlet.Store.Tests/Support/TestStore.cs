using System.Text;
using Martlet.Store.Changes;
using Martlet.Store.Consistency;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Martlet.Store.Tests.Support;

/// <summary>A store in a folder of its own. Disposing it checks all of it, byte for byte, before the folder goes.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    public const string Domain = "example.org";

    private readonly Func<string, (IStoreEngine Engine, IBlobStore Blobs)> _open;
    private readonly StoreLimits _limits;
    private bool _isOpen;

    private TestStore(Func<string, (IStoreEngine, IBlobStore)> open, StoreLimits limits, string folder)
    {
        _open = open;
        _limits = limits;
        Folder = folder;
        Store = null!; // Open sets it.
        Open();
    }

    public string Folder { get; }

    public ManualTime Time { get; } = new();

    public MailStore Store { get; private set; }

    /// <summary>The engine under the store.</summary>
    public IStoreEngine Engine { get; private set; } = null!; // Open sets it.

    /// <summary>Turned off by tests that damage the store on purpose.</summary>
    public bool EndsClean { get; set; } = true;

    public static TestStore Over(IEngineUnderTest engine, StoreLimits? limits = null, Func<IStoreEngine, IBlobStore, (IStoreEngine, IBlobStore)>? wrap = null) => new(
        folder =>
        {
            var (rows, blobs) = engine.Open(folder);
            return wrap is null ? (rows, blobs) : wrap(rows, blobs);
        },
        limits ?? new StoreLimits(),
        Path.Combine(Path.GetTempPath(), $"martlet-store-{Guid.NewGuid():n}"));

    /// <summary>A store in a given folder, which is removed at the end.</summary>
    public static TestStore At(IEngineUnderTest engine, string folder, StoreLimits limits) => new(engine.Open, limits, folder);

    /// <summary>A store with the domain and one account.</summary>
    public static async Task<(TestStore Test, Account Anna)> WithAnnaAsync(IEngineUnderTest engine, StoreLimits? limits = null)
    {
        var test = Over(engine, limits);
        return (test, await test.AddAccountAsync("anna"));
    }

    public async Task<Account> AddAccountAsync(string name)
    {
        if (!Store.Directory.HasDomain(Domain))
        {
            Assert.True((await Store.Settings.AddDomainAsync(Domain)).IsDone);
        }

        var added = await Store.AddAccountAsync($"{name}@{Domain}", passwordHash: null);
        Assert.Equal(Refusal.None, added.Refusal);
        return added.Value!;
    }

    public static Mailbox Inbox(Account account) => account.FindMailbox(MailboxPath.Inbox)!;

    public async Task<Mailbox> CreateAsync(Account account, string name, SpecialUse use = SpecialUse.None)
    {
        var created = await Store.CreateMailboxAsync(account, name, use);
        Assert.Equal(Refusal.None, created.Refusal);
        return created.Value!;
    }

    public MessageSpool Spool(string text)
    {
        var spool = Store.NewSpool();
        spool.Write(Encoding.UTF8.GetBytes(text));
        spool.Complete();
        return spool;
    }

    public async Task<StoreResult<IReadOnlyList<AddedMessage>>> TryAppendAsync(
        Mailbox mailbox, string text, MessageFlags flags = MessageFlags.None, params string[] keywords)
    {
        using var spool = Spool(text);
        return await Store.AddMessagesAsync([new NewMessage { Mailbox = mailbox, Content = spool, Flags = flags, Keywords = keywords }]);
    }

    /// <summary>So many messages, in one operation.</summary>
    public async Task FillAsync(Mailbox mailbox, int messages)
    {
        using var spool = Spool(Mail.Text("many"));
        Assert.True((await Store.AddMessagesAsync([.. Enumerable.Range(0, messages).Select(_ => new NewMessage { Mailbox = mailbox, Content = spool })])).IsDone);
    }

    public async Task<AddedMessage> AppendAsync(Mailbox mailbox, MessageFlags flags = MessageFlags.None, params string[] keywords) =>
        await AppendTextAsync(mailbox, Mail.Text("hello"), flags, keywords);

    public async Task<AddedMessage> AppendTextAsync(Mailbox mailbox, string text, MessageFlags flags = MessageFlags.None, params string[] keywords)
    {
        var added = await TryAppendAsync(mailbox, text, flags, keywords);
        Assert.Equal(Refusal.None, added.Refusal);
        return Assert.Single(added.Value!);
    }

    /// <summary>All rows of a mailbox, through a view of its own.</summary>
    public async Task<List<MessageRow>> RowsAsync(Mailbox mailbox)
    {
        using var view = await Store.OpenViewAsync(mailbox, new ChangeSignal());
        var rows = new MessageRow[view.Opened.Uids.Length];
        Assert.Equal(rows.Length, view.Read(view.Opened.Uids.Span, rows));
        return [.. rows];
    }

    /// <summary>The whole message.</summary>
    public string ReadText(Account account, EmailId email) => Encoding.UTF8.GetString(ReadAll(account, email));

    public byte[] ReadAll(Account account, EmailId email)
    {
        using var batch = new Reading.EmailBatch();
        Store.ReadEmails(batch, account, [email]);
        Assert.True(batch.TryGet(email, out var blob, out _));
        var bytes = new byte[blob.Length];
        Assert.Equal(bytes.Length, Store.ReadBytes(account, email, ref blob, 0, bytes));
        return bytes;
    }

    /// <summary>Stops the store and starts it again, as a restart of the server does.</summary>
    public async Task<Account?> ReopenAsync(AccountId? account = null)
    {
        await CloseAsync();
        Open();
        return account is { } id ? Store.OpenAccount(id) : null;
    }

    public async Task CloseAsync()
    {
        if (_isOpen)
        {
            _isOpen = false;
            await Store.DisposeAsync();
        }
    }

    public void Open()
    {
        var (engine, blobs) = _open(Folder);
        Engine = engine;
        Store = MailStore.Open(engine, blobs, _limits, Time, NullLogger.Instance);
        _isOpen = true;
    }

    /// <summary>Makes the store begin a new segment, by what makes it do so: a last one that is shorter than its committed end.</summary>
    public async Task RollAsync()
    {
        await CloseAsync();
        var last = Path.Combine(Folder, "seg", "00000001.seg");
        var bytes = await File.ReadAllBytesAsync(last);
        await File.WriteAllBytesAsync(last, bytes[..^1]);
        Open();
        await File.WriteAllBytesAsync(last, bytes);
    }

    /// <summary>Forgets dead emails, as the housekeeper does.</summary>
    /// <returns>Whether some must stay for now.</returns>
    public async Task<bool> ReapAsync()
    {
        var (reaped, areLeft) = (new Reaped(MayBeMore: true, AreLeft: false, default), false);
        while (reaped.MayBeMore)
        {
            reaped = (await Store.ReapAsync(reaped.Last)).Value;
            areLeft |= reaped.AreLeft;
        }

        return areLeft;
    }

    /// <summary>Runs compaction to its end, as the housekeeper does.</summary>
    public async Task CompactAsync()
    {
        var state = new CompactionState();
        while ((await Store.CompactAsync(state)).Value)
        {
            // One turn is one batch.
        }
    }

    /// <summary>Tidies rows, as the housekeeper does.</summary>
    public Task TidyRowsAsync() => Store.TidyRowsAsync(CancellationToken.None);

    public async Task AssertCleanAsync()
    {
        var report = await Store.CheckAsync(CheckDepth.Deep);
        Assert.True(report.IsClean, string.Join('\n', report.Findings));
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (EndsClean && _isOpen)
            {
                await AssertCleanAsync();
            }

            await CloseAsync();
        }
        finally
        {
            System.IO.Directory.Delete(Folder, recursive: true);
        }
    }
}
