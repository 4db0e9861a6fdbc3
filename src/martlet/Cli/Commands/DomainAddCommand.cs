using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Store.Model;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain add.</summary>
internal static class DomainAddCommand
{
    public static Command Create(Terminal terminal)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "Domain name, in its own script or as xn-- labels." };
        var state = DomainSetCommand.StateOption("How far it is served: draft, receive, live or disabled; live unless given.");
        var server = new ServerOptions();
        var command = new MartletCommand("add", "Makes mail for a domain ours.")
        {
            Examples = ["martlet domain add example.org --config /etc/martlet/martlet.conf", "martlet domain add example.org --state receive"],
        };
        command.Add(domain);
        command.Add(state);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(server.Read(line), new AddDomain(line.GetRequiredValue(domain), DomainSetCommand.State(line.GetValue(state)) ?? DomainState.Live)), terminal));
        return command;
    }
}
