using Martlet.Protocols.Imap;
using Martlet.Store;

namespace Martlet.Server.Imap;

/// <summary>What a client has asked to be told with NOTIFY (RFC 5465), which also decides what is told of the selected mailbox.</summary>
internal sealed class Notifications : IDisposable
{
    private readonly EventGroup? _selected;

    /// <param name="session">Session.</param>
    /// <param name="account">Its account.</param>
    /// <param name="groups">Groups of the command; none after NOTIFY NONE.</param>
    public Notifications(ImapSession session, Account account, IReadOnlyList<EventGroup> groups)
    {
        _selected = groups.FirstOrDefault(group => group.IsSelected);
        EventGroup[] others = [.. groups.Where(group => !group.IsSelected && group.Events != NotifyEvents.None)];
        Watch = others.Length > 0 ? new AccountWatch(session, account, others) : null;
    }

    /// <summary>The account's other mailboxes; null when nothing of them is wanted.</summary>
    public AccountWatch? Watch { get; }

    /// <summary>What is told of the selected mailbox. RFC 5465 §3.1: nothing when no group is about it.</summary>
    public NotifyEvents Events => _selected?.Events ?? NotifyEvents.None;

    /// <summary>What is fetched of new messages in the selected mailbox.</summary>
    public IReadOnlyList<FetchItem> Items => _selected?.Items ?? [];

    /// <summary>Whether expunges are told at any time, or only with a command that allows it (RFC 5465 §6.1.2).</summary>
    public bool TellsExpungesAtOnce => _selected?.Mailboxes.Kind == MailboxFilterKind.Selected;

    /// <summary>Whether something is told while no command runs.</summary>
    public bool IsImmediate => Watch is not null || Events != NotifyEvents.None;

    public void Dispose() => Watch?.Dispose();
}
