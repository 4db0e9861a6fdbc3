using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Tests.Support;

/// <summary>An engine that fails where it is told to.</summary>
internal sealed class FaultyEngine(IStoreEngine inner, Faults faults) : IStoreEngine
{
    public void Commit(WriteBatch batch)
    {
        faults.Hit(FaultPoint.BeforeCommit);
        inner.Commit(batch);
        faults.Hit(FaultPoint.AfterCommit);
    }

    public bool FoldFlags(int messages)
    {
        faults.Hit(FaultPoint.BeforeFold);
        var isMore = inner.FoldFlags(messages);
        faults.Hit(FaultPoint.AfterFold);
        return isMore;
    }

    public void Recover()
    {
        faults.Hit(FaultPoint.EngineRecover);
        inner.Recover();
    }

    public DirectoryContents LoadDirectory() => inner.LoadDirectory();

    public AccountContents? LoadAccount(AccountId account) => inner.LoadAccount(account);

    public void LoadMessages(AccountId account, MailboxId mailbox, MessageRowSink sink)
    {
        faults.Hit(FaultPoint.LoadMessages);
        inner.LoadMessages(account, mailbox, sink);
    }

    public bool LoadSnapshot(AccountId account, MailboxId mailbox, ISnapshotSink sink)
    {
        faults.Hit(FaultPoint.LoadSnapshot);
        return inner.LoadSnapshot(account, mailbox, sink);
    }

    public void ReadEmails(AccountId account, ReadOnlySpan<EmailId> emails, EmailSink sink) => inner.ReadEmails(account, emails, sink);

    public byte[]? ReadAnnotation(AccountId account, MailboxId owner, string name) => inner.ReadAnnotation(account, owner, name);

    public OldTombstones ReadOldTombstones(AccountId account, MailboxId mailbox, int count) => inner.ReadOldTombstones(account, mailbox, count);

    public KeywordUse ReadKeywordUse(AccountId account) => inner.ReadKeywordUse(account);

    public IReadOnlyList<LoginRow> ReadLogins(AccountId account, int limit) => inner.ReadLogins(account, limit);

    public DateTimeOffset? ReadOldestLogin() => inner.ReadOldestLogin();

    public ExpungedUids ReadExpunged(AccountId account, MailboxId mailbox, ModSeq after) => inner.ReadExpunged(account, mailbox, after);

    public IReadOnlyList<Tombstone> ReadTombstones(AccountId account, MailboxId mailbox) => inner.ReadTombstones(account, mailbox);

    public IReadOnlyList<DeadEmailRow> ReadDeadEmails(AccountId account, EmailId after, int limit) => inner.ReadDeadEmails(account, after, limit);

    public IReadOnlyList<SegmentState> ReadSegments() => inner.ReadSegments();

    public bool HasEmailsIn(long segment) => inner.HasEmailsIn(segment);

    public void ScanEmails(EmailScanSink sink) => inner.ScanEmails(sink);

    public IReadOnlyList<string> CheckIntegrity() => inner.CheckIntegrity();

    public IReadOnlyList<string> FindStrays() => inner.FindStrays();

    public void Dispose() => inner.Dispose();
}
