using System.Globalization;
using System.IO.Compression;
using Martlet.Messages.Files;
using Martlet.Server.Transfer;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Writes mailboxes of an account as one file, while the server runs: a Maildir++ or mbox files, as zip, tar.gz or tar. Flags, keywords, dates and subscriptions are
/// in it, so that other programs and <see cref="ImportMail"/> find them again.
/// </summary>
/// <param name="Address">Address of the account.</param>
public sealed record ExportMail(string Address) : ExportRequest
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>Names of the mailboxes; null for all.</summary>
    public IReadOnlyList<string>? Mailboxes { get; init; }

    /// <summary>How messages are kept.</summary>
    public ExportFormat Format { get; init; }

    /// <summary>How the files are packed.</summary>
    public ExportPacking Packing { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (TransferRequests.Open(Address, context, out var account) is { } problem)
        {
            return problem;
        }

        if (context.Output is not { } output || context.TransferFolder is not { } folder)
        {
            return AdminReply.Failed("The export came without a place to write to.");
        }

        if (Find(account, context.Store.Limits, out var mailboxes) is { } missing)
        {
            return missing;
        }

        var news = new TransferNews(context.Progress, context.TransferLimits.ProblemsMax);
        var exporter = new MailExporter(context.Store, account, Format, folder, context.TransferLimits, context.Time, news);
        try
        {
            return Reply(await WriteAsync(exporter, mailboxes, output, folder, cancel));
        }
        catch (OperationCanceledException)
        {
            return AdminReply.Failed("The export was stopped; what was written is not whole.");
        }
        catch (InvalidDataException e)
        {
            return AdminReply.Failed($"The export ended early: {e.Message}");
        }
    }

    private async Task<ExportReport> WriteAsync(MailExporter exporter, IReadOnlyList<Mailbox> mailboxes, Stream output, string folder, CancellationToken cancel)
    {
        // Small headers and messages leave as large pieces.
        await using var buffered = new BufferedWriter(output, BufferBytes);
        if (Packing == ExportPacking.Zip)
        {
            await using var directory = SpoolFile.Create(folder);
            using var zip = new ZipWriter(buffered, directory);
            var zipped = await exporter.RunAsync(mailboxes, zip, cancel);
            await buffered.FlushAsync(cancel);
            return zipped;
        }

        if (Packing == ExportPacking.Tar)
        {
            return await exporter.RunAsync(mailboxes, new TarWriter(buffered), cancel);
        }

        ExportReport report;
        await using (var gzip = new GZipStream(buffered, CompressionLevel.Fastest, leaveOpen: true))
        {
            report = await exporter.RunAsync(mailboxes, new TarWriter(gzip), cancel);
        }

        await buffered.FlushAsync(cancel);
        return report;
    }

    private AdminReply? Find(Account account, StoreLimits limits, out IReadOnlyList<Mailbox> mailboxes)
    {
        var found = new List<Mailbox>();
        mailboxes = found;
        if (Mailboxes is null)
        {
            // INBOX first: it is the top of a Maildir.
            found.AddRange(account.Mailboxes.Values.OrderBy(mailbox => mailbox.Info.Name != MailboxPath.Inbox).ThenBy(mailbox => mailbox.Info.Name, StringComparer.Ordinal));
            return null;
        }

        foreach (var name in Mailboxes.Distinct(StringComparer.Ordinal))
        {
            if (!MailboxPath.TryNormalize(name, limits, out var path) || account.FindMailbox(path) is not { } mailbox)
            {
                return AdminReply.Refused($"There is no mailbox {EntryPath.Show(name)}.");
            }

            if (!found.Contains(mailbox))
            {
                found.Add(mailbox);
            }
        }

        return null;
    }

    private static AdminReply Reply(ExportReport report)
    {
        var figures = string.Create(
            CultureInfo.InvariantCulture, $"{report.Messages} {(report.Messages == 1 ? "message" : "messages")} of {report.Mailboxes.Count} {(report.Mailboxes.Count == 1 ? "mailbox" : "mailboxes")} written");
        return (report.NotExported == 0
            ? AdminReply.Done($"{figures}.")
            : AdminReply.Refused(string.Create(CultureInfo.InvariantCulture, $"{figures}, {report.NotExported} not."))) with
        { Export = report };
    }
}
