using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>What any engine must do for the store above it. Each part of the contract derives from this, and each engine from each part.</summary>
public abstract class StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private protected static Task<(TestStore Test, Account Anna)> AnnaAsync(StoreLimits? limits = null) => TestStore.WithAnnaAsync(new TEngine(), limits);

    private protected static TestStore Empty(StoreLimits? limits = null) => TestStore.Over(new TEngine(), limits);

    private protected static Uid[] Uids(params uint[] uids) => [.. uids.Select(uid => new Uid(uid))];

    private protected static async Task<FlagsSet> FlagAsync(
        TestStore test, Mailbox mailbox, Uid[] uids, FlagChange change, MessageFlags flags, string[]? keywords = null, ModSeq? unchangedSince = null)
    {
        var set = await test.Store.SetFlagsAsync(mailbox, uids, change, flags, keywords ?? [], unchangedSince);
        Assert.Equal(Refusal.None, set.Refusal);
        return set.Value!;
    }

    private protected static async Task<Expunged> ExpungeAsync(TestStore test, Mailbox mailbox, params uint[] uids)
    {
        var expunged = await test.Store.ExpungeAsync(mailbox, Uids(uids), onlyDeleted: false);
        Assert.Equal(Refusal.None, expunged.Refusal);
        return expunged.Value!;
    }

    private protected static string[] KeywordsOf(Account account, in MessageRow row) =>
        [.. account.Keywords.Members(row.Keywords).Select(keyword => account.Keywords.Names[keyword])];
}
