using Martlet.Store.Changes;
using Martlet.Store.Directory;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>What the operations of one batch share: staged state, the rows to write, and the means to do it.</summary>
internal sealed class WriteContext(IStoreEngine engine, IBlobStore blobs, AccountCache accounts, AccountDirectory directory, StoreLimits limits, TimeProvider time)
{
    private readonly Dictionary<AccountId, StagedAccount> _accounts = [];
    private readonly List<Action> _afterCommit = [];
    private List<StoreChange>? _changes;
    private StagedDirectory? _directory;

    public WriteBatch Batch { get; } = new();

    public IStoreEngine Engine => engine;

    public IBlobStore Blobs => blobs;

    public StoreLimits Limits => limits;

    /// <summary>Takes in new accounts after the commit.</summary>
    public AccountCache Cache => accounts;

    public DateTimeOffset Now { get; } = time.GetUtcNow();

    /// <summary>Whether records were appended that must be flushed before the commit.</summary>
    public bool HasBlobs { get; set; }

    /// <summary>Whether the engine was asked to commit: the rows may be on disk though it failed.</summary>
    public bool MayBeStored { get; set; }

    /// <summary>Whether the rows are on disk.</summary>
    public bool IsCommitted { get; set; }

    /// <summary>Whether there may be something for the housekeeper: emails without references, flags to fold, tombstones or logins to forget, keywords to drop.</summary>
    public bool LeavesWork { get; set; }

    /// <summary>Accounts whose owners are to be told how full they are.</summary>
    public List<AccountId> QuotaCrossed { get; } = [];

    public IEnumerable<StagedAccount> Accounts => _accounts.Values;

    /// <summary>What happened to messages that were there before, for the store's observer.</summary>
    public IReadOnlyList<StoreChange> Changes => _changes ?? (IReadOnlyList<StoreChange>)[];

    /// <summary>The directory with this batch's changes.</summary>
    public StagedDirectory Directory => _directory ??= new StagedDirectory(directory.Current);

    /// <summary>The account, or null when it is not there (any more).</summary>
    public StagedAccount? Find(AccountId id)
    {
        if (!_accounts.TryGetValue(id, out var staged))
        {
            var account = accounts.Get(id);
            if (account is null)
            {
                return null;
            }

            staged = new StagedAccount(account);
            _accounts.Add(id, staged);
        }

        return staged.IsRemoved || staged.Account.IsRemoved ? null : staged;
    }

    /// <summary>The mailbox, or null when it is not there (any more).</summary>
    public StagedMailbox? Find(Mailbox mailbox) => Find(mailbox.Account.Id)?.Find(mailbox);

    /// <summary>Stages an account that this batch makes.</summary>
    public StagedAccount Add(Account account)
    {
        var staged = new StagedAccount(account);
        _accounts.Add(account.Id, staged);
        return staged;
    }

    /// <summary>Value of an annotation that is there, as this batch sees it.</summary>
    public byte[] ReadAnnotation(AccountId account, MailboxId owner, string name)
    {
        var at = Batch.Annotations.FindLastIndex(row => row.Account == account && row.Owner == owner && row.Name == name);
        var value = at < 0 ? engine.ReadAnnotation(account, owner, name) : Batch.Annotations[at].Value;
        return value ?? throw new StoreException(StoreFailure.Corrupt, $"The value of the annotation {name} is missing.");
    }

    /// <summary>Tells the store's observer of it, once it is committed.</summary>
    public void Note(StoreChange change) => (_changes ??= []).Add(change);

    /// <summary>Runs after the commit, on the writer thread; for files that may go only then.</summary>
    public void AfterCommit(Action action) => _afterCommit.Add(action);

    /// <summary>How many of them wait.</summary>
    public int AfterCommitCount => _afterCommit.Count;

    /// <summary>Takes accounts and what waits for the commit back to an earlier moment of the batch.</summary>
    public void Restore(Dictionary<AccountId, StagedAccountState> before, int afterCommit)
    {
        foreach (var (id, account) in _accounts.ToList())
        {
            if (before.TryGetValue(id, out var state))
            {
                account.Restore(state);
            }
            else
            {
                _accounts.Remove(id);
            }
        }

        _afterCommit.RemoveRange(afterCommit, _afterCommit.Count - afterCommit);
    }

    /// <summary>Limits that hold for an account, with this batch's changes.</summary>
    public QuotaLimits QuotaOf(StagedAccount account) => QuotaLimits.Of(account.Row, Directory.Contents.Settings);

    /// <summary>Counts bytes written to or given up in a segment.</summary>
    public void CountSegment(in BlobRef blob, bool isNew)
    {
        if (blob.Kind == BlobKind.Segment)
        {
            var bytes = blobs.RecordBytes(blob.Length);
            Batch.Segments.Add(isNew ? new SegmentRow(blob.File, bytes, bytes) : new SegmentRow(blob.File, 0, -bytes));
        }
    }

    /// <summary>Puts the final rows of touched accounts and mailboxes into the batch.</summary>
    public void Close()
    {
        foreach (var account in _accounts.Values)
        {
            if (account.IsRemoved)
            {
                continue;
            }

            if (account.IsTouched)
            {
                LookAtQuota(account);
                Batch.Accounts.Add(account.Row);
            }

            CloseKeywords(account);

            foreach (var mailbox in account.Mailboxes)
            {
                if (mailbox.IsDeleted)
                {
                    Batch.RemovedMailboxes.Add((account.Id, mailbox.Mailbox.Id));
                }
                else if (mailbox.IsTouched)
                {
                    Check.That(mailbox.Info is { Messages: >= 0, Unseen: >= 0, Deleted: >= 0, Bytes: >= 0, DeletedBytes: >= 0 }, "Counters of a mailbox are not negative.");
                    Batch.Mailboxes.Add(new(account.Id, mailbox.Mailbox.Id, mailbox.Info));
                }
            }
        }
    }

    /// <summary>Makes the committed batch visible, in commit order: counters first, then messages, then the wake-ups.</summary>
    /// <param name="faultAfterCommit">Told what failed after the commit: it is no fault of the operations.</param>
    public void Publish(Action<Exception> faultAfterCommit)
    {
        foreach (var account in _accounts.Values)
        {
            Publish(account);
        }

        foreach (var action in _afterCommit)
        {
            try
            {
                action();
            }
            catch (StoreException fault)
            {
                faultAfterCommit(fault);
            }
        }

        // Last: whoever finds a new account in it must find the account in memory, and not load a second one.
        if (_directory is { IsTouched: true } changed)
        {
            directory.Publish(changed.Contents);
        }

        // After the directory: whoever is woken looks there.
        foreach (var account in _accounts.Values)
        {
            if (account is { IsAccessTouched: true, IsRemoved: false })
            {
                account.Account.SignalAccess();
            }
        }
    }

    /// <summary>Takes the directory as it is on disk, after a commit of which it is not known whether it got there.</summary>
    public void ReloadDirectory() => directory.Publish(DirectoryState.Load(engine.LoadDirectory()));

    private void LookAtQuota(StagedAccount account)
    {
        var quota = QuotaOf(account);
        var told = quota.ToldOf(account.Row);
        if (told != account.Row.QuotaWarned)
        {
            account.Update(account.Row with { QuotaWarned = told });
        }

        if (quota.FullnessOf(account.Row) > told)
        {
            QuotaCrossed.Add(account.Id);
        }
    }

    private void CloseKeywords(StagedAccount account)
    {
        var (before, after) = (account.Account.Keywords, account.Keywords);
        if (before == after)
        {
            return;
        }

        for (var i = before.NextKeyword; i < after.NextKeyword; i++)
        {
            if (after.Names.TryGetValue(i, out var name))
            {
                Batch.Keywords.Add(new(account.Id, i, name));
            }
        }

        for (var i = before.NextSet; i < after.NextSet; i++)
        {
            if (after.Sets.TryGetValue(i, out var members))
            {
                Batch.KeywordSets.Add(new(account.Id, new KeywordSetId(i), members));
            }
        }

        Batch.Keywords.AddRange(before.Names.Keys.Where(keyword => !after.Names.ContainsKey(keyword)).Select(keyword => new KeywordRow(account.Id, keyword, Name: null)));
        Batch.KeywordSets.AddRange(before.Sets.Keys.Where(set => !after.Sets.ContainsKey(set)).Select(set => new KeywordSetRow(account.Id, new KeywordSetId(set), default)));
    }

    private void Publish(StagedAccount account)
    {
        if (account.IsRemoved)
        {
            account.Account.PublishRemoved();
            accounts.Forget(account.Id);
            return;
        }

        account.Account.Publish(account.Row, account.Keywords);
        if (account.LacksKeywords)
        {
            account.Account.LacksKeywords = true;
            LeavesWork = true;
        }

        foreach (var mailbox in account.Mailboxes)
        {
            if (mailbox.IsDeleted)
            {
                mailbox.Mailbox.PublishDeleted();
            }

            if (mailbox.IsTouched || mailbox.IsDeleted)
            {
                mailbox.Mailbox.Publish(mailbox.Info);
                mailbox.Changes.ModSeq = mailbox.Info.ModSeq;
                mailbox.Changes.UidNext = mailbox.Info.UidNext;
                mailbox.Mailbox.Index.Apply(mailbox.Changes);
            }
        }

        if (account.IsTreeTouched)
        {
            account.Account.PublishTree(account.Tree, account.Subscriptions, account.Annotations);
        }

        account.Account.SignalWatchers();
    }
}
