using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Server.Hosting;
using Martlet.Server.Transfer;

namespace Martlet.Cli.Commands;

/// <summary>martlet export.</summary>
internal static class ExportCommand
{
    private static readonly (string End, ExportPacking Packing)[] Ends =
    [
        (".zip", ExportPacking.Zip),
        (".tar.gz", ExportPacking.TarGz),
        (".tgz", ExportPacking.TarGz),
        (".tar", ExportPacking.Tar),
    ];

    public static Command Create(Terminal terminal)
    {
        var account = new Argument<string>("ACCOUNT") { Description = "An address of the account." };
        var destination = new Argument<string>("DESTINATION")
        {
            Description = "What is written: a file when the name ends in .zip, .tar.gz, .tgz or .tar, otherwise a folder. Nothing may be there yet, or an empty folder. - is a tar file on standard output.",
        };
        var mailboxes = new Option<string[]>("--mailbox") { HelpName = "NAME", Description = "Only this mailbox, without those below it; may be given several times.", AllowMultipleArgumentsPerToken = false };
        var mbox = new Option<bool>("--mbox") { Description = "Write an mbox file for each mailbox instead of a Maildir." };
        var server = new ServerOptions();
        var command = new MartletCommand("export", "Writes the mail of an account as a Maildir or as mbox files.")
        {
            Details = "A Maildir++ as Dovecot reads it: flags in the names of the files, keywords in dovecot-keywords, dates in the files, subscriptions in subscriptions. "
                + "Mbox files are quoted as mboxrd and have flags and keywords in Status, X-Status and X-Keywords. martlet import takes both back as they were. "
                + "Each mailbox is written as it is when its turn comes; the server goes on meanwhile. "
                + "What cannot be written is named with the reason. The exit code is 0 only when everything was written.",
            Examples = ["martlet export you@localhost backup.tar.gz", "martlet export ada@example.org ./Maildir --mailbox INBOX --mailbox Archive/2019", "martlet export you@localhost mail.zip --mbox"],
        };
        command.Add(account);
        command.Add(destination);
        command.Add(mailboxes);
        command.Add(mbox);
        server.AddTo(command);
        command.SetAction(line => RunAsync(
            server.Read(line),
            line.GetRequiredValue(destination),
            new ExportMail(line.GetRequiredValue(account))
            {
                Mailboxes = line.GetValue(mailboxes) is { Length: > 0 } names ? names : null,
                Format = line.GetValue(mbox) ? ExportFormat.Mbox : ExportFormat.Maildir,
            },
            terminal));
        return command;
    }

    private static async Task<int> RunAsync(ServerTarget target, string destination, ExportMail request, Terminal terminal)
    {
        if (destination == "-" && terminal.IsJson)
        {
            throw new UsageException("--json and - both write to standard output; give one of them.");
        }

        using var signals = new StopSignals();
        await using var channel = await AdminLink.OpenAsync(target, signals.Token);
        var display = new TransferDisplay(terminal, "written", file: null, TimeProvider.System);
        if (destination == "-")
        {
            await using var output = Terminal.OpenOutput();
            // The sentence would stand in the file.
            var told = await TransferRun.RunAsync(display, terminal.OnErrorOnly(), news => channel.ExportAsync(request with { Packing = ExportPacking.Tar }, output, news, signals.Token));
            await output.FlushAsync();
            return told;
        }

        var end = Ends.FirstOrDefault(end => destination.EndsWith(end.End, StringComparison.OrdinalIgnoreCase));
        return await TransferRun.RunAsync(display, terminal, news => end.End is null
            ? FolderTransfer.ExportAsync(channel, request, destination, news, signals.Token)
            : FolderTransfer.ExportFileAsync(channel, request with { Packing = end.Packing }, destination, news, signals.Token));
    }
}
