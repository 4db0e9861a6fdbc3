using System.CommandLine;
using System.Text.Json.Nodes;
using Martlet.Server.Config;

namespace Martlet.Cli.Commands;

/// <summary>martlet config describe.</summary>
internal static class ConfigDescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new MartletCommand("describe", "Shows every option of the configuration file with its unit, default and an example.")
        {
            Examples = ["martlet config describe"],
        };
        command.SetAction(_ => terminal.Print(terminal.IsJson ? Json() : ConfigDocs.Describe()));
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
