using System.CommandLine;
using System.Text.Json.Nodes;
using Martlet.Server.Config;
using Martlet.Server.Settings;

namespace Martlet.Cli.Commands;

/// <summary>martlet config describe.</summary>
internal static class ConfigDescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new MartletCommand("describe", "Shows every option of the configuration file with its unit, default and an example.")
        {
            Examples = ["martlet config describe", "martlet config describe --settings"],
        };
        var settings = new Option<bool>("--settings") { Description = "Show the text of martlet config export instead: what changes while the server runs." };
        command.Add(settings);
        command.SetAction(line => terminal.Print(line.GetValue(settings) ? SettingsDocs.Describe() : terminal.IsJson ? Json() : ConfigDocs.Describe()));
        return command;
    }

    private static string Json() => JsonOutput.Text(new JsonArray([.. ConfigDocs.All().Select(option => new JsonObject
    {
        ["name"] = option.Name,
        ["form"] = option.Form,
        ["about"] = option.About,
        ["unit"] = option.Unit,
        ["default"] = option.Default,
        ["example"] = option.Example,
        ["isRepeatable"] = option.IsRepeatable,
    })]));
}
