using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet admin token list.</summary>
internal static class TokenListCommand
{
    public static Command Create(Terminal terminal)
    {
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: administrator, name, created, expires." };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the tokens of all administrators.") { Examples = ["martlet admin token list"] };
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListTokens());
            if (reply.Tokens is { } tokens)
            {
                terminal.Print(line.GetValue(json)
                    ? JsonSerializer.Serialize(tokens, ListJson.Readable.IReadOnlyListTokenSummary) + "\n"
                    : Text.Table(
                        ["ADMINISTRATOR", "TOKEN", "MADE", "ENDS"],
                        [.. tokens.Select(token => (string[])[token.Administrator, token.Name, Day(token.Created), token.Expires is { } expires ? Day(expires) : "never"])]));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
