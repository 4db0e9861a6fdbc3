using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config tlspubkey get.</summary>
internal static class TlsPubkeyGetCommand
{
    public static Command Create(Terminal terminal)
    {
        var fingerprint = new Argument<string>("FINGERPRINT") { Description = "SHA-256 of the public key as base64url, as list shows it." };
        var json = new Option<bool>("--json")
        {
            Description = "As a JSON object: fingerprint, account, address, name, type, imapPreauth, logsIn, added.",
        };
        var server = new ServerOptions();
        var command = new MartletCommand("get", "Shows a key and whose it is.")
        {
            Details = "The fingerprint is that of the public key (SubjectPublicKeyInfo), not of a certificate: it stays when the certificate around the key is made anew.",
            Examples = ["martlet config tlspubkey get mTnJXNQl5YVLpEK2vLPMHXEXDk5NI3P0hWxcJrJtCLI"],
        };
        command.Add(fingerprint);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new GetKey(line.GetRequiredValue(fingerprint)));
            if (reply.Keys is [var key])
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(key, ListJson.Readable.KeySummary) + "\n" : Page(key));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }

    private static string Page(KeySummary key) => string.Create(CultureInfo.InvariantCulture, $"""
        {key.Fingerprint}
          name     {key.Name}
          type     {key.Type}
          account  {key.Account}
          address  {key.Address}{(key.LogsIn ? "" : " (not the account's any more: the key logs in nobody)")}
          PREAUTH  {(key.ImapPreauth ? "yes" : "no")}
          added    {key.Added.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC

        """);
}
