using Martlet.Server.Admin;
using Martlet.Server.Tests.Admin;
using Martlet.Server.Transfer;
using Martlet.Store.Model;
using Xunit;
using static Martlet.Server.Tests.Transfer.ArchiveImportTests;
using static Martlet.Server.Tests.Transfer.TransferStore;

namespace Martlet.Server.Tests.Transfer;

/// <summary>Each limit of a transfer, at it and over it.</summary>
public sealed class TransferLimitTests
{
    [Theory]
    [InlineData(3, AdminStatus.Done)]
    [InlineData(4, AdminStatus.Failed)]
    public async Task Entries(int entries, AdminStatus expected)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { EntriesMax = 3 }, Ada);
        (string, string?)[] files = [.. Enumerable.Range(0, entries).Select(i => ($"cur/{i}", (string?)Message(i)))];
        foreach (var file in new[] { await TarAsync(files), await ZipAsync(files) })
        {
            var reply = await store.ImportAsync(file);
            Assert.Equal(expected, reply.Status);
            Assert.Equal(expected == AdminStatus.Failed, reply.Text.Contains("more than 3 entries (limit entries)", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(0, AdminStatus.Done)]
    [InlineData(1, AdminStatus.Failed)]
    public async Task Bytes_that_are_kept(int over, AdminStatus expected)
    {
        var file = await TarAsync(("cur/1", Message(1)));
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { SpoolBytesMax = file.Length - over }, Ada);
        var reply = await store.ImportAsync(file);
        Assert.Equal(expected, reply.Status);
        Assert.Equal(over, reply.Text.Contains("(limit spool-bytes)", StringComparison.Ordinal) ? 1 : 0);
    }

    [Fact]
    public async Task Bytes_that_are_left_free()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { FreeBytesMin = long.MaxValue }, Ada);
        Assert.Contains("too full to keep it while it is read (limit free-bytes)", (await store.ImportAsync(await TarAsync(("cur/1", Message(1))))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, AdminStatus.Done)]
    [InlineData(1, AdminStatus.Failed)]
    public async Task Bytes_that_an_archive_unpacks_to(int over, AdminStatus expected)
    {
        (string, string?)[] files = [("cur/1", Message(1)), ("box", "From a Thu Aug 22 13:52:59 2002\nSubject: m\n\n" + new string('x', 100_000) + "\n")];
        var tar = await TarAsync(files);
        // The second of the empty blocks at the end of a tar file is not read.
        var content = files.Sum(file => file.Item2!.Length);
        foreach (var (file, bytes) in new[] { (Gzip(tar), tar.Length - 512), (await ZipAsync(files), content) })
        {
            await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { UnpackedBytesMax = bytes - over }, Ada);
            var reply = await store.ImportAsync(file);
            Assert.Equal(expected, reply.Status);
            Assert.Equal(over, reply.Text.Contains("(limit unpacked-bytes)", StringComparison.Ordinal) ? 1 : 0);
        }
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public async Task Folders(int folders, int left)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { FoldersMax = 2 }, Ada);
        var reply = await store.ImportAsync(await TarAsync([.. Enumerable.Range(0, folders).Select(i => ($".f{i}/cur/{i}", (string?)Message(i)))]));
        Assert.Equal((left, folders - left), (reply.Import!.NotTaken, (int)reply.Import.Taken));
        Assert.Equal(left, reply.Import.Problems.Count(problem => problem.EndsWith("there are too many folders (limit folders)", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(40, AdminStatus.Done)]
    [InlineData(41, AdminStatus.Refused)]
    public async Task Depth(int depth, AdminStatus expected)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, Ada);
        var reply = await store.ImportAsync(await TarAsync((string.Concat(Enumerable.Repeat("d/", depth)) + "cur/1", Message(1))));
        Assert.Equal(expected, reply.Status);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task Lists(int length, bool isRead)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { ListBytesMax = 1000 }, Ada);
        var reply = await store.ImportAsync(await TarAsync((".Box/cur/1", Message(1)), ("subscriptions", "Drafts\n".PadRight(length, '\n'))));
        Assert.Equal(isRead, !store.Account().Subscriptions.Contains("Box"));
        Assert.Equal(isRead ? 0 : 1, reply.Import!.NotTaken);
    }

    [Fact]
    public async Task Problems_are_all_counted_and_the_first_listed()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits(), new TransferLimits { ProblemsMax = 3 }, Ada);
        var reply = await store.ImportAsync(await TarAsync([.. Enumerable.Range(0, 5).Select(i => ($"f{i}", (string?)"x"))]));
        Assert.Equal((5L, 3), (reply.Import!.NotTaken, reply.Import.Problems.Count));
    }

    [Theory]
    [InlineData(2000, 1)]
    [InlineData(2001, 0)]
    public async Task A_message(int length, int taken)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits { MessageBytesMax = 2000 }, Ada);
        var text = "Subject: x\r\n\r\n".PadRight(length, 'x');
        foreach (var file in new[] { await TarAsync(("cur/1", text), ("cur/2", Message(2))), await ZipAsync(("cur/1", text), ("cur/2", Message(2))) })
        {
            var reply = await store.ImportAsync(file);
            Assert.Equal(taken + 1, reply.Import!.Taken + reply.Import.AlreadyThere);
            Assert.Equal(taken == 1 ? [] : ["cur/1: larger than 2000 bytes (limit message-bytes)"], reply.Import.Problems);
        }
    }

    [Fact]
    public async Task Keywords_of_a_message()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: true, new StoreLimits { KeywordsPerMessageMax = 2, KeywordBytesMax = 5 }, Ada);
        var reply = await store.ImportAsync(await TarAsync(
            ("cur/1:2,ab", Message(1)), ("cur/2:2,abc", Message(2)), ("cur/3:2,d", Message(3)), ("cur/4:2,z", Message(4)), ("dovecot-keywords", "0 a\n1 b\n2 c\n3 longer\n")));

        Assert.Equal((AdminStatus.Done, 4L), (reply.Status, reply.Import!.Taken));
        Assert.Equal(["a b", "a b", "", ""], (await store.MailAsync()).Select(item => item.Keywords));
        Assert.Equal(3, reply.Import.Problems.Count);
    }
}
