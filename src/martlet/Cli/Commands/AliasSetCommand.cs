using System.CommandLine;
using Martlet.Server.Admin;

namespace Martlet.Cli.Commands;

/// <summary>martlet alias add and martlet alias set.</summary>
internal static class AliasSetCommand
{
    public static Command CreateAdd(Terminal terminal) => Create(terminal, "add", "Makes an alias: mail for it goes to all its members.", mustBeNew: true);

    public static Command CreateSet(Terminal terminal) => Create(terminal, "set", "Gives an alias other members, or makes it.", mustBeNew: false);

    private static MartletCommand Create(Terminal terminal, string name, string description, bool mustBeNew)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Address of the alias, in one of our domains." };
        var members = new Argument<string[]>("MEMBER") { Description = "Addresses of accounts on this server: all members it is to have.", Arity = ArgumentArity.OneOrMore };
        var note = new Option<string?>("--description") { HelpName = "TEXT", Description = "A note." };
        var server = new ServerOptions();
        var command = new MartletCommand(name, description)
        {
            Details = "Members may send as the alias.",
            Examples = [$"martlet alias {name} info@example.org ada@example.org bob@example.org"],
        };
        command.Add(address);
        command.Add(members);
        command.Add(note);
        server.AddTo(command);
        command.SetAction(async line => AdminLink.Show(
            await AdminLink.RunAsync(
                server.Read(line),
                new SetAlias(line.GetRequiredValue(address), line.GetRequiredValue(members)) { Description = line.GetValue(note), MustBeNew = mustBeNew }),
            terminal));
        return command;
    }
}
