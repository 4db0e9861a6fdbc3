namespace Martlet.Protocols.Imap.Client;

/// <summary>NOTIFY SET, or NOTIFY NONE without groups: RFC 5465 §3.1.</summary>
/// <param name="Groups">What is watched; none turns all off.</param>
public sealed record NotifyRequest(params IReadOnlyList<EventGroup> Groups) : ImapRequest
{
    private static readonly (NotifyEvents Event, string Name)[] EventNames =
    [
        (NotifyEvents.MessageNew, "MessageNew"), (NotifyEvents.MessageExpunge, "MessageExpunge"), (NotifyEvents.FlagChange, "FlagChange"),
        (NotifyEvents.AnnotationChange, "AnnotationChange"), (NotifyEvents.MailboxName, "MailboxName"), (NotifyEvents.SubscriptionChange, "SubscriptionChange"),
        (NotifyEvents.MailboxMetadataChange, "MailboxMetadataChange"), (NotifyEvents.ServerMetadataChange, "ServerMetadataChange"),
    ];

    /// <summary>Send a STATUS of each mailbox watched first.</summary>
    public bool WithStatus { get; init; }

    /// <inheritdoc/>
    public override string Name => "NOTIFY";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        if (Groups.Count == 0)
        {
            writer.Raw(" NONE");
            return;
        }

        writer.Raw(WithStatus ? " SET STATUS" : " SET");
        foreach (var group in Groups)
        {
            Write(writer.Raw(" "), group);
        }
    }

    private static void Write(ImapCommandWriter writer, EventGroup group)
    {
        MailboxFilterWriter.Write(writer.Raw("("), group.Mailboxes);
        var names = Array.FindAll(EventNames, name => group.Events.HasFlag(name.Event));
        if (names.Length == 0)
        {
            writer.Raw(" NONE)");
            return;
        }

        writer.Raw(" ").List(names, (w, name) =>
        {
            w.Raw(name.Name);
            if (name.Event == NotifyEvents.MessageNew && group.Items.Count > 0)
            {
                w.Raw(" ").List(group.Items, FetchItemWriter.Write);
            }
        }).Raw(")");
    }
}

/// <summary>Writes filter-mailboxes.</summary>
internal static class MailboxFilterWriter
{
    /// <summary>One specifier.</summary>
    public static void Write(ImapCommandWriter writer, MailboxFilter filter)
    {
        writer.Raw(filter.Kind switch
        {
            MailboxFilterKind.Selected => "selected",
            MailboxFilterKind.SelectedDelayed => "selected-delayed",
            MailboxFilterKind.Inboxes => "inboxes",
            MailboxFilterKind.Personal => "personal",
            MailboxFilterKind.Subscribed => "subscribed",
            MailboxFilterKind.Subtree => "subtree",
            MailboxFilterKind.SubtreeOne => "subtree-one",
            MailboxFilterKind.Mailboxes => "mailboxes",
            _ => throw new ArgumentOutOfRangeException(nameof(filter), filter.Kind, "Not a specifier."),
        });
        if (filter.Names.Count > 0)
        {
            writer.Raw(" ").List(filter.Names, static (w, mailbox) => w.Mailbox(mailbox));
        }
    }
}
