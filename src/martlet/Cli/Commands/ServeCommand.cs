using System.CommandLine;
using Martlet.Server.Hosting;
using Microsoft.Extensions.Logging;

namespace Martlet.Cli.Commands;

/// <summary>martlet serve.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { HelpName = "FILE", Description = "Configuration file; martlet config describe shows what may be in it.", Required = true };
        var levels = new LogLevelOption(LogLevel.Information, "info");
        var format = new LogFormatOption();
        var command = new MartletCommand("serve", "Runs the mail server until Ctrl-C or SIGTERM.")
        {
            Details = "Writes its log to standard error, one event a line. On SIGHUP it looks at the certificate files. Sessions get a goodbye when it stops.",
            HasNoJson = true,
            Examples = ["martlet serve --config /etc/martlet/martlet.conf", "martlet serve --config martlet.conf --log-level warning,smtp=debug"],
        };
        command.Add(config);
        levels.AddTo(command);
        format.AddTo(command);
        command.SetAction(async line =>
        {
            var boot = ConfigFile.Read(line.GetRequiredValue(config));
            var log = Composition.Log(levels.Read(line), format.Read(line, boot.LogFormat));
            MailHost? host = null;
            using var signals = new StopSignals(() => host?.Reload());
            host = await MailHost.StartAsync(boot, Composition.Parts(log, Composition.Services()) with { UsesStoredLogLevels = !levels.IsGiven(line) });
            await using (host)
            {
                await signals.Asked;
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
