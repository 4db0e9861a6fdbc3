using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config tlspubkey list.</summary>
internal static class TlsPubkeyListCommand
{
    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string?>("ACCOUNT") { Description = "An address of the account; without it, the keys of all.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json")
        {
            Description = "As a JSON array of objects: fingerprint, account, address, name, type, imapPreauth, logsIn, added.",
        };
        var server = new ServerOptions();
        var command = new MartletCommand("list", "Lists the keys that log in.")
        {
            Details = "PREAUTH says whether IMAP connections begin logged in. A key whose address is not its account's any more logs in nobody and is marked as moved.",
            Examples = ["martlet config tlspubkey list", "martlet config tlspubkey list ada@example.org --json"],
        };
        command.Add(account);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListKeys(line.GetValue(account)));
            if (reply.Keys is { } keys)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(keys, ListJson.Readable.IReadOnlyListKeySummary) + "\n" : Table(keys));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(IReadOnlyList<KeySummary> keys) => Text.Table(
        ["ADDRESS", "NAME", "TYPE", "PREAUTH", "ADDED", "FINGERPRINT"],
        [.. keys.Select(key => new[]
        {
            key.LogsIn ? key.Address : key.Address + " (moved)", key.Name, key.Type, key.ImapPreauth ? "yes" : "no",
            key.Added.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), key.Fingerprint,
        })]);
}
