using System.Globalization;
using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>SETMETADATA: RFC 5464 §4.3, all entries or none. The entry /private/specialuse moves a special use (RFC 6154 §4).</summary>
internal static class SetMetadata
{
    // RFC 5464 §3.2.1.1: the one is always read-only; the other would be seen by all users, so it is not one user's to write.
    private static readonly string[] ReadOnlyOfServer = ["/shared/admin", "/shared/comment"];

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, SetMetadataCommand command)
    {
        if (!GetMetadata.TryFind(session, command.Mailbox, out var mailbox))
        {
            return StoreReplies.NoSuchMailbox();
        }

        if (mailbox is null && command.Changes.FirstOrDefault(change => ReadOnlyOfServer.Contains(change.Entry)).Entry is { } entry)
        {
            return ImapResult.No(ResponseCode.NoPerm, $"{entry} of the server cannot be changed.");
        }

        if (!TrySplit(command.Changes, mailbox, out var changes, out var use))
        {
            return BadUse;
        }

        var account = session.LoggedIn;
        var result = await session.Store.SetAnnotationsAsync(account, mailbox, changes, use);
        if (!result.IsDone)
        {
            return Refused(session.Store.Limits, result.Refusal);
        }

        session.MetadataUpdates?.NoteOwn(mailbox?.Id ?? AnnotationTable.Server, changes, use, result.Value);
        return ImapResult.Ok("Done.");
    }

    /// <summary>Reply to a value that is too large, known when it is announced or when it is there.</summary>
    public static ImapResult TooLarge(StoreLimits limits) => ImapResult.No(
        string.Create(CultureInfo.InvariantCulture, $"{ResponseCode.Metadata} MAXSIZE {limits.AnnotationValueBytesMax}"), "The value is too large.");

    private static ImapResult BadUse =>
        ImapResult.No(ResponseCode.UseAttr, "A mailbox other than INBOX can have one of \\Archive, \\Drafts, \\Junk, \\Sent and \\Trash, or none.");

    private static ImapResult Refused(StoreLimits limits, Refusal refusal) => refusal switch
    {
        Refusal.ValueTooLarge => TooLarge(limits),
        Refusal.LimitReached => ImapResult.No($"{ResponseCode.Metadata} TOOMANY", "There are too many entries, or they are too large together; remove some first."),
        Refusal.BadUse => BadUse,
        Refusal.BadName => ImapResult.Bad("An entry of that name cannot be set."), // RFC 5464 §3.2: invalid names result in BAD.
        _ => StoreReplies.For(refusal),
    };

    // The special use is a property of the mailbox, not one of its annotations.
    private static bool TrySplit(IReadOnlyList<MetadataChange> all, Mailbox? mailbox, out List<AnnotationChange> changes, out SpecialUse? use)
    {
        (changes, use) = ([], null);
        foreach (var (entry, value) in all)
        {
            if (entry != AnnotationName.SpecialUse)
            {
                changes.Add(new(entry, value));
                continue;
            }

            var next = SpecialUse.None;
            if (mailbox is null || !(value is null or [] || SpecialUses.TryParse(Encoding.ASCII.GetString(value), out next)))
            {
                return false;
            }

            use = next;
        }

        return true;
    }
}
