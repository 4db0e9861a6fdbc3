using Martlet.Store.Model;

namespace Martlet.Store.Changes;

/// <summary>What one commit did to one mailbox: from the writer to the mailbox's index.</summary>
internal sealed class MailboxChanges
{
    /// <summary>New messages, UIDs ascending.</summary>
    public List<MessageRow> Added { get; } = [];

    /// <summary>Messages with new flags, keywords and modseq.</summary>
    public List<MessageRow> Changed { get; } = [];

    /// <summary>Changes of many messages at once, UIDs ascending each; rows that did not change may be among them.</summary>
    public List<MessageRow[]> ChangedMany { get; } = [];

    /// <summary>Messages that are gone.</summary>
    public List<(Uid Uid, ModSeq ModSeq)> Expunged { get; } = [];

    /// <summary>Modseq of the mailbox after the commit.</summary>
    public ModSeq ModSeq { get; set; }

    /// <summary>UIDNEXT after the commit.</summary>
    public Uid UidNext { get; set; }
}
