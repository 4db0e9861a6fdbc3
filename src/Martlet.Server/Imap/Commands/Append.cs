using System.Buffers;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap.Commands;

/// <summary>APPEND of one or more messages: RFC 9051 §6.3.12, RFC 3502. All or none; the reply comes when the disk has them.</summary>
internal static class Append
{
    private const int PieceBytes = 32 * 1024;

    /// <summary>An APPEND that ended without the literal of a message.</summary>
    public static Func<ImapSession, ValueTask<ImapResult>>? Incomplete(ref ImapReader reader)
    {
        _ = AppendCommand.ReadFirst(ref reader, out _, out _) != AppendStep.Error || reader.Fail("Expected the message as a literal.");
        return null;
    }

    /// <summary>Runs from the first message's literal on; the line that announced it is taken.</summary>
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, MailboxName name, AppendMessage message)
    {
        var spools = new List<MessageSpool>();
        try
        {
            return await RunAsync(session, name, message, spools);
        }
        finally
        {
            spools.ForEach(spool => spool.Dispose());
            session.Commands.Framer.Reset();
        }
    }

    private static async ValueTask<ImapResult> RunAsync(ImapSession session, MailboxName name, AppendMessage first, List<MessageSpool> spools)
    {
        var mailbox = session.LoggedIn.FindMailbox(name.Value);
        var messages = new List<NewMessage>();
        var total = 0L;
        for (var message = first; message is not null;)
        {
            total += message.Literal.Bytes;
            var refusal = Refuse(session, mailbox, message, total, spools.Count);
            if (refusal is { } refused)
            {
                await SkipAsync(session, message);
                return refused;
            }

            var spool = await ReceiveAsync(session, message, spools);
            var (flags, keywords) = FlagNames.Split(message.Flags);
            messages.Add(new NewMessage { Mailbox = mailbox!, Content = spool, Flags = flags, Keywords = keywords, Received = message.InternalDate });
            var (step, next) = await NextAsync(session, message);
            if (step == AppendStep.Error)
            {
                return ImapResult.Bad("Not understood after the message.");
            }

            message = next;
        }

        var result = await session.Store.AddMessagesAsync(messages);
        if (!result.IsDone)
        {
            return StoreReplies.For(result.Refusal, isDestination: true);
        }

        session.NoteAdded(mailbox!, [.. result.Value.Select(added => added.Uid)], result.Value[^1].ModSeq);
        var uids = NumSet.OfNumbers([.. result.Value.Select(added => added.Uid.Value)]);
        return ImapResult.Ok($"{ResponseCode.AppendUid} {result.Value[0].UidValidity} {uids}", "Done.");
    }

    // Before the data where it can be known, so that a client with a synchronizing literal need not send it.
    private static ImapResult? Refuse(ImapSession session, Mailbox? mailbox, AppendMessage message, long total, int before)
    {
        if (mailbox is null || mailbox.IsDeleted)
        {
            return StoreReplies.NoSuchMailbox(isDestination: true);
        }

        if (message.Literal.Bytes == 0)
        {
            return ImapResult.No(ResponseCode.Cannot, "An empty message cannot be appended.");
        }

        if (message.Literal.Bytes > session.Store.Limits.MessageBytesMax)
        {
            return ImapResult.No(ResponseCode.TooBig, "The message is too large.");
        }

        if (before > 0 && total > session.Options.AppendBytesMax)
        {
            return ImapResult.No(ResponseCode.Limit, "Too much in one command; append the rest with another.");
        }

        if (before >= session.Options.AppendMessagesMax)
        {
            return ImapResult.No(ResponseCode.Limit, "Too many messages in one command.");
        }

        var account = session.LoggedIn.Row;
        var isOver = (account.QuotaBytes > 0 && account.Bytes + total > account.QuotaBytes)
            || (account.QuotaMessages > 0 && account.Messages + before + 1 > account.QuotaMessages);
        return isOver ? StoreReplies.For(Refusal.OverQuota) : null;
    }

    private static async ValueTask<MessageSpool> ReceiveAsync(ImapSession session, AppendMessage message, List<MessageSpool> spools)
    {
        if (message.Literal.IsSync)
        {
            await session.Commands.ContinueAsync();
        }

        var spool = session.Store.NewSpool();
        spools.Add(spool);
        await ReadLiteralAsync(session, message.Literal.Bytes, bytes => spool.Write(bytes.Span));
        spool.Complete();
        return spool;
    }

    // The data of a non-synchronizing literal comes whether wanted or not: it is read over within a bound.
    private static async ValueTask SkipAsync(ImapSession session, AppendMessage message)
    {
        if (message.Literal.IsSync)
        {
            return; // The client waits for "+" and gets the refusal.
        }

        if (message.Literal.Bytes > Math.Max(session.Limits.DiscardBytesMax, session.Store.Limits.MessageBytesMax))
        {
            throw new ProtocolException(ResponseCode.TooBig, "The message is too large.");
        }

        await ReadLiteralAsync(session, message.Literal.Bytes, _ => { });
        await SkipRestAsync(session, message);
    }

    private static async ValueTask SkipRestAsync(ImapSession session, AppendMessage message)
    {
        while (true)
        {
            var (step, next) = await NextAsync(session, message);
            if (step != AppendStep.Message || next!.Literal.IsSync)
            {
                return;
            }

            if (next.Literal.Bytes > session.Store.Limits.MessageBytesMax)
            {
                throw new ProtocolException(ResponseCode.TooBig, "The message is too large.");
            }

            await ReadLiteralAsync(session, next.Literal.Bytes, _ => { });
            message = next;
        }
    }

    private static async ValueTask ReadLiteralAsync(ImapSession session, long bytes, Action<ReadOnlyMemory<byte>> sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            // The client may wait for the replies to commands before.
            await session.Connection.FlushAsync();
            while (bytes > 0)
            {
                session.Connection.ExpectWithin(session.Options.LiteralPause);
                var count = await session.Connection.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, bytes)));
                if (count == 0)
                {
                    throw new IOException("The client went away inside a message.");
                }

                sink(buffer.AsMemory(0, count));
                bytes -= count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // After a message: the end of the command, or the announcement of another message.
    private static async ValueTask<(AppendStep Step, AppendMessage? Next)> NextAsync(ImapSession session, AppendMessage previous)
    {
        var framer = session.Commands.Framer;
        while (true)
        {
            var step = framer.Next(session.Connection.Unread);
            switch (step.Kind)
            {
                case FrameStepKind.NeedMore:
                    if (!await session.Connection.FillAsync())
                    {
                        throw new IOException("The client went away inside APPEND.");
                    }

                    break;
                case FrameStepKind.Command or FrameStepKind.Literal or FrameStepKind.EmptyLine:
                    var outcome = Read(session, session.Connection.Unread[..step.Length], previous);
                    if (step.Kind == FrameStepKind.Literal && outcome.Step != AppendStep.Message)
                    {
                        await session.Commands.DropAsync(step);
                        return outcome;
                    }

                    session.Connection.Advance(step.Length);
                    if (step.Kind == FrameStepKind.Literal)
                    {
                        framer.StreamLiteral();
                    }

                    return outcome;
                default:
                    throw new ProtocolException(ResponseCode.TooBig, "The line is too long.");
            }
        }
    }

    private static (AppendStep Step, AppendMessage? Next) Read(ImapSession session, ReadOnlySpan<byte> line, AppendMessage previous)
    {
        var reader = new ImapReader(line, session.Limits, session.IsUtf8);
        var step = AppendCommand.ReadNext(ref reader, previous, out var next);
        return (step, next);
    }
}
