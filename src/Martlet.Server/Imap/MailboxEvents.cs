using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>Which events a client wants of which mailbox: the groups of NOTIFY, ready to be asked by name. Time is groups × levels, whatever names they have.</summary>
internal sealed class MailboxEvents
{
    private readonly Row[] _rows;

    public MailboxEvents(IReadOnlyList<EventGroup> groups) =>
        _rows = [.. groups.Select(group => new Row(group.Mailboxes.Kind, group.Events, [.. group.Mailboxes.Names.Select(name => name.Value.Normalize())]))];

    private sealed record Row(MailboxFilterKind Kind, NotifyEvents Events, HashSet<string> Names);

    /// <summary>What is wanted of a mailbox.</summary>
    public NotifyEvents Of(string name, bool isSubscribed)
    {
        var events = NotifyEvents.None;
        foreach (var row in _rows)
        {
            if (Matches(row, name, isSubscribed))
            {
                events |= row.Events;
            }
        }

        return events;
    }

    private static bool Matches(Row row, string name, bool isSubscribed) => row.Kind switch
    {
        MailboxFilterKind.Personal => true,
        MailboxFilterKind.Inboxes => name == MailboxPath.Inbox, // Mail is delivered nowhere else.
        MailboxFilterKind.Subscribed => isSubscribed,
        MailboxFilterKind.Mailboxes => row.Names.Contains(name),
        MailboxFilterKind.Subtree => IsBelow(row.Names, name),
        _ => false,
    };

    private static bool IsBelow(HashSet<string> roots, string name)
    {
        for (var at = name; at is not null; at = MailboxPath.Parent(at))
        {
            if (roots.Contains(at))
            {
                return true;
            }
        }

        return false;
    }
}
