namespace Martlet.Server.Accounts;

/// <summary>How many failed logins a network or a name may have.</summary>
/// <param name="Failures">Failures at once. They wear off evenly, one each <paramref name="Window"/> divided by this; so it is also the number for any longer time.</param>
/// <param name="Window">Time after which as many are forgotten.</param>
/// <param name="UnderWay">Logins at the same time of which it is not known yet whether they fail: guesses sent in parallel must not all get an answer.</param>
public sealed record ThrottleLimit(int Failures, TimeSpan Window, int UnderWay)
{
    /// <summary>At least 1.</summary>
    public int Failures { get; } = Failures >= 1 ? Failures : throw new ArgumentOutOfRangeException(nameof(Failures), Failures, "At least 1.");

    /// <summary>At least a second.</summary>
    public TimeSpan Window { get; } = Window >= TimeSpan.FromSeconds(1) ? Window : throw new ArgumentOutOfRangeException(nameof(Window), Window, "At least a second.");

    /// <summary>At least 1.</summary>
    public int UnderWay { get; } = UnderWay >= 1 ? UnderWay : throw new ArgumentOutOfRangeException(nameof(UnderWay), UnderWay, "At least 1.");

    /// <summary>Time in which one failure wears off, in ticks.</summary>
    internal long TicksPerFailure => Window.Ticks / Failures;
}
