using Martlet.Protocols.Imap;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Metadata;

/// <summary>
/// Tells a client that has turned it on which annotations others have changed: names, never values (RFC 5464 §4.4.2). It keeps the table as the client knows it
/// and compares; nobody has to remember changes for it.
/// </summary>
internal sealed class MetadataUpdates(ImapSession session, Account account)
{
    private const int NamesALine = 100;

    private AnnotationTable _told = account.Annotations;

    /// <summary>Whose annotations.</summary>
    public Account Account => account;

    /// <summary>The client made this change itself and is not told of it; side effects on other mailboxes it is.</summary>
    /// <param name="owner">What was annotated.</param>
    /// <param name="changes">Changes, in order.</param>
    /// <param name="use">New special use, if it was set.</param>
    /// <param name="modSeq">Modseq of the change.</param>
    public void NoteOwn(MailboxId owner, IReadOnlyList<AnnotationChange> changes, SpecialUse? use, ModSeq modSeq)
    {
        foreach (var (name, value) in changes)
        {
            _told = _told.With(owner, name, value is null ? null : new Annotation(modSeq, value.Length));
        }

        _told = use is { } own ? _told.WithUse(owner, own) : _told;
    }

    /// <summary>Writes what has changed since the last time.</summary>
    public async ValueTask WriteAsync()
    {
        var now = account.Annotations;
        var changes = now.ChangesSince(_told);
        _told = now;
        if (changes.Count == 0)
        {
            return;
        }

        var names = account.Mailboxes.ToDictionary(entry => entry.Value.Id, entry => entry.Key);
        names[AnnotationTable.Server] = "";
        foreach (var change in changes)
        {
            // A deleted mailbox has no name any more, and its annotations went with it.
            if (names.TryGetValue(change.Owner, out var name) && IsWanted(name))
            {
                await WriteAsync(name, change.Names);
            }
        }
    }

    private bool IsWanted(string mailbox) => session.Has(ImapFeatures.Metadata) || session.Notifications?.Watch?.WantsMetadataOf(mailbox) == true;

    private async ValueTask WriteAsync(string mailbox, IReadOnlyList<string> entries)
    {
        foreach (var line in entries.Chunk(NamesALine))
        {
            session.Writer.Raw("* METADATA "u8).Mailbox(new MailboxName(mailbox));
            foreach (var entry in line)
            {
                session.Writer.Space().AString(entry);
            }

            session.Writer.CrLf();
            await session.FlushIfLargeAsync();
        }
    }
}
