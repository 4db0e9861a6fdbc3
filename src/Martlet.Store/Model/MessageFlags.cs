namespace Martlet.Store.Model;

/// <summary>System flags of a message in a mailbox (RFC 9051 §2.3.2). Stored as these numbers: never renumber.</summary>
[Flags]
public enum MessageFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>\Seen: read.</summary>
    Seen = 1,

    /// <summary>\Answered.</summary>
    Answered = 2,

    /// <summary>\Flagged: marked as important by the user.</summary>
    Flagged = 4,

    /// <summary>\Deleted: EXPUNGE will remove it.</summary>
    Deleted = 8,

    /// <summary>\Draft.</summary>
    Draft = 16,

    /// <summary>All of them.</summary>
    All = Seen | Answered | Flagged | Deleted | Draft,
}
