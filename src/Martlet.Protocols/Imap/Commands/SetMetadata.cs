namespace Martlet.Protocols.Imap.Commands;

/// <summary>An entry and its new value.</summary>
/// <param name="Entry">Name in lower case.</param>
/// <param name="Value">Any bytes; null for NIL, which removes the entry.</param>
public readonly record struct MetadataChange(string Entry, byte[]? Value);

/// <summary>SETMETADATA: RFC 5464 §4.3.</summary>
/// <param name="Mailbox">Mailbox; empty for the server.</param>
/// <param name="Changes">At least one, in the client's order.</param>
public sealed record SetMetadataCommand(MailboxName Mailbox, IReadOnlyList<MetadataChange> Changes)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static SetMetadataCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.Mailbox(out var mailbox) || !reader.Space() || !reader.OpenParen())
        {
            return null;
        }

        List<MetadataChange> changes = [];
        do
        {
            if (changes.Count >= reader.Limits.EntriesMax)
            {
                reader.Fail("Too many entries.", ImapErrorKind.Limit);
                return null;
            }

            if (!reader.Entry(out var entry) || !reader.Space() || !reader.EntryValue(out var value))
            {
                return null;
            }

            changes.Add(new(entry, value));
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen() && reader.End() ? new SetMetadataCommand(mailbox, changes) : null;
    }
}
