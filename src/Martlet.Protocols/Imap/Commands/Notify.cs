namespace Martlet.Protocols.Imap.Commands;

/// <summary>NOTIFY: RFC 5465 §3.1.</summary>
/// <param name="Groups">What to tell from now on; none for <c>NOTIFY NONE</c>.</param>
/// <param name="WithStatus">Whether STATUS responses of the watched mailboxes are wanted at once.</param>
public sealed record NotifyCommand(IReadOnlyList<EventGroup> Groups, bool WithStatus)
{
    /// <summary>Reads the arguments to the end; null after an error. Unknown events are no error here: the reply to them is NO, with the known ones.</summary>
    public static NotifyCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space())
        {
            return null;
        }

        if (reader.TryKeyword("NONE"u8))
        {
            return reader.End() ? new NotifyCommand([], WithStatus: false) : null;
        }

        if (!reader.Keyword("SET"u8) || !reader.Space())
        {
            return null;
        }

        var withStatus = reader.TryKeyword("STATUS"u8);
        if (withStatus && !reader.Space())
        {
            return null;
        }

        List<EventGroup> groups = [];
        do
        {
            if (groups.Count >= reader.Limits.OptionsMax)
            {
                reader.Fail("Too many event groups.", ImapErrorKind.Limit);
                return null;
            }

            if (ReadGroup(ref reader) is not { } group)
            {
                return null;
            }

            if (group.IsSelected && groups.Exists(other => other.IsSelected))
            {
                // RFC 5465 §6.1.
                reader.Fail("Only one group can be about the selected mailbox.");
                return null;
            }

            groups.Add(group);
        }
        while (reader.TryTake((byte)' '));

        return reader.End() ? new NotifyCommand(groups, withStatus) : null;
    }

    private static EventGroup? ReadGroup(ref ImapReader reader)
    {
        List<FetchItem> items = [];
        if (!reader.OpenParen() || !MailboxFilter.Read(ref reader, out var mailboxes) || !reader.Space()
            || !ReadEvents(ref reader, items, out var events) || !reader.CloseParen())
        {
            return null;
        }

        var group = new EventGroup(mailboxes, events, items);
        return Check(ref reader, group) ? group : null;
    }

    // RFC 5465 §5, §6.1 and the comments of §8.
    private static bool Check(ref ImapReader reader, EventGroup group)
    {
        const NotifyEvents Both = NotifyEvents.MessageNew | NotifyEvents.MessageExpunge;
        if (group.Mailboxes.Kind == MailboxFilterKind.SubtreeOne)
        {
            return reader.Fail("SUBTREE-ONE is for ESEARCH.");
        }

        if ((group.Events & NotifyEvents.Messages) != NotifyEvents.None && (group.Events & Both) != Both)
        {
            return reader.Fail("MessageNew and MessageExpunge come together, and with the other message events.");
        }

        if (group.IsSelected && (group.Events & ~(NotifyEvents.Messages | NotifyEvents.Unknown)) != NotifyEvents.None)
        {
            return reader.Fail("Of the selected mailbox only message events can be told.");
        }

        return group.IsSelected || group.Items.Count == 0 || reader.Fail("Data items can be asked for in the selected mailbox only.");
    }

    private static bool ReadEvents(ref ImapReader reader, List<FetchItem> items, out NotifyEvents events)
    {
        events = NotifyEvents.None;
        if (reader.TryKeyword("NONE"u8))
        {
            return true;
        }

        if (!reader.OpenParen())
        {
            return false;
        }

        var count = 0;
        do
        {
            if (++count > reader.Limits.OptionsMax)
            {
                return reader.Fail("Too many events.", ImapErrorKind.Limit);
            }

            if (!reader.Atom(out var name))
            {
                return false;
            }

            var parsed = Parse(name);
            events |= parsed;
            if (parsed == NotifyEvents.MessageNew && reader.Peek() == ' ' && reader.PeekAt(1) == '(')
            {
                if (!reader.Space() || FetchItem.ReadItems(ref reader) is not { } wanted)
                {
                    return false;
                }

                items.Clear();
                items.AddRange(wanted);
            }
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }

    private static NotifyEvents Parse(ReadOnlySpan<byte> name)
    {
        foreach (var (text, value) in Names)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(name, text))
            {
                return value;
            }
        }

        return NotifyEvents.Unknown;
    }

    /// <summary>Names of the events that exist.</summary>
    public static readonly IReadOnlyList<(string Text, NotifyEvents Event)> Names =
    [
        ("MessageNew", NotifyEvents.MessageNew),
        ("MessageExpunge", NotifyEvents.MessageExpunge),
        ("FlagChange", NotifyEvents.FlagChange),
        ("AnnotationChange", NotifyEvents.AnnotationChange),
        ("MailboxName", NotifyEvents.MailboxName),
        ("SubscriptionChange", NotifyEvents.SubscriptionChange),
        ("MailboxMetadataChange", NotifyEvents.MailboxMetadataChange),
        ("ServerMetadataChange", NotifyEvents.ServerMetadataChange),
    ];
}
