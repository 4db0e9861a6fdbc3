using System.Globalization;

namespace Martlet.Server.Transfer;

/// <summary>News of a running import or export.</summary>
/// <param name="Done">Messages done so far: durably taken or found to be there; written, for an export.</param>
/// <param name="Problem">What is left out and why; null when this is only a count.</param>
public sealed record TransferProgress(long Done, string? Problem = null)
{
    /// <summary>Messages there are in all; 0 when that is not known.</summary>
    public long Total { get; init; }
}

/// <summary>What an import took.</summary>
/// <param name="Taken">Messages that are in their mailboxes now; in a dry run those that would be.</param>
/// <param name="TakenBytes">Their bytes.</param>
/// <param name="NotTaken">Messages that could be read and are not taken, and files and folders of no use; each was told with its reason.</param>
public sealed record ImportReport(long Taken, long TakenBytes, long NotTaken)
{
    /// <summary>Messages that their mailboxes had already, from an import before this one or otherwise.</summary>
    public long AlreadyThere { get; init; }

    /// <summary>Mailboxes that got messages or were made, with how many they got.</summary>
    public IReadOnlyList<MailboxCount> Mailboxes { get; init; } = [];

    /// <summary>What was not taken and why; the first of them when there are many.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Whether nothing was changed.</summary>
    public bool IsDryRun { get; init; }
}

/// <summary>A mailbox in a report.</summary>
/// <param name="Name">Full name.</param>
/// <param name="Messages">Messages it got, or that were written of it.</param>
/// <param name="IsNew">Whether an import made it.</param>
public sealed record MailboxCount(string Name, long Messages, bool IsNew = false);

/// <summary>What an export wrote.</summary>
/// <param name="Messages">Messages.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="NotExported">Messages that could not be read; each was told with its reason.</param>
public sealed record ExportReport(long Messages, long Bytes, long NotExported)
{
    /// <summary>Mailboxes, with how many messages of each.</summary>
    public IReadOnlyList<MailboxCount> Mailboxes { get; init; } = [];

    /// <summary>What is not in the export and why; the first of them when there are many.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}

/// <summary>Tells whoever asked for a transfer how it goes, and keeps the problems for the report.</summary>
internal sealed class TransferNews(Func<TransferProgress, ValueTask> progress, int problemsMax)
{
    private readonly List<string> _problems = [];

    /// <summary>Problems, the first of them.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Messages, files and folders that are left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Messages there are in all; 0 when that is not known.</summary>
    public long Total { get; set; }

    /// <summary>Messages done.</summary>
    public long Done { get; private set; }

    /// <summary>One more message is done.</summary>
    public ValueTask AdvanceAsync() => progress(new TransferProgress(++Done) { Total = Total });

    /// <summary>Something is left out.</summary>
    public ValueTask LeaveOutAsync(string what, string why)
    {
        LeftOut++;
        return NoteAsync(what, why);
    }

    /// <summary>Something is taken, and not as it was.</summary>
    public ValueTask NoteAsync(string what, string why)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{EntryPath.Show(what)}: {why}");
        if (_problems.Count < problemsMax)
        {
            _problems.Add(text);
        }

        return progress(new TransferProgress(Done, text) { Total = Total });
    }
}
