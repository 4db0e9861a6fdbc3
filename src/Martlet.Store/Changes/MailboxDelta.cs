using Martlet.Store.Model;

namespace Martlet.Store.Changes;

/// <summary>What happened to a mailbox since a view last looked.</summary>
/// <param name="Changed">Known messages with new flags or keywords, UIDs ascending; never one that is in <paramref name="Expunged"/>.</param>
/// <param name="Added">New messages, UIDs ascending.</param>
/// <param name="Expunged">UIDs of known messages that are gone, ascending; empty while expunges may not be told.</param>
/// <param name="ModSeq">The mailbox's modseq at this moment.</param>
/// <param name="UidNextBefore">UIDNEXT when the view last looked.</param>
public sealed record MailboxDelta(
    IReadOnlyList<MessageRow> Changed, IReadOnlyList<MessageRow> Added, IReadOnlyList<uint> Expunged, ModSeq ModSeq, Uid UidNextBefore)
{
    /// <summary>Nothing happened.</summary>
    public static readonly MailboxDelta Nothing = new([], [], [], default, default);

    /// <summary>Whether nothing happened.</summary>
    public bool IsEmpty => Changed.Count + Added.Count + Expunged.Count == 0;
}

/// <summary>A mailbox at the moment it was opened.</summary>
/// <param name="Uids">All UIDs, ascending; shared by all who opened the mailbox as it was then.</param>
/// <param name="ModSeq">HIGHESTMODSEQ.</param>
/// <param name="UidNext">UIDNEXT.</param>
public sealed record MailboxSnapshot(ReadOnlyMemory<uint> Uids, ModSeq ModSeq, Uid UidNext);
