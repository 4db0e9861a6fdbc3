using System.CommandLine;
using System.CommandLine.Help;
using Martlet.Cli.Commands;
using Martlet.Cli.Completion;
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
        if (args is ["completion", "suggest", .. var words])
        {
            return Suggestions.Show(root, words, terminal);
        }

        // martlet help account add
        var line = args is ["help", .. var rest] ? [.. rest, "--help"] : args;
        // Without bundles, since a fingerprint may begin with -h; without arguments from files, since people write @example.org.
        var result = root.Parse(line, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        var name = HelpPage.FullName(result.CommandResult.Command);
        // By the words, not by the result: a wrong command line is told as JSON too.
        terminal.IsJson = line.TakeWhile(word => word != "--").Contains(JsonOutput.OptionName) && result.Action is not HelpPage;
        if (result.Errors.Count > 0 && result.Action is not HelpPage)
        {
            if (terminal.IsJson)
            {
                return JsonOutput.Fail(terminal, "usage", string.Join('\n', result.Errors.Select(error => error.Message)), ExitCodes.Usage);
            }

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
        catch (UsageException e) when (terminal.IsJson)
        {
            return JsonOutput.Fail(terminal, "usage", e.Message, ExitCodes.Usage);
        }
        catch (UsageException e)
        {
            terminal.Tell($"{name}: {e.Message}");
            terminal.Tell($"More: {name} --help");
            return ExitCodes.Usage;
        }
        catch (Exception e) when (e is HostException or DataFolderBusyException or StoreException or IOException or UnauthorizedAccessException)
        {
            return Fail(name, e.Message, terminal);
        }
        catch (OperationCanceledException)
        {
            return Fail(name, "stopped.", terminal);
        }
    }

    /// <summary>The tree.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("Martlet, a mail server: receives, keeps and serves mail for your own domains.")
        {
            QuickstartCommand.Create(terminal),
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
            Group(terminal, "dns", "What to tell DNS about a domain.", DnsRecordsCommand.Create(terminal)),
            Group(
                terminal, "import", "Mail from elsewhere: Maildirs, mbox files, archives of them.", ImportMaildirCommand.Create(terminal), ImportArchiveCommand.Create(terminal),
                ImportMboxCommand.Create(terminal)),
            ExportCommand.Create(terminal),
            TraceCommand.Create(terminal),
            HealthCommand.Create(terminal),
            Group(terminal, "log", "The log of the running server.", LogLevelCommand.Create(terminal)),
            VerifyCommand.Create(terminal),
            SendmailCommand.Create(),
            Group(
                terminal, "config", "The configuration file, all settings as text, and keys that log in.", ConfigExportCommand.Create(terminal), ConfigApplyCommand.Create(terminal), ConfigTestCommand.Create(terminal), ConfigDescribeCommand.Create(terminal),
                Group(
                    terminal, "tlspubkey", "TLS keys that log in without a password.", TlsPubkeyListCommand.Create(terminal), TlsPubkeyGetCommand.Create(terminal),
                    TlsPubkeyAddCommand.Create(terminal), TlsPubkeyRmCommand.Create(terminal), TlsPubkeyGenCommand.Create(terminal))),
            CompletionCommand.Create(terminal),
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
        JsonOutput.AddOption(root);
        root.SetAction(_ => ShowGroup(root, terminal));
        return root;
    }

    private static int Fail(string name, string text, Terminal terminal)
    {
        if (terminal.IsJson)
        {
            return JsonOutput.Fail(terminal, "failed", text, ExitCodes.Failed);
        }

        terminal.Tell($"{name}: {text}");
        return ExitCodes.Failed;
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
