using Martlet.Store.Model;
using Xunit;

namespace Martlet.Store.Tests.RandomModel;

/// <summary>What a mailbox must hold, kept as simply as one can.</summary>
internal sealed class ModelMailbox(Mailbox mailbox)
{
    public Mailbox Mailbox => mailbox;

    public SortedDictionary<uint, ModelMessage> Messages { get; } = [];

    public uint UidNext { get; set; } = 1;

    public SortedDictionary<string, string> Annotations { get; } = new(StringComparer.Ordinal);

    /// <summary>What was expunged, and at which modseq.</summary>
    public List<(uint Uid, ModSeq ModSeq)> Gone { get; } = [];
}

/// <summary>A message of the model.</summary>
internal sealed record ModelMessage(string Subject, MessageFlags Flags, string Keywords, uint Size);

/// <summary>A session: it knows what it was told, and nothing else.</summary>
internal sealed class ModelView(ModelMailbox mailbox, MailboxView view) : IDisposable
{
    private readonly SortedDictionary<uint, (MessageFlags Flags, KeywordSetId Keywords)> _known = [];

    public ModelMailbox Mailbox => mailbox;

    public void Open()
    {
        var rows = new MessageRow[view.Opened.Uids.Length];
        Assert.Equal(rows.Length, view.Read(view.Opened.Uids.Span, rows));
        foreach (var row in rows)
        {
            _known.Add(row.Uid.Value, (row.Flags, row.Keywords));
        }

        AssertSame(rows.Select(row => row.Uid.Value));
    }

    /// <summary>Takes the delta; every message it names must be one a session could speak of.</summary>
    public void Sync(bool withExpunged)
    {
        var delta = view.Collect(withExpunged);
        foreach (var row in delta.Changed)
        {
            Assert.True(_known.ContainsKey(row.Uid.Value), $"changed UID {row.Uid} is not known");
            _known[row.Uid.Value] = (row.Flags, row.Keywords);
        }

        var last = _known.Keys.LastOrDefault();
        foreach (var row in delta.Added)
        {
            Assert.True(row.Uid.Value > last, $"new UID {row.Uid} is not above {last}");
            last = row.Uid.Value;
            _known.Add(row.Uid.Value, (row.Flags, row.Keywords));
        }

        foreach (var uid in delta.Expunged)
        {
            Assert.True(_known.Remove(uid), $"expunged UID {uid} is not known");
        }

        if (withExpunged)
        {
            AssertSame(_known.Keys);
            return;
        }

        Assert.Empty(delta.Expunged);
        Assert.Empty(mailbox.Messages.Keys.Except(_known.Keys));
        // What is known and gone can still be read, with some row.
        Assert.All(_known.Keys, uid => Assert.True(view.TryGet(new Uid(uid), out var _), $"UID {uid} is known and cannot be read"));
        Assert.All(_known.Keys, uid => Assert.Equal(!mailbox.Messages.ContainsKey(uid), view.IsExpunged(new Uid(uid))));
    }

    public void Dispose() => view.Dispose();

    private void AssertSame(IEnumerable<uint> uids)
    {
        Assert.Equal(mailbox.Messages.Keys, uids);
        var account = mailbox.Mailbox.Account;
        foreach (var (uid, message) in mailbox.Messages)
        {
            var (flags, set) = _known[uid];
            var keywords = string.Join(' ', account.Keywords.Members(set).Select(keyword => account.Keywords.Name(keyword)).Order(StringComparer.Ordinal));
            Assert.Equal((uid, message.Flags, message.Keywords), (uid, flags, keywords));
        }

        Assert.Equal(
            mailbox.Messages.Values.SelectMany(message => message.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal),
            view.KeywordsInUse().Select(account.Keywords.Name).Order(StringComparer.Ordinal));
    }
}
