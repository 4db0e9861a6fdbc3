using Martlet.Server.Observe.Journal;
using Martlet.Server.Observe.Metrics;

namespace Martlet.Server.Observe;

/// <summary>Where the parts of a server tell what they do: metrics, and the journal of mail.</summary>
/// <param name="Metrics">Instruments.</param>
/// <param name="Journal">Journal; null where none is kept.</param>
public sealed record Observation(MetricSet Metrics, MailJournal? Journal)
{
    /// <summary>Nobody looks.</summary>
    public static Observation None { get; } = new(new MetricSet(), Journal: null);
}
