using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain rm.</summary>
internal static class DomainRmCommand
{
    public static Command Create(Terminal terminal)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "Domain name." };
        var server = new ServerOptions();
        var command = new MartletCommand("rm", "Ends a domain that has no accounts.") { Examples = ["martlet domain rm old.example.org --config /etc/martlet/martlet.conf"] };
        command.Add(domain);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new RemoveDomain(line.GetRequiredValue(domain))), terminal));
        return command;
    }
}
