using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config tlspubkey rm.</summary>
internal static class TlsPubkeyRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var fingerprint = new Argument<string>("FINGERPRINT") { Description = "SHA-256 of the public key as base64url, as list shows it." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Takes a key away: it logs in no more, and sessions that it opened end.")
        {
            Examples = ["martlet config tlspubkey rm mTnJXNQl5YVLpEK2vLPMHXEXDk5NI3P0hWxcJrJtCLI"],
        };
        command.Add(fingerprint);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new RemoveKey(line.GetRequiredValue(fingerprint))), terminal));
        return command;
    }
}
