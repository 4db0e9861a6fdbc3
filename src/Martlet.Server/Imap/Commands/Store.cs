using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap.Commands;

/// <summary>STORE and UID STORE: RFC 9051 §6.4.6, with UNCHANGEDSINCE (RFC 7162 §3.1.3).</summary>
internal static class Store
{
    private const int MessagesAtOnce = 100_000;

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, StoreCommand command, bool isUid)
    {
        var selected = session.Open;
        if (!selected.TryResolve(command.Messages, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (selected.IsReadOnly)
        {
            return Expunge.ReadOnly;
        }

        if (command.UnchangedSince is not null)
        {
            session.Enable(ImapFeatures.CondStore);
        }

        var (flags, keywords) = FlagNames.Split(command.Flags);
        var change = command.Action switch
        {
            StoreAction.Add => FlagChange.Add,
            StoreAction.Remove => FlagChange.Remove,
            StoreAction.Replace => FlagChange.Replace,
            _ => throw new InvalidOperationException("No such action."),
        };
        ModSeq? unchangedSince = command.UnchangedSince is { } modSeq ? new ModSeq(modSeq) : null;
        var found = 0;
        var modified = new List<Uid>();
        var progress = new Progress(session, uids.Length);
        // In pieces, so that a change to a million messages does not hold up everybody else's mail; RFC 9051 does not ask for all or none.
        for (var at = 0; at < uids.Length; at += MessagesAtOnce)
        {
            var piece = uids.AsMemory(at, Math.Min(MessagesAtOnce, uids.Length - at)).ToArray();
            var result = await progress.WaitAsync(
                session.Store.SetFlagsAsync(selected.Mailbox, [.. piece.Select(uid => new Uid(uid))], change, flags, keywords, unchangedSince));
            if (!result.IsDone)
            {
                return StoreReplies.For(result.Refusal);
            }

            found += result.Value.Messages.Count + result.Value.Modified.Count;
            modified.AddRange(result.Value.Modified);
            selected.NoteOwnChange(result.Value, isTold: !command.IsSilent);
            await WriteAsync(session, result.Value, isUid, command.IsSilent);
            await progress.ReportAsync(at + piece.Length);
        }

        return Reply(selected, modified, isComplete: found == uids.Length || isUid, isUid);
    }

    private static ImapResult Reply(SelectedMailbox selected, List<Uid> modified, bool isComplete, bool isUid)
    {
        var code = modified.Count == 0
            ? null
            : $"{ResponseCode.Modified} {NumSet.OfNumbers([.. modified.Select(uid => isUid ? uid.Value : (uint)selected.Map.Find(uid.Value))])}";
        if (!isComplete)
        {
            // RFC 2180 §4.2.1: another session expunged some; the client hears of it when numbers may move.
            return ImapResult.No(code ?? ResponseCode.ExpungeIssued, "Some of the messages are gone.");
        }

        return code is null ? ImapResult.Ok("Done.") : ImapResult.Ok(code, "Some messages have changed since; they stay as they are.");
    }

    private static async ValueTask WriteAsync(ImapSession session, FlagsSet result, bool isUid, bool isSilent)
    {
        session.Updates.AnnounceKeywords();
        for (var i = 0; i < result.Messages.Count; i++)
        {
            var row = result.Messages[i];
            // With CONDSTORE a silent change still tells the new modseq (RFC 7162 §3.1.3); what did not change needs none.
            if (!isSilent || (session.Has(ImapFeatures.CondStore) && row.ModSeq != result.Before[i]))
            {
                FetchReply.WriteChange(session, row, withUid: isUid, withFlags: !isSilent);
                await session.FlushIfLargeAsync();
            }
        }

        foreach (var uid in result.Modified)
        {
            // RFC 7162 §3.1.3 recommends to say what they are now, so that the client need not ask.
            if (session.Open.View.TryGet(uid, out var row))
            {
                FetchReply.WriteChange(session, row, withUid: isUid);
                session.Open.NoteTold(row);
                await session.FlushIfLargeAsync();
            }
        }
    }
}
