using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Server.Hosting;

namespace Martlet.Cli.Commands;

/// <summary>martlet import archive.</summary>
internal static class ImportArchiveCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "A zip, tar or tar.gz file; - is standard input." };
        var account = new Argument<string>("ACCOUNT") { Description = "An address of the account." };
        var into = new Option<string?>("--into") { HelpName = "MAILBOX", Description = "Put everything below this mailbox. Without it each folder and file becomes the mailbox of its name." };
        var names = new Option<bool>("--dates-from-names") { Description = "Take dates of a Maildir's messages from the names of the files: for an archive that lost the files' own dates." };
        var options = new ImportOptions();
        var server = new ServerOptions();
        var command = new MartletCommand("archive", "Takes the Maildirs and mbox files of a zip or tar file into an account.")
        {
            Details = "What martlet export wrote, a Maildir that was packed elsewhere, or mbox files such as other programs and services hand out. "
                + "Folders and files become mailboxes, as import maildir does it. The server keeps the archive in its data folder while it reads it. "
                + "A message that its mailbox has already, with the same bytes and date, is not taken again: an import that was stopped is run again to go on. "
                + "What is not taken is named with the reason. The exit code is 0 only when everything was taken or there.",
            Examples = ["martlet import archive mail.zip you@localhost", "tar cz --hard-dereference -C /home/ada Maildir | martlet import archive - ada@example.org --into Old"],
        };
        command.Add(file);
        command.Add(account);
        command.Add(into);
        command.Add(names);
        options.AddTo(command);
        server.AddTo(command);
        command.SetAction(line => RunAsync(
            server.Read(line),
            line.GetRequiredValue(file),
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
        using var file = ImportFile.Open(path, unpacks: false);
        using var signals = new StopSignals();
        await using var channel = await AdminLink.OpenAsync(target, signals.Token);
        var display = new TransferDisplay(terminal, "taken", file.Progress, TimeProvider.System);
        return await TransferRun.RunAsync(display, terminal, news => channel.ImportAsync(request, file.Content, news, signals.Token));
    }
}
