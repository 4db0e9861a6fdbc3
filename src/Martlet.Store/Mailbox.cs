using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>A mailbox as the last commit left it. The object stays the same as long as the mailbox exists, whatever it is renamed to.</summary>
/// <remarks>Thread safe. <see cref="Info"/> is replaced after each commit that touches the mailbox.</remarks>
public sealed class Mailbox
{
    private volatile MailboxInfo _info;
    private volatile bool _isDeleted;

    internal Mailbox(Account account, MailboxId id, MailboxInfo info, StoreLimits limits)
    {
        Account = account;
        Id = id;
        _info = info;
        Index = new MailboxIndex(this, limits);
    }

    /// <summary>Its account.</summary>
    public Account Account { get; }

    /// <summary>Its number.</summary>
    public MailboxId Id { get; }

    /// <summary>Name and counters after the last commit.</summary>
    public MailboxInfo Info => _info;

    /// <summary>Whether it has been deleted; its messages are then gone for all sessions that have it open.</summary>
    public bool IsDeleted => _isDeleted;

    /// <summary>Its messages, in memory while somebody uses them.</summary>
    internal MailboxIndex Index { get; }

    internal void Publish(MailboxInfo info) => _info = info;

    internal void PublishDeleted() => _isDeleted = true;
}
