using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account show.</summary>
internal static class AccountShowCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var json = new Option<bool>("--json")
        {
            Description = "As a JSON object: address, messages, bytes, hasPassword, hiddenCapabilities, messagesMax, bytesMax, displayName, isDefaultMessagesMax, isDefaultBytesMax, aliases, addresses, keys, disabledText. "
                + "No limit is null, and so is disabledText when logins are not refused.",
        };
        var server = new ServerOptions();
        var command = new MartletCommand("show", "Shows what an account holds and how it is set up.") { Examples = ["martlet account show ada@example.org", "martlet account show ada@example.org --json"] };
        command.Add(address);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ShowAccount(line.GetRequiredValue(address)));
            if (reply.Account is { } account)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(account, ListJson.Readable.AccountDetails) + "\n" : Table(account));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Table(AccountDetails account) =>
        $"{account.Address}{(account.DisplayName.Length > 0 ? $" ({account.DisplayName})" : "")}, {(account.HasPassword ? "with" : "without")} a password, {Keys(account.Keys)}\n{Disabled(account.DisabledText)}\n"
        + Text.Table(
            ["WHAT", "USED", "LIMIT"],
            [
                ["messages", Number(account.Messages), (account.MessagesMax is { } messages ? Number(messages) : "none") + Default(account.IsDefaultMessagesMax)],
                ["size", Text.Size(account.Bytes), (account.BytesMax is { } bytes ? Text.Size(bytes) : "none") + Default(account.IsDefaultBytesMax)],
            ],
            1,
            2)
        + $"\nAddresses: {string.Join(' ', account.Addresses)}\n{(account.Aliases.Count == 0 ? "" : $"Member of: {string.Join(' ', account.Aliases)}\n")}Hidden IMAP capabilities: {(account.HiddenCapabilities.Count == 0 ? "none" : string.Join(' ', account.HiddenCapabilities))}\n";

    private static string Default(bool isDefault) => isDefault ? " (default)" : "";

    private static string Disabled(string? text) => text switch
    {
        null => "",
        "" => "Logins are refused.\n",
        _ => $"Logins are refused: {text}\n",
    };

    private static string Keys(int count) => count switch
    {
        0 => "no keys",
        1 => "1 key",
        _ => $"{Number(count)} keys",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
