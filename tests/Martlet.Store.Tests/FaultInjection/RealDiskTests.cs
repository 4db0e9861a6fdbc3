using System.Diagnostics;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Martlet.Store.Tests.FaultInjection;

/// <summary>A disk that is really full and a folder that really cannot be written.</summary>
public sealed class RealDiskTests
{
    [Fact]
    public async Task A_full_disk_refuses_mail_and_takes_it_again_when_there_is_room()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"martlet-full-{Guid.NewGuid():n}");
        System.IO.Directory.CreateDirectory(folder);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder), "A small file system can be mounted by root only.");
        try
        {
            var ballast = Path.Combine(folder, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[1_000_000], TestContext.Current.CancellationToken);
            await using (var test = TestStore.At(new SqliteUnderTest(), Path.Combine(folder, "store"), new StoreLimits { SegmentMessageBytesMax = 100_000 }))
            {
                var anna = await test.AddAccountAsync("anna");
                var added = new List<EmailId>();
                var texts = new[] { Mail.OfBytes(30_000), Mail.OfBytes(150_000) };
                for (var round = 0; round < 3; round++)
                {
                    var failures = 0;
                    for (var i = 0; failures < 4; i++)
                    {
                        try
                        {
                            added.Add((await test.AppendTextAsync(TestStore.Inbox(anna), texts[i % 2])).Email);
                        }
                        catch (StoreException e)
                        {
                            Assert.Equal(StoreFailure.DiskFull, e.Failure);
                            failures++;
                        }
                    }

                    Assert.All(added, email => Assert.NotEmpty(test.ReadAll(anna, email)));
                    Assert.Equal(added.Count, TestStore.Inbox(anna).Info.Messages);
                    File.Delete(ballast);
                    added.Add((await test.AppendTextAsync(TestStore.Inbox(anna), texts[0])).Email);
                    await test.AssertCleanAsync();
                    // Nothing else is removed: what the failed ones left must be gone by itself.
                    var last = new Uid(TestStore.Inbox(anna).Info.UidNext.Value - 1);
                    Assert.True((await test.Store.ExpungeAsync(TestStore.Inbox(anna), [last], onlyDeleted: false)).IsDone);
                    added.RemoveAt(added.Count - 1);
                    await File.WriteAllBytesAsync(ballast, new byte[600_000 - (200_000 * round)], TestContext.Current.CancellationToken);
                }

                File.Delete(ballast);
                anna = (await test.ReopenAsync(anna.Id))!;
                Assert.Equal(added, (await test.RowsAsync(TestStore.Inbox(anna))).Select(row => row.Email));
            }
        }
        finally
        {
            Run("umount", folder);
            System.IO.Directory.Delete(folder);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses /proc, where nobody can make a folder.");
        var fault = Assert.Throws<StoreException>(() => SqliteStore.Open("/proc/martlet", new StoreLimits(), new ManualTime(), NullLogger.Instance));
        Assert.Contains("/proc/martlet", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_on_a_read_only_disk_is_not_opened_and_not_harmed()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"martlet-ro-{Guid.NewGuid():n}");
        System.IO.Directory.CreateDirectory(folder);
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder), "A file system can be mounted by root only.");
        try
        {
            await using var test = TestStore.At(new SqliteUnderTest(), Path.Combine(folder, "store"), new StoreLimits());
            var anna = await test.AddAccountAsync("anna");
            await test.AppendAsync(TestStore.Inbox(anna));
            await test.CloseAsync();
            Assert.True(Run("mount", "-o", "remount,ro", folder));
            Assert.Throws<StoreException>(() => SqliteStore.Open(test.Folder, new StoreLimits(), test.Time, NullLogger.Instance));
            Assert.True(Run("mount", "-o", "remount,rw", folder));
            test.Open();
            Assert.Single(await test.RowsAsync(TestStore.Inbox(test.Store.OpenAccount(anna.Id)!)));
        }
        finally
        {
            Run("umount", folder);
            System.IO.Directory.Delete(folder);
        }
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
