using System.Diagnostics;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Consistency;

/// <summary>How long a check takes, for whoever plans one. Run by name; the figure depends on the machine.</summary>
public sealed class CheckSpeedTests
{
    [Fact(Explicit = true)]
    public async Task A_hundred_thousand_messages()
    {
        var (test, anna) = await TestStore.WithAnnaAsync(new SqliteUnderTest());
        await using var _ = test;
        using var spool = test.Spool(Mail.Text("hello", 3800));
        for (var i = 0; i < 100; i++)
        {
            var added = await test.Store.AddMessagesAsync([.. Enumerable.Range(0, 1000).Select(_ => new NewMessage { Mailbox = TestStore.Inbox(anna), Content = spool })]);
            Assert.Equal(Refusal.None, added.Refusal);
        }

        foreach (var depth in Enum.GetValues<CheckDepth>())
        {
            var clock = Stopwatch.StartNew();
            var report = await test.Store.CheckAsync(depth);
            TestContext.Current.TestOutputHelper!.WriteLine($"{depth}: {report.Messages} messages, {report.Bytes} bytes in {clock.ElapsedMilliseconds} ms");
        }
    }
}
