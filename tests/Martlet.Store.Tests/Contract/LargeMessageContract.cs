using System.Text;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Reading;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Messages around the size from which they get a file of their own.</summary>
public abstract class LargeMessageContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private const int Limit = 1024 * 1024;

    [Theory]
    [InlineData(Limit - 1, false)]
    [InlineData(Limit, false)]
    [InlineData(Limit + 1, true)]
    [InlineData((3 * Limit) + 17, true)]
    public async Task A_message_reads_back_whole_and_in_parts(int bytes, bool isLarge)
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var text = Mail.OfBytes(bytes);
        using var spool = test.Store.NewSpool();
        var whole = Encoding.ASCII.GetBytes(text);
        for (var at = 0; at < whole.Length; at += 70_001)
        {
            spool.Write(whole.AsSpan(at, Math.Min(70_001, whole.Length - at)));
        }

        spool.Complete();
        Assert.Equal((bytes, isLarge), (spool.Length, spool.IsLarge));
        var added = (await test.Store.AddMessagesAsync([new NewMessage { Mailbox = TestStore.Inbox(anna), Content = spool }])).Value![0];
        spool.Dispose();

        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal((uint)bytes, Assert.Single(await test.RowsAsync(TestStore.Inbox(anna))).Size);
        Assert.True(whole.AsSpan().SequenceEqual(test.ReadAll(anna, added.Email)));
        using var batch = new EmailBatch();
        test.Store.ReadEmails(batch, anna, [added.Email]);
        Assert.True(batch.TryGet(added.Email, out var blob, out var meta));
        Assert.False(meta.IsEmpty);
        var part = new byte[1000];
        Assert.Equal(1000, test.Store.ReadBytes(anna, added.Email, ref blob, 555_555, part));
        Assert.True(whole.AsSpan(555_555, 1000).SequenceEqual(part));
        Assert.Equal(7, test.Store.ReadBytes(anna, added.Email, ref blob, bytes - 7, part));
        Assert.Equal(0, test.Store.ReadBytes(anna, added.Email, ref blob, bytes, part));
    }

    [Fact]
    public async Task One_spool_goes_to_several_mailboxes_with_a_prefix_each()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        foreach (var bytes in (int[])[5000, Limit + 5])
        {
            var text = Mail.OfBytes(bytes);
            AddedMessage[] added;
            using (var spool = test.Spool(text))
            {
                added =
                [
                    .. (await test.Store.AddMessagesAsync(
                    [
                        new NewMessage { Mailbox = TestStore.Inbox(anna), Content = spool, Prefix = "Delivered-To: anna\r\n"u8.ToArray() },
                        new NewMessage { Mailbox = TestStore.Inbox(bob), Content = spool, Prefix = "Delivered-To: bob\r\n"u8.ToArray() },
                        new NewMessage { Mailbox = bob.FindMailbox("Archive")!, Content = spool },
                    ])).Value!,
                ];
            }

            Assert.Equal("Delivered-To: anna\r\n" + text, test.ReadText(anna, added[0].Email));
            Assert.Equal("Delivered-To: bob\r\n" + text, test.ReadText(bob, added[1].Email));
            Assert.Equal(text, test.ReadText(bob, added[2].Email));
        }
    }

    [Fact]
    public async Task A_refused_or_abandoned_large_message_leaves_no_file()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 1000, 0)).IsDone);
        var abandoned = test.Spool(Mail.OfBytes(Limit + 1));
        abandoned.Dispose();
        Assert.Equal(Refusal.OverQuota, (await test.TryAppendAsync(TestStore.Inbox(anna), Mail.OfBytes(Limit + 1))).Refusal);
        await test.AssertCleanAsync();
        Assert.DoesNotContain(System.IO.Directory.EnumerateFiles(test.Folder, "*", SearchOption.AllDirectories), path => path.EndsWith(".tmp", StringComparison.Ordinal));
    }
}
