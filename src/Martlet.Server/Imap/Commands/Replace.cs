using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>REPLACE and UID REPLACE: RFC 8508. A message is put in and another taken out, both or neither; the reply comes when the disk has it.</summary>
internal static class Replace
{
    /// <summary>Reads REPLACE, up to its message.</summary>
    public static AppendStep Read(ref ImapReader reader, out Func<ImapSession, ValueTask<ImapResult>>? run) => Read(ref reader, isUid: false, out run);

    /// <summary>Reads UID REPLACE, up to its message.</summary>
    public static AppendStep ReadUid(ref ImapReader reader, out Func<ImapSession, ValueTask<ImapResult>>? run) => Read(ref reader, isUid: true, out run);

    private static AppendStep Read(ref ImapReader reader, bool isUid, out Func<ImapSession, ValueTask<ImapResult>>? run)
    {
        var step = ReplaceCommand.ReadFirst(ref reader, out var command);
        run = step == AppendStep.Message ? session => RunAsync(session, command!, isUid) : null;
        return step;
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, ReplaceCommand command, bool isUid)
    {
        using var receiver = new MessageReceiver(session);
        var destination = session.LoggedIn.FindMailbox(command.Mailbox.Value);
        if ((Refuse(session, command, isUid, out var uid) ?? receiver.Refuse(destination, command.Message) ?? RefuseSize(session, command, uid)) is { } refused)
        {
            await receiver.SkipAsync(command.Message, canBeMore: false);
            return refused;
        }

        var message = await receiver.ReceiveAsync(destination!, command.Message, canBeMore: false);
        var (step, _) = await receiver.NextAsync(command.Message, canBeMore: false);
        if (step != AppendStep.End)
        {
            return ImapResult.Bad("Not understood after the message.");
        }

        session.RequireServed();
        var source = session.Open.Mailbox;
        var result = await session.Store.ReplaceMessageAsync(message, source, uid, session.Origin);
        if (!result.IsDone)
        {
            return StoreReplies.For(result.Refusal, isDestination: !source.IsDeleted);
        }

        session.NoteAdded(destination!, [result.Value.Uid], result.Value.ModSeq);
        // RFC 8508 §4.3: APPENDUID untagged, before the EXPUNGE that comes with what else is pending.
        var added = result.Value;
        session.Writer.Raw("* OK ["u8).Atom($"{ResponseCode.AppendUid} {added.UidValidity} {added.Uid}").Raw("] Replaced.\r\n"u8);
        return ImapResult.Ok("Done.") with { NamesModSeq = true };
    }

    private static ImapResult? Refuse(ImapSession session, ReplaceCommand command, bool isUid, out Uid uid)
    {
        var selected = session.Open;
        uid = default;
        if (!selected.TryResolve(command.Replaced, isUid, out var uids))
        {
            return ImapResult.Bad("There are not so many messages.");
        }

        if (selected.IsReadOnly)
        {
            return Expunge.ReadOnly;
        }

        if (uids.Length == 0)
        {
            return ImapResult.No(ResponseCode.NonExistent, "No such message.");
        }

        uid = new Uid(uids[0]);
        return selected.View.IsExpunged(uid) ? StoreReplies.For(Refusal.NoSuchMessage) : null;
    }

    // RFC 8508 §3.4: only what is more than before counts.
    private static ImapResult? RefuseSize(ImapSession session, ReplaceCommand command, Uid uid)
    {
        var old = session.Open.View.TryGet(uid, out var row) ? row.Size : 0;
        return session.Store.QuotaOf(session.LoggedIn).HasRoom(session.LoggedIn.Row, command.Message.Literal.Bytes - old, messages: 0) ? null : StoreReplies.For(Refusal.OverQuota);
    }
}
