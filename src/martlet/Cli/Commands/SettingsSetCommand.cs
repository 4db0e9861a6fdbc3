using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet settings set.</summary>
internal static class SettingsSetCommand
{
    public static Command Create(Terminal terminal)
    {
        var bytes = new Option<string?>("--quota-bytes") { HelpName = "SIZE", Description = "What an account without a limit of its own may hold, as in 5GB (1 GB is 1,000,000,000 bytes), or none." };
        var messages = new Option<string?>("--quota-messages") { HelpName = "NUMBER", Description = "The same in messages, or none." };
        var postmaster = new Option<string?>("--postmaster") { HelpName = "ADDRESS", Description = "Account or alias that gets what goes to postmaster and abuse of every domain that has neither, or none." };
        var server = new ServerOptions();
        var command = new MartletCommand("set", "Changes what holds for the whole server.")
        {
            Details = "What is not named stays as it is. It holds at once.",
            Examples = ["martlet settings set --quota-bytes 5GB", "martlet settings set --postmaster ada@example.org"],
        };
        command.Add(bytes);
        command.Add(messages);
        command.Add(postmaster);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var request = new ChangeSettings
            {
                QuotaBytes = QuotaText.Size(line.GetValue(bytes), none: 0),
                QuotaMessages = QuotaText.Number(line.GetValue(messages), none: 0),
                Postmaster = line.GetValue(postmaster),
            };
            return request == new ChangeSettings()
                ? throw new UsageException("name what is to change, such as --quota-bytes 5GB.")
                : AdminLink.Show(await AdminLink.RunAsync(target, request), terminal);
        });
        return command;
    }
}
