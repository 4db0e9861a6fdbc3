using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.FaultInjection;

/// <summary>Keys and commits that fail.</summary>
public sealed class KeyFaultTests
{
    [Fact]
    public async Task A_key_that_the_disk_has_lost_wakes_the_sessions_that_it_opened()
    {
        var faults = new Support.Faults();
        await using var test = TestStore.Over(new SqliteUnderTest(), wrap: (engine, blobs) => (new FaultyEngine(engine, faults), new FaultyBlobs(blobs, faults)));
        var anna = await test.AddAccountAsync("anna");
        await test.AddAccountAsync("bob");
        var key = new LoginKey("f1", anna.Id, anna.Row.Name, "phone", "ed25519", MayPreauth: true, Added: 0);
        Assert.True((await test.Store.AddKeyAsync(key)).IsDone);
        var signal = new ChangeSignal();
        using var subscription = anna.Subscribe(signal);
        signal.Reset();
        faults.Fail(FaultPoint.AfterCommit);
        await Assert.ThrowsAsync<StoreException>(() => test.Store.RemoveKeyAsync("f1"));
        var bob = test.Store.OpenAccount(new AccountId(2))!;
        await test.AppendAsync(TestStore.Inbox(bob));
        Assert.Null(test.Store.Directory.FindKey("f1"));
        Assert.True(anna.IsRemoved || signal.IsSet, "An idle session of the key goes on.");
    }
}
