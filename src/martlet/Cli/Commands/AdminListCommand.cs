using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin list.</summary>
internal static class AdminListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: name, sessions, tokens." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the administrators.") { Examples = ["martlet admin list"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListAdministrators());
            if (reply.Administrators is { } administrators)
            {
                terminal.Print(line.GetValue(json)
                    ? JsonSerializer.Serialize(administrators, ListJson.Readable.IReadOnlyListAdministratorSummary) + "\n"
                    : Text.Table(
                        ["ADMINISTRATOR", "SESSIONS", "TOKENS"],
                        [.. administrators.Select(entry => (string[])[entry.Name, entry.Sessions.ToString(CultureInfo.InvariantCulture), entry.Tokens.ToString(CultureInfo.InvariantCulture)])],
                        1,
                        2));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
