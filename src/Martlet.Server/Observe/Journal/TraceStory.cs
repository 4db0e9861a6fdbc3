namespace Martlet.Server.Observe.Journal;

/// <summary>The journey of one message, or of an attempt to send one.</summary>
/// <param name="MessageId">Message-ID without brackets; empty when it is not known.</param>
/// <param name="Outcome">delivered, refused, added.</param>
/// <param name="Begin">When it came.</param>
/// <param name="Steps">What happened, in order.</param>
public sealed record TraceStory(string MessageId, string Outcome, DateTimeOffset Begin, IReadOnlyList<TraceStep> Steps)
{
    /// <summary>Steps that are not shown because there were too many.</summary>
    public int MoreSteps { get; init; }
}

/// <summary>A step.</summary>
/// <param name="Time">When.</param>
/// <param name="What">A word: connected, sender, recipient, refused, gave-up, delivered, added, copied, moved, expunged, mailbox-deleted, mailbox-renamed, account-removed.</param>
/// <param name="Text">A sentence. Texts from outside are in it, without anything that could disturb a terminal.</param>
public sealed record TraceStep(DateTimeOffset Time, string What, string Text);

/// <summary>What to look for.</summary>
public sealed record TraceQuery
{
    /// <summary>A Message-ID, with or without brackets, or an address: of a sender, a recipient, a login. Null for everything.</summary>
    public string? Text { get; init; }

    /// <summary>Account that the address belongs to; its mail is found under any of its addresses.</summary>
    public int? Account { get; init; }

    /// <summary>Nothing but what this account may know: its own mail, and nobody else's part of it. Null for an administrator.</summary>
    public int? OnlyOf { get; init; }

    /// <summary>Not before.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Not after; later steps of a journey are shown.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Journeys at most: the newest.</summary>
    public int Limit { get; init; } = 20;
}

/// <summary>What was found.</summary>
/// <param name="Stories">Journeys, the newest last.</param>
/// <param name="IsCut">Whether there were more.</param>
/// <param name="Missing">Records that the journal lacks, in all its time: a journey may have holes.</param>
public sealed record TraceResult(IReadOnlyList<TraceStory> Stories, bool IsCut, long Missing);
