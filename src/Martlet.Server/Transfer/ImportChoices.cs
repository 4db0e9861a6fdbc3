namespace Martlet.Server.Transfer;

/// <summary>How mail is imported.</summary>
public sealed record ImportChoices
{
    /// <summary>Mailbox below which everything is put, and into which what has no mailbox name goes; null puts each folder where its name says.</summary>
    public string? Into { get; init; }

    /// <summary>Whether everything is read and counted, and nothing changed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether lines of mbox files that begin with "&gt;From " keep their ">": for files that never had it added.</summary>
    public bool KeepQuotes { get; init; }

    /// <summary>Whether the date of a Maildir's message is that in the file's name: for copies that lost the dates of their files.</summary>
    public bool DatesFromNames { get; init; }

    /// <summary>Whether the archive comes from <see cref="FolderPacker"/>: what is said about a folder's messages stands before them, and its top is the Maildir's.</summary>
    public bool IsOrdered { get; init; }
}
