using System.Globalization;
using Martlet.Server.Transfer;

namespace Martlet.Server.Admin;

/// <summary>The last word of an import.</summary>
internal static class ImportReplies
{
    public static AdminReply Of(ImportRun import, ImportEnd end, ImportChoices choices, bool hasRoom)
    {
        var taker = import.Taker;
        var mailboxes = import.Mailboxes.All.Where(mailbox => mailbox.Problem is null && (mailbox.Messages > 0 || mailbox.IsNew))
            .OrderBy(mailbox => mailbox.Name, StringComparer.Ordinal).Select(mailbox => new MailboxCount(mailbox.Name, mailbox.Messages, mailbox.IsNew)).ToList();
        var report = new ImportReport(taker.Taken, taker.TakenBytes, import.News.LeftOut)
        {
            AlreadyThere = taker.AlreadyThere,
            Mailboxes = mailboxes,
            Problems = import.News.Problems,
            IsDryRun = choices.IsDryRun,
        };
        return Reply(report, end, taker.Stopped, Where(import), hasRoom) with { Import = report };
    }

    private static AdminReply Reply(ImportReport report, ImportEnd end, string? stopped, string where, bool hasRoom)
    {
        var figures = Figures(report, where);
        if (end.Broken is not null)
        {
            return AdminReply.Failed($"{end.Broken} {figures}{(report.IsDryRun ? "." : "; they stay. Running it again takes what is missing.")}");
        }

        if (stopped is not null)
        {
            return AdminReply.Refused($"{figures}: {stopped}. The rest of the file was not read. Running it again takes what is missing.");
        }

        if (end.IsEmpty)
        {
            return AdminReply.Done($"The file is empty; {figures}.");
        }

        if (end.Nothing is not null)
        {
            return AdminReply.Refused(end.Nothing);
        }

        if (report.IsDryRun && !hasRoom)
        {
            return AdminReply.Refused($"{figures}; the account's quota has no room for all of it.");
        }

        return end.Remark is not null ? AdminReply.Refused($"{figures}; {end.Remark}.")
            : report.NotTaken > 0 ? AdminReply.Refused($"{figures}.")
            : AdminReply.Done($"{figures}.");
    }

    private static string Figures(ImportReport report, string where)
    {
        var verb = report.IsDryRun ? "would be taken" : "taken";
        var text = $"{Count(report.Taken)} {verb} into {where}";
        text += report.AlreadyThere > 0 ? string.Create(CultureInfo.InvariantCulture, $", {report.AlreadyThere} {(report.AlreadyThere == 1 ? "was" : "were")} there already") : "";
        return text + (report.NotTaken > 0 ? string.Create(CultureInfo.InvariantCulture, $", {report.NotTaken} not taken") : "");
    }

    private static string Where(ImportRun import)
    {
        var all = import.Mailboxes.All.ToList();
        return all.Count == 1 ? all[0].Name : string.Create(CultureInfo.InvariantCulture, $"{all.Count} mailboxes");
    }

    private static string Count(long messages) => messages == 1 ? "1 message" : string.Create(CultureInfo.InvariantCulture, $"{messages} messages");
}
