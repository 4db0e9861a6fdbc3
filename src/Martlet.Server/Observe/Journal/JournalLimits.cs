namespace Martlet.Server.Observe.Journal;

/// <summary>What the journal of mail may take: of the disk, of memory, of a peer's text.</summary>
public sealed record JournalLimits
{
    /// <summary>Bytes on disk of what was taken in, moved and removed; the oldest goes.</summary>
    public long MailBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>Bytes on disk of what was refused: apart, so that a flood of refused mail cannot push out the records of real mail.</summary>
    public long RefusedBytesMax { get; init; } = 64L * 1024 * 1024;

    /// <summary>Limits for so many bytes on disk in all: four fifths for mail.</summary>
    public static JournalLimits Of(long bytes) => new() { MailBytesMax = bytes / 5 * 4, RefusedBytesMax = bytes / 5 };

    /// <summary>Files that each of the two consists of: the oldest goes whole.</summary>
    public int FilesMax { get; init; } = 8;

    /// <summary>How long records are kept at most.</summary>
    public TimeSpan AgeMax { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Nothing is written while the disk has less free space than this: the last of it is for mail.</summary>
    public long DiskFreeBytesMin { get; init; } = 256L * 1024 * 1024;

    /// <summary>Records that wait to be written; more are counted and left out.</summary>
    public int QueueRecordsMax { get; init; } = 20_000;

    /// <summary>UIDs in the records that wait; more are counted and left out.</summary>
    public long QueueUidsMax { get; init; } = 4_000_000;

    /// <summary>Runs of UIDs in one record; a change of more becomes several.</summary>
    public int RunsPerRecordMax { get; init; } = 1000;

    /// <summary>Recipients named in one record, of those taken and of those refused; more are counted.</summary>
    public const int RecipientsMax = 100;

    /// <summary>Characters of a text from outside: name, address, Message-ID, reply. What is longer is cut off.</summary>
    public const int TextCharsMax = 500;

    /// <summary>Bytes of a line; a longer one is not written, and read over when it is there.</summary>
    public const int LineBytesMax = 1024 * 1024;
}
