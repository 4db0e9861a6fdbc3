using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Store.Model;

namespace Martlet.Cli.Commands;

/// <summary>martlet account quota.</summary>
internal static class AccountQuotaCommand
{
    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var bytes = new Option<string?>("--bytes") { Description = "Bytes of all messages together, as in 500MB or 5GB (1 GB is 1,000,000,000 bytes), none, or default for the server's.", HelpName = "SIZE" };
        var messages = new Option<string?>("--messages") { Description = "Number of messages, none, or default for the server's.", HelpName = "NUMBER" };
        var server = new ServerOptions();
        var command = new MartletCommand("quota", "Limits what an account may hold.")
        {
            Details = "What is not named stays as it is. Mail over a new limit stays, and no more comes in until there is room. Without a limit of its own an account has the server's (martlet settings set --quota-bytes). martlet account show tells what is used.",
            Examples = ["martlet account quota ada@example.org --bytes 5GB", "martlet account quota ada@example.org --bytes none --messages default"],
        };
        command.Add(address);
        command.Add(bytes);
        command.Add(messages);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var (size, number) = (line.GetValue(bytes), line.GetValue(messages));
            if (size is null && number is null)
            {
                throw new UsageException("name a limit with --bytes or --messages.");
            }

            var request = new SetQuota(line.GetRequiredValue(address), QuotaText.Size(size, QuotaLimits.None, otherwise: 0), QuotaText.Number(number, QuotaLimits.None, otherwise: 0));
            return AdminLink.Show(await AdminLink.RunAsync(target, request), terminal);
        });
        return command;
    }
}
