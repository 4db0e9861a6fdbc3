using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet account quota.</summary>
internal static class AccountQuotaCommand
{
    private static readonly (string Unit, long Bytes)[] Units = [("", 1), ("B", 1), ("kB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    public static Command Create(Terminal terminal)
    {
        var address = new Argument<string>("ADDRESS") { Description = "An address of the account." };
        var bytes = new Option<string?>("--bytes") { Description = "Bytes of all messages together, as in 500MB or 5GB (1 GB is 1,000,000,000 bytes), or none.", HelpName = "SIZE" };
        var messages = new Option<string?>("--messages") { Description = "Number of messages, or none.", HelpName = "NUMBER" };
        var server = new ServerOptions();
        var command = new MartletCommand("quota", "Limits what an account may hold.")
        {
            Details = "What is not named stays as it is. Mail over a new limit stays, and no more comes in until there is room. martlet account show tells what is used.",
            Examples = ["martlet account quota ada@example.org --bytes 5GB", "martlet account quota ada@example.org --bytes none --messages 100000"],
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

            var request = new SetQuota(line.GetRequiredValue(address), Size(size), Number(number));
            return AdminLink.Show(await AdminLink.RunAsync(target, request), terminal);
        });
        return command;
    }

    private static long? Size(string? text)
    {
        if (text is null or "none")
        {
            return text is null ? null : 0;
        }

        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        var unit = Array.FindIndex(Units, unit => unit.Unit.Equals(text[digits..], StringComparison.OrdinalIgnoreCase));
        return unit >= 0 && TryNumber(text[..digits], out var count) && count <= long.MaxValue / Units[unit].Bytes
            ? count * Units[unit].Bytes
            : throw new UsageException($"'{text}' is not a size; write it as in 500MB or 5GB, or none.");
    }

    private static long? Number(string? text) => text switch
    {
        null => null,
        "none" => 0,
        _ when TryNumber(text, out var number) => number,
        _ => throw new UsageException($"'{text}' is not a number of messages above 0; for no limit write none."),
    };

    // 0 is how no limit is stored, and not what people mean by it.
    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number) && number > 0;
}
