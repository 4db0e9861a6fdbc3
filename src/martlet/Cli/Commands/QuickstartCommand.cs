using System.CommandLine;
using System.Text.Json;
using Martlet.Cli.Setup;
using Martlet.Server.Hosting;

namespace Martlet.Cli.Commands;

/// <summary>martlet quickstart.</summary>
internal static class QuickstartCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Your address in the domain whose mail the server is to take. It becomes the first account." };
        var hostname = new Option<string?>("--hostname") { HelpName = "NAME", Description = "The server's own name. Otherwise mail. and the domain." };
        var folder = new Option<string?>("--folder") { HelpName = "DIR", Description = $"Folder for the configuration file. Otherwise {QuickstartPlan.SystemFolder}; with it, data and unit go there too." };
        var data = new Option<string?>("--data") { HelpName = "DIR", Description = "The data folder. Otherwise /var/lib/martlet, or data in --folder." };
        var user = new Option<string?>("--user") { HelpName = "NAME", Description = "User that the server runs as. Otherwise martlet, or with --folder whoever runs this." };
        var tls = new Option<string[]>("--tls") { HelpName = "FILE", Description = "Certificate with its chain, and key. Otherwise the server makes one itself.", AllowMultipleArgumentsPerToken = true };
        var ip = new Option<string[]>("--address") { HelpName = "IP", Description = "Public address of the server, one or more. Otherwise those this machine has.", AllowMultipleArgumentsPerToken = true };
        var noChecks = new Option<bool>("--no-checks") { Description = "Do not look at ports, and do not ask DNS." };
        var dry = new Option<bool>("--dry-run") { Description = "Show what would be made, with the files, and change nothing." };
        var json = new Option<bool>("--json") { Description = "As a JSON object: status, text, steps (state, what, name, password), warnings, dnsRecords, next." };
        var command = new MartletCommand("quickstart", "Sets up a server of your own: configuration, systemd unit, domain, account; and says which DNS records to add.")
        {
            Details = "What is there stays as it is: after an interruption, run it again, and it goes on. No file is overwritten. Passwords are made and shown once. "
                + "It starts nothing, and changes nothing outside the folders and the unit that it names.",
            Examples = ["martlet quickstart you@example.org", "martlet quickstart you@example.org --hostname mx1.example.net --dry-run", "martlet quickstart you@example.org --folder ~/martlet"],
        };
        command.Add(address);
        foreach (var option in new Option[] { hostname, folder, data, user, tls, ip, noChecks, dry, json })
        {
            command.Add(option);
        }

        command.SetAction(async line =>
        {
            var plan = QuickstartPlan.Make(
                line.GetRequiredValue(address), line.GetValue(hostname), line.GetValue(folder), line.GetValue(data), line.GetValue(user), line.GetValue(tls) ?? [], line.GetValue(ip) ?? []);
            var run = new QuickstartRun(plan, step =>
            {
                if (!terminal.IsJson)
                {
                    terminal.Print(QuickstartText.Step(step));
                }
            });
            if (!terminal.IsJson)
            {
                terminal.Print($"Martlet for {plan.First.Domain}, as {plan.Hostname}:\n\n");
            }

            using var signals = new StopSignals();
            var report = line.GetValue(dry) ? run.Preview() : await run.RunAsync(!line.GetValue(noChecks), signals.Token);
            var isDone = report.Status == "done";
            if (terminal.IsJson)
            {
                terminal.Print(JsonSerializer.Serialize(report, ReplyJson.Readable.QuickstartReport) + "\n");
            }
            else
            {
                terminal.Print(QuickstartText.Rest(plan, report, line.GetValue(dry)));
                Action<string> say = isDone ? terminal.Say : terminal.Tell;
                say(report.Text);
            }

            return isDone ? ExitCodes.Done : ExitCodes.Refused;
        });
        return command;
    }
}
