using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account logins.</summary>
internal static class AccountLoginsCommand
{
    private const int LimitDefault = 50;

    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string?>("ADDRESS") { Description = "An address of the account.", Arity = ArgumentArity.ZeroOrOne };
        var unknown = new Option<bool>("--unknown") { Description = "Attempts that named no account, instead of those of an account." };
        var limit = new Option<int>("--limit") { Description = $"Entries to show, from 1 to {ListLogins.LimitMax}; {LimitDefault} when it is not given.", HelpName = "NUMBER", DefaultValueFactory = _ => LimitDefault };
        var json = new Option<bool>("--json")
        {
            Description = "As a JSON array of objects: last, first, count, result, address, mechanism, protocol, tls, remote, client, key.",
        };
        var server = new ServerOptions();
        var command = new MartletCommand("logins", "Shows who logged in, or tried to.")
        {
            Details = "The last 30 days, the newest first, in UTC. Attempts that differ in nothing but their time are one line with their number and the time of the last one.",
            Examples = ["martlet account logins ada@example.org", "martlet account logins ada@example.org --limit 1000 --json", "martlet account logins --unknown"],
        };
        command.Add(address);
        command.Add(unknown);
        command.Add(limit);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var name = line.GetValue(address);
            if (name is null != line.GetValue(unknown))
            {
                throw new UsageException("Name either an account or --unknown.");
            }

            var reply = await AdminLink.RunAsync(server.Read(line), new ListLogins(line.GetValue(limit), name));
            if (reply.Logins is { } logins)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(logins, ListJson.Readable.IReadOnlyListLoginSummary) + "\n" : Table(logins, name is null));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    // Whom they meant matters where it is no account; elsewhere it is the same in every line.
    private static string Table(IReadOnlyList<LoginSummary> logins, bool isUnknown) => Text.Table(
        ["LAST", "RESULT", "COUNT", .. isUnknown ? ["ADDRESS"] : Array.Empty<string>(), "MECHANISM", "PROTOCOL", "TLS", "FROM", "CLIENT", "KEY"],
        [.. logins.Select(login => (string[])
        [
            login.Last.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), login.Result, login.Count.ToString(CultureInfo.InvariantCulture),
            .. isUnknown ? [Shown(login.Address)] : Array.Empty<string>(),
            login.Mechanism, login.Protocol, Shown(login.Tls), login.Remote, Shown(login.Client), Shown(login.Key),
        ])],
        2);

    private static string Shown(string text) => text.Length == 0 ? "-" : text;
}
