using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;

namespace Martlet.Server.Imap.Commands;

/// <summary>STATUS: RFC 9051 §6.3.11. Counters are kept by the store, so it costs no more for a large mailbox.</summary>
internal static class Status
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session, StatusCommand command)
    {
        if (session.LoggedIn.FindMailbox(command.Mailbox.Value) is not { } mailbox)
        {
            return new(StoreReplies.NoSuchMailbox());
        }

        NoteItems(session, command.Items);
        Write(session, mailbox, command.Items);
        return new(ImapResult.Ok("Done."));
    }

    /// <summary>Asking for HIGHESTMODSEQ turns CONDSTORE on (RFC 7162 §3.1), in LIST RETURN (STATUS) too.</summary>
    public static void NoteItems(ImapSession session, StatusItems items)
    {
        if (items.HasFlag(StatusItems.HighestModSeq))
        {
            session.Enable(ImapFeatures.CondStore);
        }
    }

    /// <summary>Writes the response, for LIST RETURN (STATUS) too.</summary>
    public static void Write(ImapSession session, Mailbox mailbox, StatusItems items)
    {
        var info = mailbox.Info;
        var writer = session.Writer;
        writer.Raw("* STATUS "u8).Mailbox(new MailboxName(info.Name)).Raw(" ("u8);
        var isFirst = true;
        Item(StatusItems.Messages, "MESSAGES "u8, info.Messages);
        Item(StatusItems.Recent, "RECENT "u8, 0);
        Item(StatusItems.UidNext, "UIDNEXT "u8, info.UidNext.Value);
        Item(StatusItems.UidValidity, "UIDVALIDITY "u8, info.UidValidity.Value);
        Item(StatusItems.Unseen, "UNSEEN "u8, info.Unseen);
        Item(StatusItems.Deleted, "DELETED "u8, info.Deleted);
        Item(StatusItems.Size, "SIZE "u8, info.Bytes);
        Item(StatusItems.DeletedStorage, "DELETED-STORAGE "u8, info.DeletedBytes);
        Item(StatusItems.HighestModSeq, "HIGHESTMODSEQ "u8, info.ModSeq.Value);
        Item(StatusItems.AppendLimit, "APPENDLIMIT "u8, session.Store.Limits.MessageBytesMax);
        writer.Raw(")\r\n"u8);

        void Item(StatusItems item, ReadOnlySpan<byte> name, long value)
        {
            if (items.HasFlag(item))
            {
                writer.Raw(isFirst ? ""u8 : " "u8).Raw(name).Number(value);
                isFirst = false;
            }
        }
    }
}
