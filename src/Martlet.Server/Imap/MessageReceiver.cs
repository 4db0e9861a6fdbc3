using System.Buffers;
using System.Runtime.ExceptionServices;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Imap;

/// <summary>Takes the messages of one APPEND or REPLACE from the client: streamed into spools, or read over when they are refused.</summary>
/// <remarks>Disposing it gives the spools back and makes the framer ready for the next command.</remarks>
internal sealed class MessageReceiver(ImapSession session) : IDisposable
{
    private const int PieceBytes = 32 * 1024;

    private readonly List<MessageSpool> _spools = [];

    /// <summary>Messages received so far.</summary>
    public int Count => _spools.Count;

    /// <summary>What is wrong with a message as announced: known before its data, so that a client with a synchronizing literal need not send it.</summary>
    public ImapResult? Refuse(Mailbox? mailbox, AppendMessage message) =>
        mailbox is null || mailbox.IsDeleted ? StoreReplies.NoSuchMailbox(isDestination: true)
        : message.Literal.Bytes == 0 ? ImapResult.No(ResponseCode.Cannot, "An empty message cannot be appended.")
        : message.Literal.Bytes > session.Store.Limits.MessageBytesMax ? ImapResult.No(ResponseCode.TooBig, "The message is too large.")
        : null;

    /// <summary>Receives a message, after telling the client to send it where it waits for that.</summary>
    /// <exception cref="StoreException">The disk does not take it. The command has been read to its end: what is left of a message must never be read as commands.</exception>
    public async ValueTask<NewMessage> ReceiveAsync(Mailbox mailbox, AppendMessage message, bool canBeMore)
    {
        if (message.Literal.IsSync)
        {
            await session.Commands.ContinueAsync();
        }

        var spool = session.Store.NewSpool();
        _spools.Add(spool);
        StoreException? failure = null;
        await ReadLiteralAsync(message.Literal.Bytes, bytes => failure ??= TryWrite(spool, bytes.Span));
        if (failure is not null)
        {
            var (_, next) = await NextAsync(message, canBeMore);
            if (next is not null)
            {
                await SkipAsync(next, canBeMore);
            }

            ExceptionDispatchInfo.Throw(failure);
        }

        spool.Complete();
        var (flags, keywords) = FlagNames.Split(message.Flags);
        return new NewMessage { Mailbox = mailbox, Content = spool, Flags = flags, Keywords = keywords, Received = message.InternalDate };
    }

    /// <summary>After a message: the end of the command, or the announcement of another message.</summary>
    /// <param name="previous">The message.</param>
    /// <param name="canBeMore">Whether there may be another; its announcement is an error otherwise.</param>
    public async ValueTask<(AppendStep Step, AppendMessage? Next)> NextAsync(AppendMessage previous, bool canBeMore)
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
                        throw new IOException("The client went away behind a message.");
                    }

                    break;
                case FrameStepKind.Command or FrameStepKind.Literal or FrameStepKind.EmptyLine:
                    var outcome = Read(session.Connection.Unread[..step.Length], previous);
                    if (step.Kind == FrameStepKind.Literal && (outcome.Step != AppendStep.Message || !canBeMore))
                    {
                        await session.Commands.DropAsync(step);
                        return (AppendStep.Error, null);
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

    /// <summary>Reads over a refused message and those behind it: the data of a non-synchronizing literal comes whether wanted or not.</summary>
    /// <exception cref="ProtocolException">It is more than one message may have: nobody means that, and the connection is worth less than reading on.</exception>
    public async ValueTask SkipAsync(AppendMessage message, bool canBeMore)
    {
        var most = Math.Max(session.Limits.DiscardBytesMax, session.Store.Limits.MessageBytesMax);
        var skipped = 0L;
        // A client that waits for "+" gets the refusal instead.
        for (var next = message; next is { Literal.IsSync: false };)
        {
            if (next.Literal.Bytes > most - skipped)
            {
                throw new ProtocolException(ResponseCode.TooBig, "The message is too large.");
            }

            skipped += next.Literal.Bytes;
            await ReadLiteralAsync(next.Literal.Bytes, _ => { });
            (_, next) = await NextAsync(next, canBeMore);
        }
    }

    public void Dispose()
    {
        _spools.ForEach(spool => spool.Dispose());
        session.Commands.Framer.Reset();
    }

    private static StoreException? TryWrite(MessageSpool spool, ReadOnlySpan<byte> bytes)
    {
        try
        {
            spool.Write(bytes);
            return null;
        }
        catch (StoreException e)
        {
            return e;
        }
    }

    private async ValueTask ReadLiteralAsync(long bytes, Action<ReadOnlyMemory<byte>> sink)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            // The client may wait for the replies to commands before.
            await session.Connection.FlushAsync();
            while (bytes > 0)
            {
                session.Connection.ExpectWithin(session.Options.LiteralPause);
                session.RequireServed();
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

    private (AppendStep Step, AppendMessage? Next) Read(ReadOnlySpan<byte> line, AppendMessage previous)
    {
        var reader = new ImapReader(line, session.Limits, session.IsUtf8);
        var step = AppendCommand.ReadNext(ref reader, previous, out var next);
        return (step, next);
    }
}
