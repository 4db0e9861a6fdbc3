using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain add.</summary>
internal static class DomainAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "Domain name, in its own script or as xn-- labels." };
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Makes mail for a domain ours.") { Examples = ["martlet domain add example.org --config /etc/martlet/martlet.conf"] };
        command.Add(domain);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(await AdminLink.RunAsync(server.Read(line), new AddDomain(line.GetRequiredValue(domain))), terminal));
        return command;
    }
}
