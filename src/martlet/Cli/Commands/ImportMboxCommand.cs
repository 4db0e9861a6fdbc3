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
        var keepQuotes = new Option<bool>("--keep-quotes") { Description = "Leave \">From \" lines as they are: for files whose writer did not add the \">\"." };
        var server = new ServerOptions();
        var command = new MartletCommand("mbox", "Takes the messages of an mbox file into a mailbox.")
        {
            Details = "Dates come from the separator lines, flags and keywords from Status, X-Status, X-Keywords and X-Mozilla-Keys. "
                + "Each message that is not taken is named with the reason. The exit code is 0 only when every message was taken.",
            Examples = ["martlet import mbox archive-2019.mbox.gz you@localhost Archive/2019", "zstd -dc lists.mbox.zst | martlet import mbox - you@localhost Lists"],
        };
        command.Add(file);
        command.Add(account);
        command.Add(mailbox);
        command.Add(keepQuotes);
        server.AddTo(command);
        command.SetAction(line => RunAsync(
            server.Read(line),
            line.GetRequiredValue(file),
            new ImportMbox(line.GetRequiredValue(account), line.GetRequiredValue(mailbox)) { KeepQuotes = line.GetValue(keepQuotes) },
            terminal));
        return command;
    }

    private static async Task<int> RunAsync(ServerTarget target, string path, ImportMbox request, Terminal terminal)
    {
        using var file = ImportFile.Open(path);
        using var signals = new StopSignals();
        await using var channel = await AdminLink.OpenAsync(target, signals.Token);
        var display = new ImportDisplay(terminal, file.Progress, TimeProvider.System);
        AdminReply reply;
        try
        {
            reply = await channel.ImportAsync(request, file.Content, display.Show, signals.Token);
        }
        finally
        {
            display.Finish();
        }

        return AdminLink.Show(reply, terminal);
    }
}
