using System.CommandLine;
using Martlet.Server.Accounts;
using Martlet.Server.Hosting;
using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;

namespace Martlet.Cli.Commands;

/// <summary>martlet localserve.</summary>
internal static class LocalserveCommand
{
    private const int PortOffset = 1000;
    // The highest standard port is 8443.
    private const int PortOffsetMax = 57_000;

    public static Command Create(Terminal terminal)
    {
        var data = new Option<string?>("--data") { HelpName = "DIR", Description = "Data folder; made when missing. Otherwise martlet/localserve in your data home (~/.local/share)." };
        var ephemeral = new Option<bool>("--ephemeral") { Description = "Keep everything in a temporary folder and remove it at the end." };
        var offset = new Option<int>("--port-offset")
        {
            HelpName = "N",
            Description = $"Add N to the standard ports: 25, 465, 587, 143, 993, 443, 80, 8443, 8090. Otherwise {PortOffset}.",
            DefaultValueFactory = _ => PortOffset,
        };
        var levels = new LogLevelOption(LogLevel.Warning, "warning");
        var format = new LogFormatOption();
        var command = new MartletCommand("localserve", "Runs a complete mail server on this machine, for trying out and for tests, until Ctrl-C.")
        {
            Details = $"One account, {LocalServer.Address} with password {LocalServer.Password}, gets all mail, whatever address it is sent to. It listens on 127.0.0.1 and [::1] only.",
            HasNoJson = true,
            Examples = ["martlet localserve", "martlet localserve --ephemeral --port-offset 20000"],
        };
        command.Add(data);
        command.Add(ephemeral);
        command.Add(offset);
        levels.AddTo(command);
        format.AddTo(command);
        command.SetAction(async line =>
        {
            if (line.GetValue(offset) is < 0 or > PortOffsetMax)
            {
                throw new UsageException($"--port-offset goes from 0 to {PortOffsetMax}.");
            }

            if (line.GetValue(ephemeral) && line.GetValue(data) is not null)
            {
                throw new UsageException("--ephemeral makes its own folder; leave out --data.");
            }

            var isEphemeral = line.GetValue(ephemeral);
            var folder = isEphemeral ? Directory.CreateTempSubdirectory("martlet-").FullName : Path.GetFullPath(line.GetValue(data) ?? ServerOptions.LocalFolder());
            try
            {
                await RunAsync(folder, isEphemeral, line.GetValue(offset), Composition.Log(levels.Read(line), format.Read(line, LogFormat.Logfmt)), terminal);
            }
            finally
            {
                if (isEphemeral)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task RunAsync(string folder, bool isEphemeral, int portOffset, LogOutput log, Terminal terminal)
    {
        var parts = Composition.Parts(log, Composition.LocalServices(LocalServer.Address)) with { LoginLimits = LoginThrottleLimits.Off };
        MailHost? host = null;
        using var signals = new StopSignals(() => host?.Reload());
        try
        {
            host = await MailHost.StartAsync(LocalServer.Config(folder, portOffset), parts, store => LocalServer.PrepareAsync(store, parts));
        }
        catch (HostException e) when (e.InnerException is System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.AddressAlreadyInUse })
        {
            throw new HostException($"{e.Message} Choose other ports with --port-offset N (now {portOffset}), or stop that program.", e);
        }

        await using (host)
        {
            var entry = host.Store.Directory.FindAddress(LocalServer.Address);
            var hasFirstPassword = await parts.Passwords.VerifyAsync(LocalServer.Password, entry?.Access.PasswordHash) == true;
            terminal.Print(LocalServer.Greeting(host, portOffset, folder, isEphemeral, hasFirstPassword));
            await signals.Asked;
        }

        terminal.Say("Stopped.");
    }
}
