using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet log level.</summary>
internal static class LogLevelCommand
{
    public static Command Create(Terminal terminal)
    {
        var changes = new Argument<string[]>("LEVEL|AREA=LEVEL") { Description = "debug, info, warning, error or none, for all areas or for one; AREA=default for that of all.", Arity = ArgumentArity.ZeroOrMore };
        var keep = new Option<bool>("--keep") { Description = "Hold after a restart too: the setting log-levels." };
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: area, level, about." };
        var server = new ServerOptions();
        var command = new MartletCommand("level", "Shows the levels of the running server's log, or changes them.")
        {
            Details = "What is changed holds from the next line on, until the server stops; with --keep for ever.",
            Examples = ["martlet log level", "martlet log level smtp=debug imap=debug", "martlet log level info smtp=default"],
        };
        command.Add(changes);
        command.Add(keep);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var wanted = line.GetValue(changes) ?? [];
            AdminRequest request = wanted.Length == 0 ? new ShowLogLevels() : new SetLogLevels([.. wanted.SelectMany(text => text.Split(','))], line.GetValue(keep));
            var reply = await AdminLink.RunAsync(server.Read(line), request);
            if (reply.LogLevels is { } levels && (wanted.Length == 0 || line.GetValue(json)))
            {
                terminal.Print(line.GetValue(json)
                    ? JsonSerializer.Serialize(levels, ListJson.Readable.IReadOnlyListLogLevelSummary) + "\n"
                    : Text.Table(["AREA", "LEVEL", "WHAT"], [.. levels.Select(level => (string[])[level.Area, level.Level, level.About])]));
            }

            return line.GetValue(json) && reply.Status == AdminStatus.Done ? ExitCodes.Done : AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
