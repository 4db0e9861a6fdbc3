namespace Martlet.Server.Accounts;

/// <summary>Limits of the <see cref="LoginJournal"/>.</summary>
public sealed record LoginJournalLimits
{
    /// <summary>Entries that wait for the disk; attempts that are alike wait as one. More are left out of the history, and counted.</summary>
    public int EntriesMax { get; init; } = 4096;

    /// <summary>Entries at which failed attempts are left out already, so that a flood of them leaves room for those that succeed.</summary>
    public int FailedEntriesMax { get; init; } = 3072;

    /// <summary>Attempts whose client has not said yet what it is; the oldest goes on without when there are more.</summary>
    public int WaitingMax { get; init; } = 1024;

    /// <summary>How long a client may take to say it, and how long entries gather before they are written. An entry is on disk after twice this at the latest.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Different attempts whose number the log lines tell; the one that was not seen for the longest goes.</summary>
    public int CountsMax { get; init; } = 16_384;
}
