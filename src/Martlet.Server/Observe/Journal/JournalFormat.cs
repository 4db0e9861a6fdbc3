using Martlet.Store.Changes;

namespace Martlet.Server.Observe.Journal;

/// <summary>Makes records of what was added to the journal.</summary>
internal static class JournalFormat
{
    /// <summary>The records of an item; a change of very many messages becomes several.</summary>
    public static IEnumerable<JournalRecord> Records(JournalItem item, int runsMax)
    {
        var time = item.Time.ToUnixTimeMilliseconds();
        return item.Source switch
        {
            JournalRecord record => [record with { Time = time }],
            MessagesCopied copied => UidRuns.Write(copied.FromUids, copied.ToUids, runsMax).Select(uids =>
                Of(copied, time, copied.IsMove ? JournalKinds.Moved : JournalKinds.Copied, copied.From) with
                {
                    ToMailbox = copied.To.Id.Value,
                    ToMailboxName = JournalText.Cut(copied.To.Name),
                    Uids = uids,
                }),
            MessagesExpunged expunged => UidRuns.Write(expunged.Uids, to: null, runsMax).Select(uids =>
                Of(expunged, time, JournalKinds.Expunged, expunged.Mailbox) with { Uids = uids }),
            MailboxDeleted deleted => [Of(deleted, time, JournalKinds.MailboxDeleted, deleted.Mailbox)],
            MailboxRenamed renamed => [Of(renamed, time, JournalKinds.MailboxRenamed, renamed.Mailbox) with { ToMailboxName = JournalText.Cut(renamed.NewName) }],
            AccountRemoved removed => [new JournalRecord { Time = time, Kind = JournalKinds.AccountRemoved, Account = removed.Account.Value, By = removed.Origin?.By, Id = removed.Origin?.Id }],
            _ => [],
        };
    }

    private static JournalRecord Of(StoreChange change, long time, string kind, NamedMailbox mailbox) => new()
    {
        Time = time,
        Kind = kind,
        By = change.Origin?.By,
        Id = change.Origin?.Id,
        Account = change.Account.Value,
        Mailbox = mailbox.Id.Value,
        MailboxName = JournalText.Cut(mailbox.Name),
    };
}
