using System.CommandLine;
using System.Text.Json;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet dns records.</summary>
internal static class DnsRecordsCommand
{
    public static Command Create(Terminal terminal)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "One of our domains." };
        var address = new Option<string[]>("--address") { HelpName = "IP", Description = "Public address of the server, one or more. Otherwise those this machine has.", AllowMultipleArgumentsPerToken = true };
        var json = new Option<bool>("--json") { Description = "As a JSON array of objects: name, type, value, need (needed, programs, later), why, atProvider. A value that only you know is null." };
        var server = new ServerOptions();
        var command = new MartletCommand("records", "Shows the DNS records that a domain needs, with the reason for each.")
        {
            Details = "As lines of a zone file; what is a comment is not to be added as it is: what only you know, what is set elsewhere, and what comes later. Nothing is changed, "
                + "and DNS is not asked.",
            Examples = ["martlet dns records example.org --config /etc/martlet/martlet.conf", "martlet dns records example.org --address 192.0.2.1 2001:db8::1 --json"],
        };
        command.Add(domain);
        command.Add(address);
        command.Add(json);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var reply = await AdminLink.RunAsync(server.Read(line), new ListDnsRecords(line.GetRequiredValue(domain), line.GetValue(address) ?? []));
            if (reply.DnsRecords is { } records)
            {
                terminal.Print(line.GetValue(json) ? JsonSerializer.Serialize(records, ListJson.Readable.IReadOnlyListDnsRecord) + "\n" : DnsText.Write(records, Math.Min(terminal.Width, 78)));
            }

            return AdminLink.Show(reply, terminal);
        });
        return command;
    }
}
