namespace Martlet.Protocols.Imap;

/// <summary>Events of NOTIFY, RFC 5465 §5.</summary>
[Flags]
public enum NotifyEvents
{
    /// <summary><c>NONE</c></summary>
    None = 0,

    /// <summary>A message came.</summary>
    MessageNew = 1,

    /// <summary>A message is gone.</summary>
    MessageExpunge = 1 << 1,

    /// <summary>Flags or keywords changed.</summary>
    FlagChange = 1 << 2,

    /// <summary>A message's annotation changed (RFC 5257). Nothing here has such annotations.</summary>
    AnnotationChange = 1 << 3,

    /// <summary>A mailbox was made, deleted or renamed.</summary>
    MailboxName = 1 << 4,

    /// <summary>A subscription was made or ended.</summary>
    SubscriptionChange = 1 << 5,

    /// <summary>A mailbox's annotation changed (RFC 5464).</summary>
    MailboxMetadataChange = 1 << 6,

    /// <summary>An annotation of the server changed (RFC 5464).</summary>
    ServerMetadataChange = 1 << 7,

    /// <summary>An event nobody knows was named.</summary>
    Unknown = 1 << 8,

    /// <summary>Those about messages.</summary>
    Messages = MessageNew | MessageExpunge | FlagChange | AnnotationChange,
}

/// <summary>An event-group of RFC 5465 §8: some mailboxes, and what to tell of them.</summary>
/// <param name="Mailboxes">Which mailboxes.</param>
/// <param name="Events">What is told; <see cref="NotifyEvents.None"/> for nothing.</param>
/// <param name="Items">What is fetched of a new message; of the selected mailbox only.</param>
public sealed record EventGroup(MailboxFilter Mailboxes, NotifyEvents Events, IReadOnlyList<FetchItem> Items)
{
    /// <summary>Whether it is about the selected mailbox, whichever that is.</summary>
    public bool IsSelected => Mailboxes.Kind is MailboxFilterKind.Selected or MailboxFilterKind.SelectedDelayed;
}
