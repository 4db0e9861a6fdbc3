namespace Martlet.Messages.Files;

/// <summary>System flags of a message as mail files on a disk keep them. The numbers are those of the store's flags.</summary>
[Flags]
public enum FileFlags
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>Read.</summary>
    Seen = 1,

    /// <summary>Answered.</summary>
    Answered = 2,

    /// <summary>Marked as important.</summary>
    Flagged = 4,

    /// <summary>To be removed.</summary>
    Deleted = 8,

    /// <summary>A draft.</summary>
    Draft = 16,
}
