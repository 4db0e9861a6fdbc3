using Martlet.Server.Observe;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Admin;

/// <summary>Changes levels of the log while the server runs.</summary>
/// <param name="Changes">Each a level for all areas (<c>info</c>), of one (<c>smtp=debug</c>), or <c>smtp=default</c> for that of all.</param>
/// <param name="Keep">Whether they hold after a restart too, as the setting log-levels.</param>
public sealed record SetLogLevels(IReadOnlyList<string> Changes, bool Keep = false) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (context.Log is null && !Keep)
        {
            return AdminReply.Refused("No server is running on this data folder; give the levels to 'martlet serve' with --log-level, or set them with --keep.");
        }

        var before = context.Log?.Levels ?? LogLevels.Parse(context.Store.Directory.Current.Settings.LogLevels, LogLevel.Information, out _) ?? LogLevels.Same(LogLevel.Information);
        if (before.With(Changes, out var problem) is not { } levels)
        {
            return AdminReply.Refused(problem);
        }

        if (Keep && await context.Store.Settings.ChangeSettingsAsync(settings => settings with { LogLevels = levels.ToString() }) is { IsDone: false } refused)
        {
            return AdminRunner.Refused(refused.Refusal, "log-levels");
        }

        if (context.Log is { } log)
        {
            log.Levels = levels;
        }

        return AdminReply.Done($"Log levels are {levels}{(Keep ? "" : " until the server stops")}.") with { LogLevels = ShowLogLevels.Of(levels) };
    }
}
