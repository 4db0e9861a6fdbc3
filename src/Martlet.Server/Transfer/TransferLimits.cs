namespace Martlet.Server.Transfer;

/// <summary>Named limits of import and export. What is over them is told, never a failure.</summary>
public sealed record TransferLimits
{
    /// <summary>Bytes of an archive that is kept in the data folder while it is read, or of one mailbox's mbox file on its way into an archive.</summary>
    public long SpoolBytesMax { get; init; } = 100L << 30;

    /// <summary>Bytes of the disk that such a file leaves free: the mail that arrives meanwhile needs them.</summary>
    public long FreeBytesMin { get; init; } = 1L << 30;

    /// <summary>Bytes that an archive unpacks to, all files together: what a small file can be made to unpack to has no other bound.</summary>
    public long UnpackedBytesMax { get; init; } = 1L << 40;

    /// <summary>Entries of an archive, files and folders.</summary>
    public int EntriesMax { get; init; } = 10_000_000;

    /// <summary>Folders of an archive whose names and keywords are kept in memory.</summary>
    public int FoldersMax { get; init; } = 10_000;

    /// <summary>Levels of a path in an archive.</summary>
    public int PathDepthMax { get; init; } = 40;

    /// <summary>Bytes of the files that list subscriptions and names of mailboxes.</summary>
    public int ListBytesMax { get; init; } = 1 << 20;

    /// <summary>Problems that are listed in a report; all are counted.</summary>
    public int ProblemsMax { get; init; } = 1000;

    /// <summary>Imports at the same time, of all accounts together; of one account it is one.</summary>
    public int ImportsAtOnceMax { get; init; } = 4;

    /// <summary>Names of one folder of a Maildir that is read from the disk: they are sorted in memory, some 80 bytes each.</summary>
    public int FolderNamesMax { get; init; } = 5_000_000;
}
