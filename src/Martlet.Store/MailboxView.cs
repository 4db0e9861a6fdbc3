using Martlet.Store.Changes;
using Martlet.Store.Model;

namespace Martlet.Store;

/// <summary>
/// One session's view of a mailbox: what it has been told and what not yet. While it is open, the mailbox's messages stay in memory and expunged messages it
/// has not been told about stay readable.
/// </summary>
/// <remarks>Used by one session; <see cref="Signal"/> is set by the writer.</remarks>
public sealed class MailboxView : IDisposable
{
    private bool _isDisposed;
    private bool _isLagging;

    internal MailboxView(Mailbox mailbox, ChangeSignal signal)
    {
        Mailbox = mailbox;
        Signal = signal;
        Opened = mailbox.Index.Enter(this);
    }

    /// <summary>The mailbox.</summary>
    public Mailbox Mailbox { get; }

    /// <summary>The mailbox at the moment the view was opened.</summary>
    public MailboxSnapshot Opened { get; }

    /// <summary>Set when something changed; may be shared with other sources.</summary>
    public ChangeSignal Signal { get; }

    /// <summary>
    /// Whether the view fell so far behind with expunges that the store has let go of what it was not told (<see cref="StoreLimits.GhostsPerMailboxMax"/>). It is
    /// told nothing more: its session must end. <see cref="Signal"/> is set when it happens.
    /// </summary>
    public bool IsLagging
    {
        get => Volatile.Read(ref _isLagging);
        internal set => Volatile.Write(ref _isLagging, value);
    }

    /// <summary>UIDs below are known to the view.</summary>
    public Uid UidNext { get; private set; }

    /// <summary>The lowest modseq of an expunge that the last <see cref="Collect"/> was not allowed to tell; null when there was none.</summary>
    public ModSeq? FirstPendingExpunge { get; internal set; }

    /// <summary>Flag changes and new messages up to here are known.</summary>
    internal ModSeq Seen { get; private set; }

    /// <summary>Expunges up to here are known.</summary>
    internal ModSeq ExpungedSeen { get; private set; }

    /// <summary>Expunged messages that came and went without the view being told of either.</summary>
    internal HashSet<uint> NeverTold { get; } = [];

    /// <summary>What happened since the last call.</summary>
    /// <param name="withExpunged">Whether expunges may be told now; if not they stay pending.</param>
    /// <param name="withChanges">The same for changed flags and new messages.</param>
    public MailboxDelta Collect(bool withExpunged, bool withChanges = true) => Mailbox.Index.Collect(this, withExpunged, withChanges);

    /// <summary>Rows of known messages for ascending UIDs; ghosts included, others left out.</summary>
    /// <returns>Number of rows written.</returns>
    public int Read(ReadOnlySpan<uint> uids, Span<MessageRow> rows) => Mailbox.Index.Read(uids, rows, ghosts: true);

    /// <summary>One row, ghosts included.</summary>
    public bool TryGet(Uid uid, out MessageRow row) => Mailbox.Index.TryGet(uid, ghosts: true, out row);

    /// <summary>Whether the message has been expunged though this view was not told yet.</summary>
    public bool IsExpunged(Uid uid) => !Mailbox.Index.TryGet(uid, ghosts: false, out _);

    /// <summary>UIDs of messages that have all of these flags now, ascending; also of some the view was not told of yet.</summary>
    public uint[] UidsWith(MessageFlags flags) => Mailbox.Index.UidsWith(flags);

    /// <summary>UID of the first message that lacks one of these flags now; perhaps of one the view was not told of yet. Null when all have them.</summary>
    public Uid? FirstWithout(MessageFlags flags) => Mailbox.Index.FirstWithout(flags);

    /// <summary>Numbers of the keywords that messages of the mailbox have.</summary>
    public int[] KeywordsInUse() => Mailbox.Index.KeywordsInUse();

    /// <summary>Closes the view.</summary>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            Mailbox.Index.Leave(this);
            Interlocked.Decrement(ref Mailbox.Index.Uses);
        }
    }

    internal void Advance(ModSeq seen, ModSeq expungedSeen, Uid uidNext)
    {
        Seen = seen;
        ExpungedSeen = expungedSeen;
        UidNext = uidNext;
    }
}
