using System.Globalization;
using Martlet.Server.Accounts;

namespace Martlet.Server.Observe.Journal;

/// <summary>Makes sentences of records.</summary>
/// <param name="accountName">Name of an account; null when it is gone.</param>
internal sealed class TraceWords(Func<int, string?> accountName)
{
    private static readonly Dictionary<string, string> Doers = new(StringComparer.Ordinal)
    {
        ["imap"] = "by IMAP",
        ["import"] = "by an import",
        ["admin"] = "by the administrator",
        ["web"] = "by the web page",
        ["server"] = "by the server",
    };

    /// <summary>Text from outside without what could end a line or turn a terminal around.</summary>
    public static string Clean(string text) => LogText.Line(text, JournalLimits.TextCharsMax);

    /// <summary>The beginning of a journey.</summary>
    public IEnumerable<TraceStep> Begin(JournalRecord record)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(record.Time);
        if (record.Kind == JournalKinds.Added)
        {
            foreach (var place in record.Places ?? [])
            {
                yield return new(time, "added", $"Put into {PlaceOf(place)}{DoneBy(record)}.");
            }

            yield break;
        }

        yield return new(time, "connected", Connection(record));
        yield return new(time, "sender", record.From is { Length: > 0 } from ? $"From <{Clean(from)}>." : "From <>, the null sender: a notification.");
        foreach (var recipient in record.Recipients ?? [])
        {
            yield return recipient.Reply is { } refusal
                ? new(time, "recipient-refused", $"<{Clean(recipient.Address)}> refused: {Clean(refusal)}")
                : new(time, "recipient", $"<{Clean(recipient.Address)}> taken{(recipient.Accounts is { Count: > 0 } accounts ? $", for {string.Join(", ", accounts.Take(JournalLimits.RecipientsMax).Select(AccountOf))}" : "")}.");
        }

        if (record.MoreRecipients is > 0 and var more)
        {
            yield return new(time, "recipient", string.Create(CultureInfo.InvariantCulture, $"And {more} more recipients."));
        }

        foreach (var step in End(record, time))
        {
            yield return step;
        }
    }

    /// <summary>What became of a copy.</summary>
    /// <param name="record">A change.</param>
    /// <param name="uid">UID of the copy; 0 when it was about a whole mailbox.</param>
    /// <param name="toUid">UID it has now; 0 for none.</param>
    public TraceStep Changed(JournalRecord record, uint uid, uint toUid)
    {
        var time = DateTimeOffset.FromUnixTimeMilliseconds(record.Time);
        var mailbox = $"{Clean(record.MailboxName ?? "")} of {AccountOf(record.Account ?? 0)}";
        var to = Clean(record.ToMailboxName ?? "");
        return new(time, record.Kind, record.Kind switch
        {
            JournalKinds.Copied => string.Create(CultureInfo.InvariantCulture, $"Copied from {mailbox} (UID {uid}) to {to} (UID {toUid}){DoneBy(record)}."),
            JournalKinds.Moved => string.Create(CultureInfo.InvariantCulture, $"Moved from {mailbox} (UID {uid}) to {to} (UID {toUid}){DoneBy(record)}."),
            JournalKinds.Expunged => string.Create(CultureInfo.InvariantCulture, $"Removed for good from {mailbox} (UID {uid}){DoneBy(record)}."),
            JournalKinds.MailboxDeleted => $"The mailbox {mailbox} was deleted with its messages{DoneBy(record)}.",
            JournalKinds.MailboxRenamed => $"The mailbox {mailbox} is called {to} from here on{DoneBy(record)}.",
            _ => $"The account {AccountOf(record.Account ?? 0)} was removed with its mail{DoneBy(record)}.",
        });
    }

    private static string Connection(JournalRecord record)
    {
        var from = record.Remote is null ? "" : $" from {Clean(record.Remote)}";
        var hello = record.Hello is { Length: > 0 } name ? $" as {Clean(name)}" : "";
        var tls = record.Tls is { } version ? $" with {Clean(version)}" : record.Remote is null ? "" : " without TLS";
        var login = record.Login is { } address ? $", logged in as {Clean(address)}" : "";
        return $"Came{from}{hello}{tls} by {(record.By == "submission" ? "submission" : "SMTP")}{login} (transaction {Clean(record.Id ?? "")}).";
    }

    private IEnumerable<TraceStep> End(JournalRecord record, DateTimeOffset time)
    {
        var reply = record.Reply is { } text ? Clean(text) : null;
        if (record.Kind == JournalKinds.Refused)
        {
            yield return reply is not null
                ? new(time, "refused", $"Not taken: {reply}")
                : record.Recipients?.Any(recipient => recipient.Reply is null) == true ? new(time, "gave-up", "The sender gave up before the whole message had come; it was not taken.")
                : new(time, "gave-up", "No recipient was left; the message was not sent.");
            yield break;
        }

        foreach (var place in record.Places ?? [])
        {
            yield return new(time, "delivered", string.Create(CultureInfo.InvariantCulture, $"Delivered into {PlaceOf(place)}, {record.Size ?? 0} bytes."));
        }

        if (reply is not null)
        {
            yield return new(time, "answered", $"Answered: {reply}");
        }
    }

    private static string DoneBy(JournalRecord record)
    {
        var doer = record.By is { } by ? Doers.GetValueOrDefault(by, $"by {Clean(by)}") : "";
        return $"{(doer.Length > 0 ? $" {doer}" : "")}{(record.Id is { Length: > 0 } id ? $" (connection {Clean(id)})" : "")}";
    }

    private string PlaceOf(JournalPlace place) => string.Create(CultureInfo.InvariantCulture, $"{Clean(place.Name)} of {AccountOf(place.Account)} as UID {place.Uid}");

    private string AccountOf(int account) => accountName(account) ?? string.Create(CultureInfo.InvariantCulture, $"account {account}, which is gone");
}
