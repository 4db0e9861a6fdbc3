using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Server.Hosting;

namespace Martlet.Cli.Commands;

/// <summary>martlet import maildir.</summary>
internal static class ImportMaildirCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("FOLDER") { Description = "The Maildir, with the folders in it; or a folder of mbox files." };
        var account = new Argument<string>("ACCOUNT") { Description = "An address of the account." };
        var into = new Option<string?>("--into") { HelpName = "MAILBOX", Description = "Put everything below this mailbox. Without it each folder becomes the mailbox of its name." };
        var names = new Option<bool>("--dates-from-names") { Description = "Take dates from the names of the files: for a copy that lost the files' own dates." };
        var options = new ImportOptions();
        var server = new ServerOptions();
        var command = new MartletCommand("maildir", "Takes a Maildir with its folders into an account.")
        {
            Details = "Folders become mailboxes (Maildir++ as Dovecot and Courier write it, or nested folders); Sent Items, Deleted Messages, Spam and the like become the account's own. "
                + "Flags come from the names of the files, keywords from dovecot-keywords, dates from the files, subscriptions from subscriptions. "
                + "This command reads the folder, not the server; links in it are not followed. "
                + "A message that its mailbox has already, with the same bytes and date, is not taken again: an import that was stopped is run again to go on. "
                + "What is not taken is named with the reason. The exit code is 0 only when everything was taken or there.",
            Examples = ["martlet import maildir ~/Maildir you@localhost", "sudo martlet import maildir /var/vmail/ada ada@example.org --config /etc/martlet/martlet.conf --dry-run"],
        };
        command.Add(folder);
        command.Add(account);
        command.Add(into);
        command.Add(names);
        options.AddTo(command);
        server.AddTo(command);
        command.SetAction(line => RunAsync(
            server.Read(line),
            line.GetRequiredValue(folder),
            new ImportMail(line.GetRequiredValue(account))
            {
                Into = line.GetValue(into),
                DatesFromNames = line.GetValue(names),
                KeepQuotes = options.KeepsQuotes(line),
                IsDryRun = options.IsDryRun(line),
            },
            terminal));
        return command;
    }

    private static async Task<int> RunAsync(ServerTarget target, string path, ImportMail request, Terminal terminal)
    {
        if (!Directory.Exists(path))
        {
            throw new IOException($"There is no folder {path}.");
        }

        using var signals = new StopSignals();
        await using var channel = await AdminLink.OpenAsync(target, signals.Token);
        var display = new TransferDisplay(terminal, "taken", file: null, TimeProvider.System);
        return await TransferRun.RunAsync(display, terminal, news => FolderTransfer.ImportAsync(channel, request, path, news, signals.Token));
    }
}
