using Martlet.Server.Transfer;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Takes the mail of a file: a zip, tar or tar.gz of Maildirs and mbox files, or one mbox file, packed with gzip or not; which it is is seen by its first bytes.
/// Folders become mailboxes; order, dates, flags, keywords and subscriptions are kept. What a mailbox has already is not taken again, so that the same import can
/// be run until all is there.
/// </summary>
/// <param name="Address">Address of the account.</param>
public sealed record ImportMail(string Address) : ImportRequest
{
    // Where the messages of a single mbox file go when nobody says.
    private const string DefaultMailbox = "Imported";
    private const string Nothing = "There is no mail in it: neither a Maildir (folders with cur and new in them) nor an mbox file.";

    /// <summary>Mailbox below which everything is put; null puts each folder where its name says, and a single mbox file into Imported.</summary>
    public string? Into { get; init; }

    /// <summary>Whether everything is read and counted, and nothing changed.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether lines of mbox files that begin with "&gt;From " keep their ">".</summary>
    public bool KeepQuotes { get; init; }

    /// <summary>Whether a message of a Maildir has the date of its file's name.</summary>
    public bool DatesFromNames { get; init; }

    /// <summary>Whether it is a tar file from <see cref="FolderPacker"/>, which is read as it comes.</summary>
    public bool IsOrdered { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (TransferRequests.Open(Address, context, out var account) is { } problem)
        {
            return problem;
        }

        var into = "";
        if (Into is not null && !MailboxPath.TryNormalize(Into, context.Store.Limits, out into))
        {
            return AdminRunner.Refused(Refusal.BadName, Into);
        }

        if (context.TransferFolder is not { } folder)
        {
            return AdminReply.Failed("There is no folder in which an archive could be kept while it is read.");
        }

        var choices = new ImportChoices { Into = Into is null ? null : into, IsDryRun = IsDryRun, KeepQuotes = KeepQuotes, DatesFromNames = DatesFromNames, IsOrdered = IsOrdered };
        return await TransferRequests.ImportAsync(context, account, choices, (run, input) => ReadAsync(context, account, run, input, folder, choices, cancel));
    }

    private static async Task<ImportEnd> ReadAsync(
        AdminContext context, Store.Account account, ImportRun run, Stream input, string folder, ImportChoices choices, CancellationToken cancel)
    {
        var limits = context.TransferLimits;
        await using var source = await MailSource.OpenAsync(input, choices.IsOrdered, folder, limits, cancel);
        switch (source.Kind)
        {
            case MailSourceKind.Empty:
                return new ImportEnd { IsEmpty = true };
            case MailSourceKind.Mbox:
                var mbox = choices with { Into = choices.Into ?? DefaultMailbox };
                run.Mailboxes = new ImportMailboxes(context.Store, account, mbox, limits);
                return await ImportMbox.ReadAsync(run, source.Content, mbox, cancel);
            case MailSourceKind.Tar or MailSourceKind.Zip:
                var archive = new ArchiveImport(choices, limits, run.Mailboxes, run.Taker, run.News);
                await archive.RunAsync(source, cancel);
                return new ImportEnd { Nothing = archive.Messages == 0 && run.News.LeftOut == 0 && !run.Mailboxes.All.Any() ? Nothing : null };
            default:
                throw new InvalidDataException("it is neither an mbox file nor a zip, tar or tar.gz file.");
        }
    }
}
