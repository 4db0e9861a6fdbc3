using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>SELECT and EXAMINE: RFC 9051 §6.3.2, §6.3.3, with the parameters CONDSTORE and QRESYNC (RFC 7162 §3.1.8, §3.2.5).</summary>
internal static class Select
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, SelectCommand command, bool isReadOnly)
    {
        if (command.QResync is not null && !session.Has(ImapFeatures.QResync))
        {
            return ImapResult.Bad("QRESYNC comes after ENABLE QRESYNC.");
        }

        if (command.QResync?.MatchSeqs is not null && session.Has(ImapFeatures.UidOnly))
        {
            return ImapResult.Bad(ResponseCode.UidRequired, "Sequence numbers are off.");
        }

        if (session.Selected is not null)
        {
            // RFC 9051 §7.1: tells a pipelining client where the old mailbox's data ends. A failed SELECT leaves none open.
            session.Deselect();
            session.Writer.Raw("* OK [CLOSED] The mailbox before is closed.\r\n"u8);
        }

        if (session.LoggedIn.FindMailbox(command.Mailbox.Value) is not { } mailbox)
        {
            return StoreReplies.NoSuchMailbox();
        }

        var view = await session.Store.OpenViewAsync(mailbox, session.Changed);
        if (command.CondStore)
        {
            session.Enable(ImapFeatures.CondStore);
        }

        session.Select(new SelectedMailbox(view, isReadOnly));
        Write(session, mailbox);
        if (command.QResync is { } known && known.UidValidity == mailbox.Info.UidValidity.Value)
        {
            await Resync.WriteAsync(session, known);
        }

        return isReadOnly ? ImapResult.Ok(ResponseCode.ReadOnly, "Done.") : ImapResult.Ok(ResponseCode.ReadWrite, "Done.");
    }

    private static void Write(ImapSession session, Mailbox mailbox)
    {
        var selected = session.Open;
        var writer = session.Writer;
        session.Updates.WriteFlagsLine();
        session.Updates.WritePermanentFlags();
        session.Updates.WriteExists();
        if (!session.IsRev2 && !session.Has(ImapFeatures.UidOnly) && FirstUnseen(selected) is var unseen and > 0)
        {
            writer.Raw("* OK [UNSEEN "u8).Number(unseen).Raw("] The first message not seen.\r\n"u8);
        }

        writer.Raw("* OK [UIDVALIDITY "u8).Number(mailbox.Info.UidValidity.Value).Raw("] UIDs are valid.\r\n"u8);
        writer.Raw("* OK [UIDNEXT "u8).Number(selected.View.Opened.UidNext.Value).Raw("] The next UID.\r\n"u8);
        // Always, also when the client has not asked for CONDSTORE (RFC 7162 §3.1.2.1).
        writer.Raw("* OK [HIGHESTMODSEQ "u8).Number(selected.Told.Value).Raw("] Changes are numbered.\r\n"u8);
        if (session.IsRev2)
        {
            // RFC 9051 §6.3.2: the mailbox's name as we spell it.
            Listing.ListWriter.Write(session.Writer, mailbox.Info.Name, [], oldName: null);
        }
    }

    // One that arrived this moment, which the client does not count yet, has no number: 0.
    private static int FirstUnseen(SelectedMailbox selected) =>
        selected.Mailbox.Info.Unseen > 0 && selected.View.FirstWithout(MessageFlags.Seen) is { } uid ? selected.Map.Find(uid.Value) : 0;
}
