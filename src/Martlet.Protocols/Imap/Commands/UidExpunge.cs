namespace Martlet.Protocols.Imap.Commands;

/// <summary>UID EXPUNGE: RFC 4315 §2.1. EXPUNGE without UID is a <see cref="BareCommand"/>.</summary>
/// <param name="Uids">Only these of the messages with \Deleted.</param>
public sealed record UidExpungeCommand(NumSet Uids)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static UidExpungeCommand? Read(ref ImapReader reader) =>
        reader.Space() && reader.SequenceSet(out var uids) && reader.End() ? new UidExpungeCommand(uids) : null;
}
