using System.CommandLine;
using System.CommandLine.Help;
using Martlet.Cli.Commands;
using Martlet.Server.Hosting;
using Martlet.Store.Model;

namespace Martlet.Cli;

/// <summary>All commands, and the one place that runs them and turns what goes wrong into a sentence and an exit code.</summary>
internal static class CommandTree
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var root = Create(terminal);
        // martlet help account add
        var line = args is ["help", .. var rest] ? [.. rest, "--help"] : args;
        // Without bundles, since a fingerprint may begin with -h; without arguments from files, since people write @example.org.
        var result = root.Parse(line, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        var name = HelpPage.FullName(result.CommandResult.Command);
        if (result.Errors.Count > 0 && result.Action is not HelpPage)
        {
            foreach (var error in result.Errors)
            {
                terminal.Tell($"{name}: {error.Message}");
            }

            terminal.Tell(HelpPage.Usage(result.CommandResult.Command));
            terminal.Tell($"More: {name} --help");
            return ExitCodes.Usage;
        }

        try
        {
            // Signals are ours (StopSignals): the library would end the process two seconds after Ctrl-C.
            return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (UsageException e)
        {
            terminal.Tell($"{name}: {e.Message}");
            terminal.Tell($"More: {name} --help");
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is HostException or DataFolderBusyException or StoreException or IOException or UnauthorizedAccessException)
        {
            terminal.Tell($"{name}: {e.Message}");
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Tell($"{name}: stopped.");
            return ExitCodes.Failed;
        }
    }

    /// <summary>The tree.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Martlet, a mail server: receives, keeps and serves mail for your own domains.")
        {
            LocalserveCommand.Create(terminal),
            ServeCommand.Create(),
            Group(
                terminal, "domain", "Domains whose mail is ours.", DomainAddCommand.Create(terminal), DomainListCommand.Create(terminal), DomainSetCommand.Create(terminal),
                DomainRmCommand.Create(terminal)),
            Group(
                terminal, "account", "Accounts: who logs in and has mail.", AccountAddCommand.Create(terminal), AccountListCommand.Create(terminal),
                AccountShowCommand.Create(terminal), AccountNameCommand.Create(terminal), AccountPasswordCommand.Create(terminal), AccountQuotaCommand.Create(terminal),
                AccountCapabilitiesCommand.Create(terminal), AccountLoginsCommand.Create(terminal),
                AccountDisableCommand.Create(terminal), AccountEnableCommand.Create(terminal), AccountRmCommand.Create(terminal)),
            Group(
                terminal, "address", "Addresses: where mail for an account arrives.", AddressAddCommand.Create(terminal), AddressListCommand.Create(terminal),
                AddressRmCommand.Create(terminal)),
            Group(
                terminal, "alias", "Aliases: addresses whose mail goes to several accounts.", AliasSetCommand.CreateAdd(terminal), AliasSetCommand.CreateSet(terminal),
                AliasListCommand.Create(terminal), AliasRmCommand.Create(terminal)),
            LookupCommand.Create(terminal),
            Group(terminal, "settings", "What holds for the whole server.", SettingsShowCommand.Create(terminal), SettingsSetCommand.Create(terminal)),
            Group(
                terminal, "admin", "Administrators: who signs in on the admin page.", AdminAddCommand.CreateAdd(terminal), AdminListCommand.Create(terminal),
                AdminAddCommand.CreatePassword(terminal), AdminRmCommand.Create(terminal),
                Group(
                    terminal, "token", "Tokens for programs that use the HTTP interface.", TokenAddCommand.Create(terminal), TokenListCommand.Create(terminal),
                    TokenRmCommand.Create(terminal))),
            Group(
                terminal, "import", "Mail from elsewhere: Maildirs, mbox files, archives of them.", ImportMaildirCommand.Create(terminal), ImportArchiveCommand.Create(terminal),
                ImportMboxCommand.Create(terminal)),
            ExportCommand.Create(terminal),
            VerifyCommand.Create(terminal),
            SendmailCommand.Create(),
            Group(
                terminal, "config", "The configuration file, all settings as text, and keys that log in.", ConfigExportCommand.Create(terminal), ConfigApplyCommand.Create(terminal), ConfigTestCommand.Create(terminal), ConfigDescribeCommand.Create(terminal),
                Group(
                    terminal, "tlspubkey", "TLS keys that log in without a password.", TlsPubkeyListCommand.Create(terminal), TlsPubkeyGetCommand.Create(terminal),
                    TlsPubkeyAddCommand.Create(terminal), TlsPubkeyRmCommand.Create(terminal), TlsPubkeyGenCommand.Create(terminal))),
            VersionCommand.Create(terminal),
        };
        foreach (var option in root.Options.ToList())
        {
            if (option is HelpOption help)
            {
                help.Action = new HelpPage(terminal);
            }
            else
            {
                root.Options.Remove(option);
            }
        }

        root.Directives.Clear();
        root.SetAction(_ => ShowGroup(root, terminal));
        return root;
    }

    private static Command Group(Terminal terminal, string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Add(command);
        }

        group.SetAction(_ => ShowGroup(group, terminal));
        return group;
    }

    // A group alone does nothing: a script that forgot the command must notice.
    private static int ShowGroup(Command group, Terminal terminal)
    {
        terminal.Hint(HelpPage.Write(group, terminal.Width));
        return ExitCodes.Usage;
    }
}
