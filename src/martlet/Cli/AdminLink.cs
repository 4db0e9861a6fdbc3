using Martlet.Server.Admin;
using Martlet.Server.Control;
using Martlet.Server.Hosting;

namespace Martlet.Cli;

/// <summary>
/// Finds who carries out a request: the running server when there is one, else this process on the data folder. Either way the result is the same, because both run
/// the same code on the same store.
/// </summary>
internal static class AdminLink
{
    private static readonly TimeSpan BusyPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens the way to the store.</summary>
    /// <exception cref="HostException">There is no server and no data folder.</exception>
    /// <exception cref="DataFolderBusyException">Another process works on the folder and does not answer.</exception>
    public static async Task<IAdminChannel> OpenAsync(ServerTarget target, CancellationToken cancel)
    {
        var folder = target.Config.DataFolder;
        if (!target.MayBeNew && !DataFolder.IsOne(folder))
        {
            throw new HostException($"There is no server's data in {folder}. Start one (martlet localserve), or name it with --data DIR or --config FILE.");
        }

        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await ControlClient.ConnectAsync(DataFolder.ControlPath(folder), cancel) is { } running)
            {
                return running;
            }

            try
            {
                return Composition.OpenAdmin(target.Config);
            }
            catch (DataFolderBusyException) when (TimeProvider.System.GetElapsedTime(started) < BusyPatience)
            {
                // A server that is just starting or stopping, or another short command like this one.
                await Task.Delay(BusyPause, TimeProvider.System, cancel);
            }
        }
    }

    /// <summary>Carries out one request.</summary>
    public static async Task<AdminReply> RunAsync(ServerTarget target, AdminRequest request)
    {
        using var signals = new StopSignals();
        await using var channel = await OpenAsync(target, signals.Token);
        return await channel.RunAsync(request, signals.Token);
    }

    /// <summary>Says how it ended: its sentence, or with --json the whole reply. A reply without a sentence was shown by the command.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="terminal">Where.</param>
    /// <param name="password">A password that was made and is shown this once; null for none.</param>
    /// <returns>The exit code.</returns>
    public static int Show(AdminReply reply, Terminal terminal, string? password = null)
    {
        if (terminal.IsJson && reply is not { Status: AdminStatus.Done, Text: "" })
        {
            terminal.Print(JsonOutput.Reply(reply, reply.Status == AdminStatus.Done ? password : null));
        }
        else if (reply.Text.Length > 0)
        {
            Action<string> say = reply.Status == AdminStatus.Done ? terminal.Say : terminal.Tell;
            say(reply.Text);
            if (reply.Status == AdminStatus.Done && password is not null)
            {
                say($"Password: {password}");
            }
        }

        return ExitCode(reply);
    }

    /// <summary>The exit code that says how it ended.</summary>
    public static int ExitCode(AdminReply reply) => reply.Status switch
    {
        AdminStatus.Done => ExitCodes.Done,
        AdminStatus.Refused => ExitCodes.Refused,
        _ => ExitCodes.Failed,
    };
}
