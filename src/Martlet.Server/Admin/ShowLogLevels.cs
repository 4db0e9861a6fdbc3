using Martlet.Server.Observe;

namespace Martlet.Server.Admin;

/// <summary>The levels of the log as they are now.</summary>
public sealed record ShowLogLevels : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(context.Log is { } log
        ? AdminReply.Done("") with { LogLevels = Of(log.Levels) }
        : AdminReply.Refused("No server is running on this data folder; what a server logs from its start on, --log-level says."));

    /// <summary>A row for each area.</summary>
    internal static IReadOnlyList<LogLevelSummary> Of(LogLevels levels) =>
        [.. LogAreas.All.Select(area => new LogLevelSummary(area.Name, LogEvent.Name(levels.Of(area.Name)), area.About))];
}

/// <summary>Level of an area.</summary>
/// <param name="Area">Its name.</param>
/// <param name="Level">debug, info, warning, error or none.</param>
/// <param name="About">What the area tells.</param>
public sealed record LogLevelSummary(string Area, string Level, string About);
