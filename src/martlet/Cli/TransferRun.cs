using Martlet.Server.Admin;
using Martlet.Server.Transfer;

namespace Martlet.Cli;

/// <summary>Runs a transfer with its display.</summary>
internal static class TransferRun
{
    /// <summary>Runs it and says how it ended.</summary>
    /// <param name="display">Shows how it goes.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="run">The transfer.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(TransferDisplay display, Terminal terminal, Func<Action<TransferProgress>, Task<AdminReply>> run)
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

        return AdminLink.Show(reply, terminal);
    }
}
