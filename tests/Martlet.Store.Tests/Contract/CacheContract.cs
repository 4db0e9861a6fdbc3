using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Messages loaded into memory and dropped again, while others change them.</summary>
public abstract class CacheContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task Mailboxes_nobody_uses_are_dropped_and_loaded_again()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { CachedRowsMax = 5 });
        await using var _ = test;
        var (inbox, sent) = (TestStore.Inbox(anna), anna.FindMailbox("Sent")!);
        for (var i = 0; i < 4; i++)
        {
            await test.AppendAsync(inbox);
            await test.AppendAsync(sent);
        }

        using (await test.Store.OpenViewAsync(inbox, new ChangeSignal()))
        {
            await test.RowsAsync(sent);
            Assert.True(inbox.Index.IsLoaded);
        }

        await test.RowsAsync(sent);
        Assert.True(sent.Index.IsLoaded);
        using (await test.Store.OpenViewAsync(inbox, new ChangeSignal()))
        {
            await test.RowsAsync(anna.FindMailbox("Junk")!);
        }

        Assert.False(sent.Index.IsLoaded);
        await test.AppendAsync(sent);
        Assert.Equal(5, (await test.RowsAsync(sent)).Count);
        await FlagAsync(test, sent, Uids(5), FlagChange.Add, MessageFlags.Seen);
        Assert.Equal(MessageFlags.Seen, (await test.RowsAsync(sent))[4].Flags);
    }

    [Fact]
    public async Task Loading_and_dropping_race_with_commits_and_lose_nothing()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { CachedRowsMax = 0 });
        await using var _ = test;
        var boxes = new[] { TestStore.Inbox(anna), anna.FindMailbox("Sent")!, anna.FindMailbox("Junk")! };
        var known = boxes.Select(_ => new HashSet<uint>()).ToArray();
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var view = await test.Store.OpenViewAsync(boxes[n], new ChangeSignal());
                var seen = view.Opened.Uids.ToArray().ToHashSet();
                for (var i = 0; i < 3; i++)
                {
                    var delta = view.Collect(withExpunged: i % 2 == 1);
                    Assert.All(delta.Added, row => Assert.True(seen.Add(row.Uid.Value), "told twice"));
                    Assert.All(delta.Expunged, uid => Assert.True(seen.Remove(uid), "expunged without having been there"));
                    await Task.Yield();
                }
            }
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                var added = await test.AppendAsync(boxes[n]);
                known[n].Add(added.Uid.Value);
                if (i % 3 == 0)
                {
                    await FlagAsync(test, boxes[n], [added.Uid], FlagChange.Add, MessageFlags.Seen);
                }

                if (i % 4 == 0)
                {
                    var gone = known[n].First();
                    await ExpungeAsync(test, boxes[n], gone);
                    known[n].Remove(gone);
                }
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(readers);
        for (var n = 0; n < 3; n++)
        {
            Assert.Equal(known[n].Order(), (await test.RowsAsync(boxes[n])).Select(row => row.Uid.Value));
        }
    }

    [Fact]
    public async Task A_load_that_sees_a_commit_before_it_is_published_knows_its_keywords_and_counts_it_once()
    {
        var faults = new Faults();
        await using var test = TestStore.Over(new TEngine(), wrap: (engine, blobs) => (new FaultyEngine(engine, faults), new FaultyBlobs(blobs, faults)));
        var anna = await test.AddAccountAsync("anna");
        var inbox = TestStore.Inbox(anna);
        using var committed = new SemaphoreSlim(0);
        using var loaded = new SemaphoreSlim(0);
        faults.On(FaultPoint.AfterCommit, () =>
        {
            faults.On(FaultPoint.AfterCommit, null);
            committed.Release();
            Assert.True(loaded.Wait(TimeSpan.FromSeconds(10)));
        });
        var adding = Task.Run(() => test.AppendAsync(inbox, MessageFlags.None, "fresh"), TestContext.Current.CancellationToken);
        await committed.WaitAsync(TestContext.Current.CancellationToken);

        using var view = await test.Store.OpenViewAsync(inbox, new ChangeSignal());
        loaded.Release();
        await adding;

        Assert.Equal([1u], view.Opened.Uids.ToArray());
        Assert.True(view.Collect(withExpunged: true).IsEmpty);
        Assert.Equal(["fresh"], view.KeywordsInUse().Select(number => anna.Keywords.Names[number]));
    }
}
