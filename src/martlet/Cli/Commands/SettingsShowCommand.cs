using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet settings show.</summary>
internal static class SettingsShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON object: quotaBytes, quotaMessages, postmaster, logLevels. No limit is null." };
        var server = new ServerOptions();
        var command = new MartletCommand("show", "Shows what holds for the whole server and changes while it runs.") { Examples = ["martlet settings show"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ShowSettings());
            if (reply.Settings is { } settings)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(settings, ListJson.Readable.SettingsSummary) + "\n" : Table(settings));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(SettingsSummary settings) => Text.Table(
        ["SETTING", "VALUE", "WHAT IT IS"],
        [
            ["quota-bytes", settings.QuotaBytes is { } bytes ? Text.Size(bytes) : "none", "what an account without a limit of its own may hold"],
            ["quota-messages", settings.QuotaMessages?.ToString(CultureInfo.InvariantCulture) ?? "none", "the same in messages"],
            ["postmaster", settings.Postmaster ?? "none", "gets what goes to postmaster and abuse of domains that have neither"],
        ]);
}
