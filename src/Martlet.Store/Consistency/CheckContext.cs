using Martlet.Store.Engine;
using Martlet.Store.Model;

namespace Martlet.Store.Consistency;

/// <summary>What the parts of one check share.</summary>
internal sealed class CheckContext(IStoreEngine engine, IBlobStore blobs, StoreLimits limits, CheckDepth depth, StoreRepair? repair)
{
    private readonly Dictionary<AccountId, string> _accounts = [];
    private readonly Dictionary<(AccountId Account, MailboxId Mailbox), string> _mailboxes = [];

    public IStoreEngine Engine => engine;

    public IBlobStore Blobs => blobs;

    public StoreLimits Limits => limits;

    public CheckDepth Depth => depth;

    /// <summary>Takes the right rows when they shall be written; null in a mere check.</summary>
    public StoreRepair? Repair => repair;

    public FindingList Findings { get; } = new();

    /// <summary>Messages found in all mailboxes and the emails they refer to.</summary>
    public List<EmailUse> Uses { get; } = [];

    /// <summary>Whether something could not be read, so that sums over everything say nothing and must not be "repaired".</summary>
    public bool IsIncomplete { get; private set; }

    public long Accounts { get; set; }

    public long Mailboxes { get; set; }

    public long Emails { get; set; }

    public long Bytes { get; set; }

    /// <summary>Reads a part of the store; when that fails it is a finding, and the check goes on with the next part.</summary>
    /// <returns>Whether it could be read.</returns>
    public bool TryRead(string where, Action read)
    {
        try
        {
            read();
            return true;
        }
#pragma warning disable CA1031 // A damaged page can give rows that no code expects (no name, a negative length); the rest of the store must be checked all the same.
        catch (Exception e)
#pragma warning restore CA1031
        {
            IsIncomplete = true;
            Findings.Add(StoreInvariant.Engine, where, $"cannot be read: {e.Message}", canBeRebuilt: false);
            return false;
        }
    }

    /// <summary>A finding that repair makes right.</summary>
    public void Derived(StoreInvariant invariant, string where, string what) => Findings.Add(invariant, where, what, canBeRebuilt: true);

    /// <summary>A finding that repair cannot make right.</summary>
    public void Lost(StoreInvariant invariant, string where, string what) => Findings.Add(invariant, where, what, canBeRebuilt: false);

    public void Name(AccountId account, string name) => _accounts[account] = name;

    public void Name(AccountId account, MailboxId mailbox, string name) => _mailboxes[(account, mailbox)] = name;

    public string NameOf(AccountId account) => $"account {_accounts.GetValueOrDefault(account) ?? $"number {account}"}";

    public string NameOf(AccountId account, MailboxId mailbox) =>
        $"{NameOf(account)}, mailbox {_mailboxes.GetValueOrDefault((account, mailbox)) ?? $"number {mailbox}"}";

    public string NameOf(in EmailUse use) => $"{NameOf(use.Account, use.Mailbox)}, UID {use.Uid}";
}

/// <summary>A message and the email it refers to. Sorted as engines scan emails.</summary>
internal readonly record struct EmailUse(AccountId Account, EmailId Email, MailboxId Mailbox, Uid Uid, uint Size) : IComparable<EmailUse>
{
    public int CompareTo(EmailUse other) => CompareTo(other.Account, other.Email);

    public int CompareTo(AccountId account, EmailId email) => Account != account ? Account.CompareTo(account) : Email.CompareTo(email);

    public static bool operator <(EmailUse left, EmailUse right) => left.CompareTo(right) < 0;

    public static bool operator >(EmailUse left, EmailUse right) => left.CompareTo(right) > 0;

    public static bool operator <=(EmailUse left, EmailUse right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EmailUse left, EmailUse right) => left.CompareTo(right) >= 0;
}
