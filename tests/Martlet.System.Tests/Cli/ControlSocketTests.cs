using System.Runtime.Versioning;
using Martlet.SystemTests.Clients;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.Cli;

/// <summary>Who may talk to a running server: its own user, by the rights of the data folder and of the socket in it, each of which is enough.</summary>
[SupportedOSPlatform("linux")]
public sealed class ControlSocketTests
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = OwnerFolder | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    [Fact]
    public async Task Folder_and_socket_are_for_their_owner_only_even_where_the_folder_was_open()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["data"], Everybody);
        File.SetUnixFileMode(folder["data"], Everybody);
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);

        Assert.Equal((OwnerFolder, OwnerFile), (File.GetUnixFileMode(folder["data"]), File.GetUnixFileMode(folder["data/control"])));
        var (_, owners) = await ForeignProgram.RunAsync("stat", ["-c", "%u", folder["data"], folder["data/control"]]);
        var (_, own) = await ForeignProgram.RunAsync("id", ["-u"]);
        Assert.Equal(own + own, owners);
    }

    [Fact]
    public async Task Another_user_gets_in_neither_through_the_folder_nor_through_the_socket_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists("/usr/bin/setpriv"), "Only root can be another user.");
        using var folder = new TempFolder();
        File.SetUnixFileMode(folder.Path, Everybody);
        await using var server = await LocalProgram.StartAsync("--data", folder["data"]);
        var socket = folder["data/control"];

        // curl says 7 for a connection that is not made. Root gets one, and then no HTTP.
        Assert.NotEqual(7, (await ForeignProgram.RunAsync("curl", ["-sS", "--max-time", "5", "--unix-socket", socket, "http://x/"])).Exit);
        Assert.Equal(7, await AsNobodyAsync(socket));
        File.SetUnixFileMode(folder["data"], Everybody);
        Assert.Equal(7, await AsNobodyAsync(socket));
        // Nor anything else in it.
        Assert.NotEqual(0, (await ForeignProgram.RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "cat", folder["data/decoy.key"]])).Exit);
    }

    [Fact]
    public async Task Root_does_not_leave_files_in_the_folder_of_another_user()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can give a folder away.");
        using var folder = new TempFolder();
        await using (var server = await LocalProgram.StartAsync("--data", folder["data"]))
        {
            Assert.Equal(0, await server.StopAsync("TERM"));
        }

        await ForeignProgram.RunAsync("chown", ["-R", "65534:65534", folder["data"]]);
        var result = await MartletProgram.RunAsync("domain", "list", "--data", folder["data"]);

        Assert.Equal(
            new ProgramResult(3, "", $"martlet domain list: The data folder {folder["data"]} belongs to user 65534, who could not read what root makes in it. "
                + "Run this as that user: sudo -u '#65534' martlet ...\n"),
            result);
    }

    private static async Task<int> AsNobodyAsync(string socket) =>
        (await ForeignProgram.RunAsync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", "curl", "-sS", "--max-time", "5", "--unix-socket", socket, "http://x/"])).Exit;
}
