using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Store.Model;

namespace Martlet.Cli.Commands;

/// <summary>martlet domain set.</summary>
internal static class DomainSetCommand
{
    public static Command Create(Terminal terminal)
    {
        var domain = new Argument<string>("DOMAIN") { Description = "One of our domains." };
        var state = StateOption("draft: not served at all; receive: mail comes in; live: users send too; disabled: mail is put off.");
        var catchAll = new Option<string?>("--catch-all") { HelpName = "ADDRESS", Description = "Account or alias that gets mail for addresses nobody has, or none." };
        var separators = new Option<string?>("--separators")
        {
            HelpName = "CHARACTERS",
            Description = $"What stands between a localpart and its detail: some of {DomainEntry.SeparatorChars}, or none. With + mail for ada+books@ goes to ada@.",
        };
        var isCaseSensitive = new Option<bool?>("--case-sensitive") { HelpName = "on|off", Description = "Whether Ada@ and ada@ are two addresses; changed only while the domain has none.", CustomParser = Switch };
        var description = new Option<string?>("--description") { HelpName = "TEXT", Description = "A note." };
        var server = new ServerOptions();
        var command = new MartletCommand("set", "Changes the rules of a domain.")
        {
            Details = "What is not named stays as it is. It holds for the next command of every connection.",
            Examples = ["martlet domain set example.org --state live", "martlet domain set example.org --catch-all ada@example.org --separators +-"],
        };
        command.Add(domain);
        command.Add(state);
        command.Add(catchAll);
        command.Add(separators);
        command.Add(isCaseSensitive);
        command.Add(description);
        server.AddTo(command);
        command.SetAction(async line =>
        {
            var target = server.Read(line);
            var request = new ChangeDomain(line.GetRequiredValue(domain))
            {
                State = State(line.GetValue(state)),
                CatchAll = line.GetValue(catchAll),
                Separators = line.GetValue(separators),
                IsCaseSensitive = line.GetValue(isCaseSensitive),
                Description = line.GetValue(description),
            };
            return request == new ChangeDomain(request.Domain)
                ? throw new UsageException("name what is to change, such as --state live.")
                : AdminLink.Show(await AdminLink.RunAsync(target, request), terminal);
        });
        return command;
    }

    /// <summary>The option for a domain's state.</summary>
    public static Option<string?> StateOption(string description)
    {
        var option = new Option<string?>("--state") { HelpName = "STATE", Description = description };
        option.CompletionSources.Add("draft", "receive", "live", "disabled");
        return option;
    }

    /// <summary>The state of that name; null for none.</summary>
    /// <exception cref="UsageException">It is no state.</exception>
    public static DomainState? State(string? text) =>
        text is null ? null
        : Enum.TryParse<DomainState>(text, ignoreCase: true, out var state) && char.IsAsciiLetter(text[0]) ? state
        : throw new UsageException($"'{text}' is not a state; there are draft, receive, live and disabled.");

    private static bool? Switch(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        if (text is not ("on" or "off"))
        {
            result.AddError($"'{text}' is neither on nor off.");
        }

        return text == "on";
    }
}
