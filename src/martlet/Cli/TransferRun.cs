using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Martlet.Server.Admin;
using Martlet.Server.Transfer;

namespace Martlet.Cli;

/// <summary>Runs a transfer with its display.</summary>
internal static class TransferRun
{
    /// <summary>Runs it and says how it ended.</summary>
    /// <param name="display">Shows how it goes.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="isJson">Whether the report is printed as JSON; the sentence then goes to standard error.</param>
    /// <param name="run">The transfer.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(TransferDisplay display, Terminal terminal, bool isJson, Func<Action<TransferProgress>, Task<AdminReply>> run)
    {
        AdminReply reply;
        try
        {
            reply = await run(display.Show);
        }
        finally
        {
            display.Finish();
        }

        if (!isJson || (reply.Import is null && reply.Export is null))
        {
            return AdminLink.Show(reply, terminal);
        }

        terminal.Say(reply.Import is { } import ? Json(import, ListJson.Readable.ImportReport) : Json(reply.Export!, ListJson.Readable.ExportReport));
        if (reply.Status != AdminStatus.Done)
        {
            terminal.Tell(reply.Text);
        }

        return AdminLink.ExitCode(reply);
    }

    private static string Json<T>(T report, JsonTypeInfo<T> type) => JsonSerializer.Serialize(report, type);
}
