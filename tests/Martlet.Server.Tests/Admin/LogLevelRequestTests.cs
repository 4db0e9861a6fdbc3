using Martlet.Server.Admin;
using Martlet.Server.Hosting;
using Martlet.Server.Observe;
using Martlet.Testing;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>Levels of the log: changed in the running server, kept as a setting, brought back at the start.</summary>
public sealed class LogLevelRequestTests : IDisposable
{
    private readonly StringWriter _written = new();

    public void Dispose() => _written.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_log_only_the_setting_can_be_changed(bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning);
        await store.ExpectRefusedAsync(
            new SetLogLevels(["smtp=debug"]), "No server is running on this data folder; give the levels to 'martlet serve' with --log-level, or set them with --keep.");
        await store.ExpectRefusedAsync(new ShowLogLevels(), "No server is running on this data folder; what a server logs from its start on, --log-level says.");
        await store.ExpectRefusedAsync(new SetLogLevels(["smtp=loud"], Keep: true), "'loud' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.");
        await store.ExpectDoneAsync(new SetLogLevels(["smtp=debug"], Keep: true), "Log levels are info,smtp=debug.");
        await store.ExpectDoneAsync(new SetLogLevels(["imap=none"], Keep: true), "Log levels are info,imap=none,smtp=debug.");
    }

    [Fact]
    public async Task A_change_holds_at_once_and_until_the_stop_or_for_ever()
    {
        await using var server = await TestServer.StartAsync();
        var log = new LogOutput(_written, LogLevels.Same(LogLevel.Warning), TimeProvider.System);
        var context = new AdminContext(server.Store, server.Passwords, [], server.Time) { Log = log };

        var reply = await new SetLogLevels(["imap=debug"]).RunAsync(context, CancellationToken.None);
        Assert.Equal((AdminStatus.Done, "Log levels are warning,imap=debug until the server stops."), (reply.Status, reply.Text));
        Assert.Equal("debug", reply.LogLevels!.Single(level => level.Area == "imap").Level);
        Assert.True(log.Area("imap").IsEnabled(LogLevel.Debug));
        Assert.Equal("", server.Store.Directory.Current.Settings.LogLevels);

        await new SetLogLevels(["smtp=none"], Keep: true).RunAsync(context, CancellationToken.None);
        Assert.Equal("warning,imap=debug,smtp=none", server.Store.Directory.Current.Settings.LogLevels);
    }

    [Fact]
    public async Task Settings_come_into_the_log_at_the_start_and_when_they_change()
    {
        await using var server = await TestServer.StartAsync();
        var log = new LogOutput(_written, LogLevels.Same(LogLevel.Warning), TimeProvider.System);
        async Task SetAsync(string levels) => Assert.True((await server.Store.Settings.ChangeSettingsAsync(settings => settings with { LogLevels = levels })).IsDone);

        await SetAsync("info,smtp=debug");
        var keeper = new LogLevelKeeper(log, server.Store.Directory, usesStored: true);
        Assert.Equal("info,smtp=debug", log.Levels.ToString());
        await SetAsync("error");
        keeper.Check();
        Assert.Equal("error", log.Levels.ToString());
        await SetAsync("");
        keeper.Check();
        Assert.Equal("warning", log.Levels.ToString());
    }

    [Fact]
    public async Task The_command_line_goes_first_until_the_setting_changes()
    {
        await using var server = await TestServer.StartAsync();
        var log = new LogOutput(_written, LogLevels.Same(LogLevel.Debug), TimeProvider.System);
        await server.Store.Settings.ChangeSettingsAsync(settings => settings with { LogLevels = "error" });
        var keeper = new LogLevelKeeper(log, server.Store.Directory, usesStored: false);
        keeper.Check();
        Assert.Equal("debug", log.Levels.ToString());
        await server.Store.Settings.ChangeSettingsAsync(settings => settings with { LogLevels = "info" });
        keeper.Check();
        Assert.Equal("info", log.Levels.ToString());
    }
}
