using System.Collections.Immutable;
using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Writing;

/// <summary>An account as the operations of the running batch have left it so far.</summary>
internal sealed class StagedAccount
{
    private readonly Dictionary<MailboxId, StagedMailbox> _mailboxes = [];

    public StagedAccount(Account account)
    {
        Account = account;
        Row = account.Row;
        Tree = account.Mailboxes;
        Subscriptions = account.Subscriptions;
        Keywords = account.Keywords;
        Annotations = account.Annotations;
    }

    public Account Account { get; }

    public AccountId Id => Row.Id;

    /// <summary>Counters with this batch's changes.</summary>
    public AccountRow Row { get; private set; }

    /// <summary>Mailboxes by name with this batch's changes.</summary>
    public ImmutableSortedDictionary<string, Mailbox> Tree { get; private set; }

    /// <summary>Subscriptions with this batch's changes.</summary>
    public ImmutableSortedSet<string> Subscriptions { get; private set; }

    /// <summary>Annotations with this batch's changes.</summary>
    public AnnotationTable Annotations { get; private set; }

    /// <summary>Keywords with this batch's changes.</summary>
    /// <remarks>Set by operations that refuse after all, to what it was.</remarks>
    public KeywordTable Keywords { get; set; }

    /// <summary>Whether the account came to the limit of keywords or sets: those that no message has should go.</summary>
    public bool LacksKeywords { get; private set; }

    /// <summary>Whether the batch removes the account.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Whether names, uses, subscriptions or annotations changed.</summary>
    public bool IsTreeTouched { get; private set; }

    /// <summary>Whether who may get in changed: open sessions look again.</summary>
    public bool IsAccessTouched { get; set; }

    /// <summary>Whether the row must be written.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Mailboxes that operations looked at.</summary>
    public IEnumerable<StagedMailbox> Mailboxes => _mailboxes.Values;

    /// <summary>Next modseq; one for each operation that changes something.</summary>
    public ModSeq NextModSeq()
    {
        var next = new ModSeq(Row.ModSeq.Value + 1);
        Update(Row with { ModSeq = next });
        return next;
    }

    /// <summary>Next email number.</summary>
    public EmailId NextEmail()
    {
        var email = Row.NextEmail;
        Check.That(email.Value < 1L << 36, "Email numbers have 36 bits.");
        Update(Row with { NextEmail = new EmailId(email.Value + 1) });
        return email;
    }

    /// <summary>The mailbox, unless it has been deleted.</summary>
    public StagedMailbox? Find(Mailbox mailbox)
    {
        if (IsRemoved || mailbox.IsDeleted)
        {
            return null;
        }

        if (!_mailboxes.TryGetValue(mailbox.Id, out var staged))
        {
            staged = new StagedMailbox(this, mailbox, mailbox.Info);
            _mailboxes.Add(mailbox.Id, staged);
        }

        return staged.IsDeleted ? null : staged;
    }

    /// <summary>The mailbox of that normalized name.</summary>
    public StagedMailbox? Find(string name) => Tree.TryGetValue(name, out var mailbox) ? Find(mailbox) : null;

    /// <summary>Makes a mailbox; the name is normalized, free, and its parent is there.</summary>
    public StagedMailbox Create(string name, SpecialUse use, ModSeq modSeq)
    {
        var info = new MailboxInfo
        {
            Name = name,
            Use = use,
            UidValidity = Row.NextUidValidity,
            UidNext = new Uid(1),
            ModSeq = modSeq,
            CreatedModSeq = modSeq,
        };
        var mailbox = new Mailbox(Account, Row.NextMailbox, info, Account.Limits);
        Update(Row with { NextMailbox = new MailboxId(mailbox.Id.Value + 1), NextUidValidity = new UidValidity(info.UidValidity.Value + 1) });
        var staged = new StagedMailbox(this, mailbox, info);
        staged.Update(info);
        _mailboxes.Add(mailbox.Id, staged);
        SetTree(Tree.Add(name, mailbox));
        SetAnnotations(Annotations.WithUse(mailbox.Id, use));
        return staged;
    }

    /// <summary>Replaces the tree.</summary>
    public void SetTree(ImmutableSortedDictionary<string, Mailbox> tree)
    {
        Tree = tree;
        IsTreeTouched = true;
    }

    /// <summary>Replaces the annotations.</summary>
    public void SetAnnotations(AnnotationTable annotations)
    {
        Annotations = annotations;
        IsTreeTouched = true;
    }

    /// <summary>Gives a mailbox a use, which the mailbox that had it loses: an account has each use once.</summary>
    public void MoveUse(StagedMailbox mailbox, SpecialUse use, ModSeq modSeq)
    {
        TakeUse(use, modSeq);
        mailbox.Update(mailbox.Info with { Use = use, ModSeq = modSeq });
        SetAnnotations(Annotations.WithUse(mailbox.Mailbox.Id, use));
    }

    /// <summary>Takes a use from the mailbox that has it.</summary>
    public void TakeUse(SpecialUse use, ModSeq modSeq)
    {
        if (Annotations.OwnerOf(use) is { } owner && Find(Tree.First(entry => entry.Value.Id == owner).Value) is { } before)
        {
            before.Update(before.Info with { Use = SpecialUse.None, ModSeq = modSeq });
            SetAnnotations(Annotations.WithUse(owner, SpecialUse.None));
        }
    }

    /// <summary>Subscribes or unsubscribes a name.</summary>
    public void SetSubscribed(WriteContext context, string name, bool isSubscribed)
    {
        var changed = isSubscribed ? Subscriptions.Add(name) : Subscriptions.Remove(name);
        if (!ReferenceEquals(changed, Subscriptions))
        {
            Subscriptions = changed;
            IsTreeTouched = true;
            context.Batch.Subscriptions.Add(new(Id, name, isSubscribed));
        }
    }

    /// <summary>Counts bytes and messages in or out.</summary>
    public void Count(uint size, int sign) =>
        Update(Row with { Bytes = Row.Bytes + (sign * (long)size), Messages = Row.Messages + sign });

    /// <summary>What <see cref="Restore"/> goes back to.</summary>
    public StagedAccountState Save() => new(Row, IsTouched, IsRemoved, IsAccessTouched);

    /// <summary>Goes back to what it was before changes of the directory that are not made after all.</summary>
    public void Restore(StagedAccountState before) => (Row, IsTouched, IsRemoved, IsAccessTouched) = (before.Row, before.IsTouched, before.IsRemoved, before.IsAccessTouched);

    /// <summary>Replaces password, limits or counters.</summary>
    public void Update(AccountRow row)
    {
        Row = row;
        IsTouched = true;
    }

    /// <summary>Number of the set of these keywords, which are added as needed.</summary>
    /// <returns>False when a limit is reached; nothing was added then.</returns>
    public bool TryIntern(IReadOnlyCollection<string> names, StoreLimits limits, out KeywordSetId set)
    {
        set = default;
        var before = Keywords;
        if (TryNumber(names, limits, out var members) && TryIntern(members, limits, out set))
        {
            return true;
        }

        Keywords = before;
        return false;
    }

    /// <summary>Numbers of these keywords, ascending; new ones are added.</summary>
    /// <returns>False when a limit is reached; nothing was added then.</returns>
    public bool TryNumber(IReadOnlyCollection<string> names, StoreLimits limits, out int[] numbers)
    {
        numbers = [];
        var table = Keywords;
        var members = new SortedSet<int>();
        foreach (var name in names)
        {
            if (name.Length > limits.KeywordBytesMax)
            {
                return false;
            }

            table = table.WithName(name, out var keyword);
            members.Add(keyword);
        }

        // What is over a limit already may still be used.
        LacksKeywords |= table.Names.Count >= limits.KeywordsMax;
        if (members.Count > limits.KeywordsPerMessageMax || (table.Names.Count > limits.KeywordsMax && table != Keywords))
        {
            return false;
        }

        Keywords = table;
        numbers = [.. members];
        return true;
    }

    /// <summary>Number of the set of these members, which all have numbers.</summary>
    /// <returns>False when there are too many sets; nothing was added then.</returns>
    public bool TryIntern(ReadOnlySpan<int> members, StoreLimits limits, out KeywordSetId set)
    {
        var table = Keywords.WithSet(members, out set);
        LacksKeywords |= table.Sets.Count >= limits.KeywordSetsMax;
        if (table.Sets.Count > limits.KeywordSetsMax && table != Keywords)
        {
            return false;
        }

        Keywords = table;
        return true;
    }
}
