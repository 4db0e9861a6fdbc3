using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap.Commands;

/// <summary>STORE and UID STORE: RFC 9051 §6.4.6.</summary>
internal static class Store
{
    private const int MessagesAtOnce = 10_000;

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, StoreCommand command, bool isUid)
    {
        var selected = session.Open;
        if (command.UnchangedSince is not null)
        {
            return ImapResult.Bad("CONDSTORE is not offered.");
        }

        if (!selected.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (selected.IsReadOnly)
        {
            return Expunge.ReadOnly;
        }

        var (flags, keywords) = FlagNames.Split(command.Flags);
        var change = command.Action switch
        {
            StoreAction.Add => FlagChange.Add,
            StoreAction.Remove => FlagChange.Remove,
            StoreAction.Replace => FlagChange.Replace,
            _ => throw new InvalidOperationException("No such action."),
        };
        var found = 0;
        // In pieces, so that a change to a million messages does not hold up everybody else's mail; RFC 9051 does not ask for all or none.
        for (var at = 0; at < uids.Length; at += MessagesAtOnce)
        {
            var piece = uids.AsMemory(at, Math.Min(MessagesAtOnce, uids.Length - at)).ToArray();
            var result = await session.Store.SetFlagsAsync(selected.Mailbox, [.. piece.Select(uid => new Uid(uid))], change, flags, keywords);
            if (!result.IsDone)
            {
                return StoreReplies.For(result.Refusal);
            }

            found += result.Value.Messages.Count;
            selected.NoteOwnChange(result.Value, isTold: !command.IsSilent);
            if (!command.IsSilent)
            {
                await WriteAsync(session, result.Value.Messages, isUid);
            }
        }

        if (found < uids.Length && !isUid)
        {
            // RFC 2180 §4.2.1: another session expunged some; the client hears of it when numbers may move.
            return ImapResult.No(ResponseCode.ExpungeIssued, "Some of the messages are gone.");
        }

        return ImapResult.Ok("Done.");
    }

    private static async ValueTask WriteAsync(ImapSession session, IReadOnlyList<MessageRow> messages, bool isUid)
    {
        session.Updates.AnnounceKeywords();
        var selected = session.Open;
        var names = selected.Mailbox.Account.Keywords;
        foreach (var row in messages)
        {
            session.Writer.Raw("* "u8).Number(selected.Map.Find(row.Uid.Value)).Raw(" FETCH ("u8);
            if (isUid)
            {
                session.Writer.Raw("UID "u8).Number(row.Uid.Value).Space();
            }

            session.Writer.Raw("FLAGS "u8);
            FlagNames.Write(session.Writer, row.Flags, row.Keywords, names);
            session.Writer.Raw(")\r\n"u8);
            await session.FlushIfLargeAsync();
        }
    }
}
