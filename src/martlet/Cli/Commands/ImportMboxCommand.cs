using System.CommandLine;
using Martlet.Server.Admin;
using Martlet.Server.Hosting;

namespace Martlet.Cli.Commands;

/// <summary>martlet import mbox.</summary>
internal static class ImportMboxCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("FILE") { Description = "The mbox file; gzip is unpacked; - is standard input." };
        var account = new Argument<string>("ACCOUNT") { Description = "An address of the account." };
        var mailbox = new Argument<string>("MAILBOX") { Description = "Mailbox to put the messages into; made when missing. Levels are separated by /." };
        var options = new ImportOptions();
        var server = new ServerOptions();
        var command = new MartletCommand("mbox", "Takes the messages of an mbox file into a mailbox.")
        {
            Details = "Dates come from the separator lines, flags and keywords from Status, X-Status, X-Keywords and X-Mozilla-Keys. "
                + "A message that the mailbox has already, with the same bytes and date, is not taken again: an import that was stopped is run again to go on. "
                + "Each message that is not taken is named with the reason. The exit code is 0 only when every message was taken or there.",
            Examples = ["martlet import mbox archive-2019.mbox.gz you@localhost Archive/2019", "zstd -dc lists.mbox.zst | martlet import mbox - you@localhost Lists"],
        };
        command.Add(file);
        command.Add(account);
        command.Add(mailbox);
        options.AddTo(command);
        server.AddTo(command);
        command.SetAction(line => RunAsync(
            server.Read(line),
            line.GetRequiredValue(file),
            new ImportMbox(line.GetRequiredValue(account), line.GetRequiredValue(mailbox)) { KeepQuotes = options.KeepsQuotes(line), IsDryRun = options.IsDryRun(line) },
            terminal));
        return command;
    }

    private static async Task<int> RunAsync(ServerTarget target, string path, ImportMbox request, Terminal terminal)
    {
        using var file = ImportFile.Open(path);
        using var signals = new StopSignals();
        await using var channel = await AdminLink.OpenAsync(target, signals.Token);
        var display = new TransferDisplay(terminal, "taken", file.Progress, TimeProvider.System);
        return await TransferRun.RunAsync(display, terminal, news => channel.ImportAsync(request, file.Content, news, signals.Token));
    }
}
