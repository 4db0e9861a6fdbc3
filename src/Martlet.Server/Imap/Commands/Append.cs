using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap.Commands;

/// <summary>APPEND of one or more messages: RFC 9051 §6.3.12, RFC 3502. All or none; the reply comes when the disk has them.</summary>
internal static class Append
{
    /// <summary>Reads a command that is streamed, up to its first message.</summary>
    public static AppendStep Read(ref ImapReader reader, out Func<ImapSession, ValueTask<ImapResult>>? run)
    {
        var step = AppendCommand.ReadFirst(ref reader, out var mailbox, out var message);
        run = step == AppendStep.Message ? session => RunAsync(session, mailbox, message!) : null;
        return step;
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, MailboxName name, AppendMessage first)
    {
        using var receiver = new MessageReceiver(session);
        var mailbox = session.LoggedIn.FindMailbox(name.Value);
        var messages = new List<NewMessage>();
        var total = 0L;
        for (var message = first; message is not null;)
        {
            total += message.Literal.Bytes;
            if ((receiver.Refuse(mailbox, message) ?? Refuse(session, total, messages.Count)) is { } refused)
            {
                await receiver.SkipAsync(message, canBeMore: true);
                return refused;
            }

            messages.Add(await receiver.ReceiveAsync(mailbox!, message, canBeMore: true));
            var (step, next) = await receiver.NextAsync(message, canBeMore: true);
            if (step == AppendStep.Error)
            {
                return ImapResult.Bad("Not understood after the message.");
            }

            message = next;
        }

        session.RequireServed();
        var result = await session.Store.AddMessagesAsync(messages, session.Origin);
        if (!result.IsDone)
        {
            return StoreReplies.For(result.Refusal, isDestination: true);
        }

        session.NoteAdded(mailbox!, [.. result.Value.Select(added => added.Uid)], result.Value[^1].ModSeq);
        var uids = NumSet.OfNumbers([.. result.Value.Select(added => added.Uid.Value)]);
        return ImapResult.Ok($"{ResponseCode.AppendUid} {result.Value[0].UidValidity} {uids}", "Done.");
    }

    private static ImapResult? Refuse(ImapSession session, long total, int before) =>
        before > 0 && total > session.Options.AppendBytesMax ? ImapResult.No(ResponseCode.Limit, "Too much in one command; append the rest with another.")
        : before >= session.Options.AppendMessagesMax ? ImapResult.No(ResponseCode.Limit, "Too many messages in one command.")
        : !session.Store.QuotaOf(session.LoggedIn).HasRoom(session.LoggedIn.Row, total, before + 1) ? StoreReplies.For(Refusal.OverQuota)
        : null;
}
