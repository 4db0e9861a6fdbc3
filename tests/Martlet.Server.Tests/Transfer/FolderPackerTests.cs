using Martlet.Messages.Files;
using Martlet.Server.Transfer;
using Martlet.Testing;
using Xunit;
using static Martlet.Server.Tests.Transfer.TransferStore;

namespace Martlet.Server.Tests.Transfer;

public sealed class FolderPackerTests
{
    [Fact]
    public async Task What_is_said_of_messages_comes_before_them_and_they_come_in_the_order_of_their_times()
    {
        using var folder = new TempFolder();
        foreach (var path in new[]
        {
            "cur/1041379203.c:2,S", "cur/1041379201.a:2,", "cur/no-time", "new/1041379202.b", "tmp/1041379200.x", "dovecot-keywords", "dovecot.index", "subscriptions", "notes.mbox",
            ".Sent/cur/1041379204.d:2,", ".Sent/dovecot-keywords", ".Sent/maildirfolder",
        })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
            await File.WriteAllTextAsync(folder[path], path, Cancel);
        }

        Assert.Equal(
            [
                "dovecot-keywords", "subscriptions", "cur/", "cur/no-time", "cur/1041379201.a:2,", "cur/1041379203.c:2,S", "new/", "new/1041379202.b", "notes.mbox",
                ".Sent/dovecot-keywords", ".Sent/cur/", ".Sent/cur/1041379204.d:2,",
            ],
            await PackAsync(folder.Path, new TransferLimits(), []));
    }

    [Theory]
    [InlineData(3, 0)]
    [InlineData(4, 1)]
    public async Task Names_of_a_folder_have_a_limit(int files, int problems)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["cur"]);
        for (var i = 0; i < files; i++)
        {
            await File.WriteAllTextAsync(Path.Combine(folder["cur"], $"{i}"), "x", Cancel);
        }

        var told = new List<string>();
        Assert.Equal(4, (await PackAsync(folder.Path, new TransferLimits { FolderNamesMax = 3 }, told)).Count);
        Assert.Equal(problems, told.Count);
        Assert.All(told, problem => Assert.Equal("cur: it has more than 3 files; the rest is left out (limit folder-names)", problem));
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(6, 1)]
    public async Task Folders_have_a_depth(int depth, int problems)
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder[string.Concat(Enumerable.Repeat("d/", depth)) + "cur"]);
        var told = new List<string>();
        Assert.Equal(1 - problems, (await PackAsync(folder.Path, new TransferLimits { PathDepthMax = 5 }, told)).Count);
        Assert.Equal(problems, told.Count);
    }

    [Fact]
    public async Task A_packer_that_nobody_reads_ends_when_it_is_disposed()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["cur"]);
        await File.WriteAllBytesAsync(Path.Combine(folder["cur"], "1"), new byte[20 << 20], Cancel);
        await using var packer = FolderPacker.Start(folder.Path, new TransferLimits(), static _ => ValueTask.CompletedTask);
        Assert.Equal(1, await packer.Content.ReadAsync(new byte[1], Cancel));
    }

    private static async Task<List<string>> PackAsync(string path, TransferLimits limits, List<string> problems)
    {
        await using var packer = FolderPacker.Start(path, limits, problem =>
        {
            problems.Add(problem);
            return ValueTask.CompletedTask;
        });
        var tar = new TarReader(packer.Content);
        var all = new List<string>();
        while (await tar.NextAsync(Cancel) is { } entry)
        {
            all.Add(entry.Path);
        }

        return all;
    }
}
