using System.CommandLine;
using Martlet.Network.Tls;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet config tlspubkey add.</summary>
internal static class TlsPubkeyAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Address that it logs in with; mail programs with the key act for its account." };
        var name = new Argument<string?>("NAME") { Description = "What to call it; otherwise the name in the certificate, or a number.", Arity = ArgumentArity.ZeroOrOne };
        var noPreauth = new Option<bool>("--no-imap-preauth")
        {
            Description = "IMAP connections do not begin logged in: for programs that log in whatever the greeting says, as Thunderbird for Android and K-9.",
        };
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Lets a key log in. Its certificate is read from standard input.")
        {
            Details = "One certificate in PEM, or a bare public key. Only the key counts: who signed the certificate, whom it names and how long it is valid do not matter. "
                + "Ed25519, Ed448, ECDSA on P-256, P-384 and P-521, and RSA from 2048 to 8192 bits. A private key is refused: it never has to leave its owner.",
            Examples = ["martlet config tlspubkey add ada@example.org phone < ada-phone.cert.pem", "martlet config tlspubkey add ada@example.org --no-imap-preauth < ada-k9.cert.pem"],
        };
        command.Add(address);
        command.Add(name);
        command.Add(noPreauth);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            if (terminal.IsInputTyped)
            {
                terminal.Hint("The certificate in PEM, then Ctrl-D:\n");
            }

            // Read here already: a private key that was given by mistake does not leave this process.
            if (ClientKeyPem.Read(Terminal.ReadText(ClientKeyPem.CharsMax), out var problem) is not { } pem)
            {
                return AdminLink.Show(AdminReply.Refused(problem), terminal);
            }

            var reply = await AdminLink.RunAsync(target, new AddKey(line.GetRequiredValue(address), pem.Text, !line.GetValue(noPreauth), line.GetValue(name)));
            var code = AdminLink.Show(reply, terminal);
            if (!terminal.IsJson && reply.Keys is [var key])
            {
                terminal.Say($"Fingerprint: {key.Fingerprint}");
            }

            return code;
        });
        return command;
    }
}
