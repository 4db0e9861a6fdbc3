using System.Diagnostics;
using System.Text;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>A full and a read-only disk under the real binary: temporary errors, nothing lost, and service as soon as the disk is there again.</summary>
public sealed class DiskTests
{
    private static readonly byte[] Half = Encoding.ASCII.GetBytes($"Subject: big\r\n\r\n{string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 7000))}");

    [Fact(Explicit = true)]
    public async Task A_full_disk_is_a_temporary_error_and_nothing_acknowledged_is_lost()
    {
        using var folder = new TempFolder();
        using var disk = SmallDisk.Mount(folder.Path);
        var ballast = Path.Combine(folder.Path, "ballast");
        await File.WriteAllBytesAsync(ballast, new byte[8 * 1024 * 1024]);
        await using var server = await RealServer.StartAsync(folder.Path);
        await using var smtp = await WireClient.SmtpAsync(server);
        await using var imap = await WireClient.ImapAsync(server);
        var taken = 0;
        string reply;
        while ((reply = await smtp.DeliverAsync("a@example.org", RealServer.Address, Half)).StartsWith("250", StringComparison.Ordinal))
        {
            taken++;
        }

        Assert.StartsWith("452 4.3.1", reply, StringComparison.Ordinal);
        Assert.StartsWith("NO [UNAVAILABLE]", await imap.AppendAsync("INBOX", Half), StringComparison.Ordinal);
        Assert.Equal(taken, (await imap.FetchAllAsync("INBOX")).Count);

        File.Delete(ballast);
        Assert.StartsWith("250", await smtp.DeliverAsync("a@example.org", RealServer.Address, Half), StringComparison.Ordinal);
        Assert.StartsWith("OK", await imap.AppendAsync("INBOX", Half), StringComparison.Ordinal);
        Assert.Equal(taken + 2, (await imap.FetchAllAsync("INBOX")).Count);
        await CorpusTests.VerifyAsync(server);
    }

    [Fact(Explicit = true)]
    public async Task A_disk_that_turns_read_only_is_a_temporary_error_and_reading_goes_on()
    {
        using var folder = new TempFolder();
        var image = folder.Path + ".img";
        using var disk = SmallDisk.MountImage(image, folder.Path);
        var data = Path.Combine(folder.Path, "data");
        await using (var server = await RealServer.StartAsync(data))
        {
            await using var smtp = await WireClient.SmtpAsync(server);
            await using var imap = await WireClient.ImapAsync(server);
            Assert.StartsWith("250", await smtp.DeliverAsync("a@example.org", RealServer.Address, Half), StringComparison.Ordinal);

            // What the kernel does when a disk fails under a file system: writing ends, reading goes on.
            disk.Fail();
            Assert.StartsWith("451", await smtp.DeliverAsync("a@example.org", RealServer.Address, Half), StringComparison.Ordinal);
            Assert.StartsWith("NO", await imap.AppendAsync("INBOX", Half), StringComparison.Ordinal);
            Assert.Single(await imap.FetchAllAsync("INBOX"));
            await server.KillAsync();
        }

        disk.MountAgain(image);
        await using var again = await RealServer.StartAsync(data);
        await using var sender = await WireClient.SmtpAsync(again);
        await using var reader = await WireClient.ImapAsync(again);
        Assert.StartsWith("250", await sender.DeliverAsync("a@example.org", RealServer.Address, Half), StringComparison.Ordinal);
        Assert.Equal(2, (await reader.FetchAllAsync("INBOX")).Count);
        await CorpusTests.VerifyAsync(again);
    }

    /// <summary>A file system of its own for a folder: needs root, so the test skips itself elsewhere.</summary>
    private sealed class SmallDisk(string folder) : IDisposable
    {
        public static SmallDisk Mount(string folder)
        {
            if (!Run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder))
            {
                Assert.Skip("Mounting a small disk needs root.");
            }

            return new SmallDisk(folder);
        }

        public static SmallDisk MountImage(string image, string folder)
        {
            using (var file = File.Create(image))
            {
                file.SetLength(48 * 1024 * 1024);
            }

            if (!Run("mkfs.ext4", "-q", "-F", image) || !Run("mount", "-o", "loop", image, folder))
            {
                File.Delete(image);
                Assert.Skip("Mounting a disk image needs root, mkfs.ext4 and a loop device.");
            }

            return new SmallDisk(folder) { Image = image };
        }

        private string? Image { get; init; }

        public void Fail() => Assert.True(Run("mount", "-o", "remount,abort", folder), "cannot make the file system fail");

        public void MountAgain(string image)
        {
            Assert.True(Run("umount", folder), "the disk is still in use");
            Assert.True(Run("mount", "-o", "loop", image, folder), "cannot mount again");
        }

        public void Dispose()
        {
            Run("umount", "-l", folder);
            if (Image is not null)
            {
                File.Delete(Image);
            }
        }

        private static bool Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }
}
