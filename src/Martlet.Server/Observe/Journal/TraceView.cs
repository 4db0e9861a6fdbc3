namespace Martlet.Server.Observe.Journal;

/// <summary>What one account may see of a record: its own part. Everything else, also that there is anything else, is taken out before anything is looked for.</summary>
internal static class TraceView
{
    /// <summary>The record as the account may see it; null when it has no part in it.</summary>
    public static JournalRecord? Of(JournalRecord record, int account)
    {
        if (record.Kind == JournalKinds.Missing)
        {
            return record;
        }

        int[] own = [account];
        var places = record.Places?.Where(place => place.Account == account).ToArray() ?? [];
        if (record.LoginAccount == account)
        {
            // Who sent it knows what was said about each recipient, and neither whose address that is nor where the message went from there.
            return record with
            {
                Places = places,
                Recipients = record.Recipients?.Select(recipient => recipient with { Accounts = null }).ToArray(),
            };
        }

        var recipients = record.Recipients?.Where(recipient => recipient.Accounts?.Contains(account) == true).Select(recipient => recipient with { Accounts = own }).ToArray() ?? [];
        if (places.Length == 0 && recipients.Length == 0)
        {
            return null;
        }

        // Another user's connection is nobody's business, as in Received; and a reply to the message as a whole may speak of others' mailboxes.
        var isSubmitted = record.LoginAccount is not null;
        var isAlone = recipients.Length == (record.Recipients?.Count ?? 0) && record.MoreRecipients is null;
        return record with
        {
            Remote = isSubmitted ? null : record.Remote,
            Hello = isSubmitted ? null : record.Hello,
            Tls = isSubmitted ? null : record.Tls,
            Login = null,
            LoginAccount = null,
            Recipients = recipients,
            MoreRecipients = null,
            Reply = record.Kind == JournalKinds.Refused && record.Reply is not null && !isAlone ? "the message as a whole was refused." : record.Reply,
            Places = places,
        };
    }
}
