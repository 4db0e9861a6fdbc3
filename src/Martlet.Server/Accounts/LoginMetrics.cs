using System.Diagnostics.Metrics;
using Martlet.Server.Observe.Metrics;

namespace Martlet.Server.Accounts;

/// <summary>Metrics of logins.</summary>
public sealed class LoginMetrics(MetricSet set)
{
    private static readonly MetricInfo Attempts = new(
        "martlet.logins", MetricKind.Counter, "{attempt}", "Attempts to log in, by how they ended: the words of the login log.",
        new MetricLabel("protocol", ["imap", "submission", "web"]), new MetricLabel("result", Enum.GetValues<LoginOutcome>().Select(outcome => outcome.Word())),
        new MetricLabel("mechanism", [.. SaslMechanisms.All.Select(mechanism => mechanism.Name), "KEY"]));

    private readonly Counter<long> _attempts = set.Counter(Attempts);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricInfo> All { get; } = [Attempts];

    internal void Count(LoginAttempt attempt) => _attempts.Add(
        1, new KeyValuePair<string, object?>("protocol", attempt.Protocol), new KeyValuePair<string, object?>("result", attempt.Outcome.Word()),
        new KeyValuePair<string, object?>("mechanism", attempt.Mechanism));
}
