using System.Collections.Immutable;
using Martlet.Protocols.Imap;
using Martlet.Server.Imap.Commands;
using Martlet.Server.Imap.Listing;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>
/// Tells what happens to the mailboxes that are not selected (RFC 5465 §5). Nothing is queued: it remembers what the client was told last and compares, so that a
/// thousand changes while a client is slow are one response, and none is lost.
/// </summary>
internal sealed class AccountWatch : IDisposable
{
    private readonly ImapSession _session;
    private readonly Account _account;
    private readonly MailboxEvents _events;
    private readonly NotifyEvents _wanted;
    private readonly IDisposable _signals;
    private readonly Dictionary<MailboxId, MailboxInfo> _told = [];
    private ImmutableSortedDictionary<string, Mailbox> _tree;
    private ImmutableSortedSet<string> _subscriptions;

    public AccountWatch(ImapSession session, Account account, IReadOnlyList<EventGroup> groups)
    {
        (_session, _account, _events) = (session, account, new MailboxEvents(groups));
        _wanted = groups.Aggregate(NotifyEvents.None, (events, group) => events | group.Events);
        _signals = account.Watch(session.Changed);
        (_tree, _subscriptions) = (account.Mailboxes, account.Subscriptions);
        foreach (var (_, mailbox) in _tree)
        {
            _told[mailbox.Id] = mailbox.Info;
        }
    }

    /// <summary>Mailboxes whose messages are watched.</summary>
    public int Watched => _told.Values.Count(info => Wants(info.Name, NotifyEvents.Messages));

    /// <summary>Whether changes of annotations are watched anywhere.</summary>
    public bool WantsMetadata => (_wanted & (NotifyEvents.MailboxMetadataChange | NotifyEvents.ServerMetadataChange)) != NotifyEvents.None;

    /// <summary>Whether changes of the annotations of a mailbox are watched, or of the server's for the empty name: those belong to no mailbox (RFC 5465 §5.7).</summary>
    public bool WantsMetadataOf(string mailbox) =>
        mailbox.Length == 0 ? (_wanted & NotifyEvents.ServerMetadataChange) != NotifyEvents.None : Wants(mailbox, NotifyEvents.MailboxMetadataChange);

    /// <summary>STATUS of all mailboxes whose messages are watched, for NOTIFY SET STATUS (RFC 5465 §3.1).</summary>
    public async ValueTask WriteStatusAsync()
    {
        foreach (var (_, mailbox) in _tree)
        {
            if (mailbox != _session.Selected?.Mailbox && Wants(mailbox.Info.Name, NotifyEvents.Messages))
            {
                Status.Write(_session, mailbox, StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen | StatusItems.HighestModSeq);
                await _session.FlushIfLargeAsync();
            }
        }
    }

    /// <summary>Writes what has changed since the last call.</summary>
    public async ValueTask TellAsync()
    {
        var tree = _account.Mailboxes;
        var subscriptions = _account.Subscriptions;
        if (!ReferenceEquals(tree, _tree) || !ReferenceEquals(subscriptions, _subscriptions))
        {
            await TellNamesAsync(tree, subscriptions);
            if (Watched > _session.Options.NotifyMailboxesMax)
            {
                // RFC 5465 §5.8: the client hears of it, and asks again for less.
                _session.Writer.Raw("* OK [NOTIFICATIONOVERFLOW] There are too many mailboxes to watch now.\r\n"u8);
                _session.Notify(new Notifications(_session, _account, []));
                return;
            }
        }

        foreach (var (_, mailbox) in tree)
        {
            var info = mailbox.Info;
            if (_told.TryGetValue(mailbox.Id, out var told) && !ReferenceEquals(told, info))
            {
                _told[mailbox.Id] = info;
                TellMessages(mailbox, told, info);
                await _session.FlushIfLargeAsync();
            }
        }
    }

    /// <summary>This session has added messages: the client knows (RFC 5465 §5).</summary>
    public void NoteAdded(Mailbox mailbox, IReadOnlyList<Uid> uids, ModSeq modSeq)
    {
        // Only when nobody else has in between; otherwise it is told once more, which does no harm. The same goes for flags, which may have changed before.
        if (uids.Count > 0 && _told.TryGetValue(mailbox.Id, out var told) && told.UidNext == uids[0])
        {
            _told[mailbox.Id] = told with { UidNext = new Uid(uids[^1].Value + 1), Messages = told.Messages + uids.Count, ModSeq = modSeq };
        }
    }

    /// <summary>This session has made a mailbox, subscribed.</summary>
    public void NoteCreated(Mailbox mailbox)
    {
        _told[mailbox.Id] = mailbox.Info;
        _subscriptions = _subscriptions.Add(mailbox.Info.Name);
    }

    /// <summary>This session has deleted a mailbox.</summary>
    public void NoteDeleted(Mailbox mailbox) => _told.Remove(mailbox.Id);

    /// <summary>This session has renamed a mailbox, and with it those below.</summary>
    public void NoteRenamed(Mailbox mailbox)
    {
        if (_told.TryGetValue(mailbox.Id, out var told))
        {
            var (oldName, newName) = (told.Name, mailbox.Info.Name);
            foreach (var (id, info) in _told.ToArray())
            {
                if (info.Name == oldName || MailboxPath.IsBelow(info.Name, oldName))
                {
                    _told[id] = info with { Name = newName + info.Name[oldName.Length..] };
                }
            }
        }
    }

    /// <summary>This session has subscribed or unsubscribed a name.</summary>
    public void NoteSubscribed(string name, bool isSubscribed) =>
        _subscriptions = isSubscribed ? _subscriptions.Add(name) : _subscriptions.Remove(name);

    public void Dispose() => _signals.Dispose();

    private bool Wants(string name, NotifyEvents events) => (_events.Of(name, _subscriptions.Contains(name)) & events) != NotifyEvents.None;

    // RFC 5465 §5.4, §5.5: one LIST for each name affected, whatever happened to it.
    private async ValueTask TellNamesAsync(ImmutableSortedDictionary<string, Mailbox> tree, ImmutableSortedSet<string> subscriptions)
    {
        var affected = new SortedDictionary<string, string?>(StringComparer.Ordinal);
        NoteNames(tree, subscriptions, affected);
        foreach (var name in subscriptions.SymmetricExcept(_subscriptions))
        {
            if ((_events.Of(name, isSubscribed: true) & NotifyEvents.SubscriptionChange) != NotifyEvents.None)
            {
                affected.TryAdd(name, null);
            }
        }

        (_tree, _subscriptions) = (tree, subscriptions);
        if (affected.Count == 0)
        {
            return;
        }

        var names = new SortedNames([.. tree.Keys]);
        foreach (var (name, oldName) in affected)
        {
            ListWriter.Write(_session.Writer, name, ListAttributes.For(_account, name, names, subscriptions.Contains(name)), oldName);
            await _session.FlushIfLargeAsync();
        }
    }

    private void NoteNames(ImmutableSortedDictionary<string, Mailbox> tree, ImmutableSortedSet<string> subscriptions, SortedDictionary<string, string?> affected)
    {
        var renamed = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new HashSet<MailboxId>();
        foreach (var (name, mailbox) in tree)
        {
            seen.Add(mailbox.Id);
            var isNew = !_told.TryGetValue(mailbox.Id, out var told);
            if (isNew)
            {
                // As it was made: messages it has got meanwhile are told next.
                _told[mailbox.Id] = mailbox.Info with { UidNext = new Uid(1), Messages = 0, Unseen = 0 };
                NoteWithParent(name, subscriptions, affected);
            }
            else if (told!.Name != name)
            {
                // In ordinal order a mailbox comes before those below it, which moved along and are not told.
                renamed[told.Name] = name;
                var parent = MailboxPath.Parent(told.Name);
                var isMovedAlong = parent is not null && renamed.TryGetValue(parent, out var newParent) && MailboxPath.Parent(name) == newParent;
                if (!isMovedAlong && (WantsName(name, subscriptions) || WantsName(told.Name, subscriptions)))
                {
                    affected[name] = told.Name;
                }
            }
        }

        foreach (var (id, told) in _told.ToArray())
        {
            if (!seen.Contains(id))
            {
                _told.Remove(id);
                NoteWithParent(told.Name, subscriptions, affected);
            }
        }
    }

    // RFC 5465 §5.4: the direct parent of a mailbox that is made or deleted is affected too.
    private void NoteWithParent(string name, ImmutableSortedSet<string> subscriptions, SortedDictionary<string, string?> affected)
    {
        foreach (var each in new[] { name, MailboxPath.Parent(name) })
        {
            if (each is not null && WantsName(each, subscriptions))
            {
                affected.TryAdd(each, null);
            }
        }
    }

    private bool WantsName(string name, ImmutableSortedSet<string> subscriptions) =>
        (_events.Of(name, subscriptions.Contains(name) || _subscriptions.Contains(name)) & NotifyEvents.MailboxName) != NotifyEvents.None;

    private void TellMessages(Mailbox mailbox, MailboxInfo told, MailboxInfo info)
    {
        var events = _events.Of(info.Name, _subscriptions.Contains(info.Name));
        if ((events & NotifyEvents.Messages) == NotifyEvents.None || mailbox == _session.Selected?.Mailbox)
        {
            return; // Of the selected mailbox SELECTED decides alone (RFC 5465 §3.1).
        }

        var hasModSeq = _session.Has(ImapFeatures.CondStore);
        var items = StatusItems.None;
        if (info.UidNext != told.UidNext || info.Messages != told.Messages)
        {
            items = StatusItems.Messages | StatusItems.UidNext | StatusItems.UidValidity | StatusItems.Unseen;
        }
        else if ((events & NotifyEvents.FlagChange) != NotifyEvents.None && (info.Unseen != told.Unseen || (hasModSeq && info.ModSeq != told.ModSeq)))
        {
            items = StatusItems.UidValidity | StatusItems.Unseen;
        }

        if (items != StatusItems.None)
        {
            Status.Write(_session, mailbox, hasModSeq ? items | StatusItems.HighestModSeq : items);
        }
    }
}
