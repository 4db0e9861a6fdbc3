using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;
using Martlet.Store;

namespace Martlet.Server.Smtp.Commands;

/// <summary>DATA: RFC 5321 §4.1.1.4. The positive reply goes out only when the message is on disk in every mailbox.</summary>
internal static class Data
{
    // RFC 5321 §4.5.3.2.6: the client waits ten minutes for the reply.
    private static readonly TimeSpan DeliveryTimeout = TimeSpan.FromMinutes(9);

    public static async ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (!argument.IsEmpty)
        {
            return Replies.NoArgument;
        }

        if (!IsServed(session))
        {
            session.GiveUp();
            return Replies.LoginFirst;
        }

        var transaction = session.Transaction!;
        using var spool = session.Service.Store.NewSpool();
        var receiver = new DataReceiver(session, spool);
        session.Reply(Replies.SendData);
        var refusal = await ReceiveAsync(session, receiver, transaction);
        session.Transaction = null;
        if (receiver.IsCutOff)
        {
            // Where the message ends is not known, so nothing after it is read as a command.
            session.Story.MessageRefused(transaction, SmtpStory.TraceOf(session), receiver.Header, refusal);
            return refusal;
        }

        session.CountMessage();
        refusal ??= IsServed(session) ? null : Replies.LoginFirst;
        if (refusal is null)
        {
            return await DeliverAsync(session, transaction, receiver, spool);
        }

        session.Story.MessageRefused(transaction, SmtpStory.TraceOf(session), receiver.Header, refusal);
        session.Service.Metrics.Refused(session.Service.Name, refusal);
        return refusal;
    }

    private static async Task<SmtpReply?> ReceiveAsync(SmtpSession session, DataReceiver receiver, Transaction transaction)
    {
        try
        {
            return await receiver.ReceiveAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The peer is gone, or we are going: it was not told anything.
            session.Story.MessageRefused(transaction, SmtpStory.TraceOf(session), receiver.Header, reply: null);
            session.Transaction = null;
            throw;
        }
    }

    private static async Task<SmtpReply?> DeliverAsync(SmtpSession session, Transaction transaction, DataReceiver receiver, MessageSpool spool)
    {
        session.Connection.ExpectWithin(DeliveryTimeout);
        var started = session.Connection.Time.GetTimestamp();
        var message = new InboundMessage(transaction.Mail, transaction.Recipients, spool, receiver.Header, SmtpStory.TraceOf(session)) { Refused = transaction.Refused };
        SmtpReply? reply = null;
        try
        {
            reply = await session.Service.Inbound.DeliverAsync(message, session.Service.Logger);
            return reply;
        }
        finally
        {
            if (reply is { IsPositive: true })
            {
                session.Service.Metrics.Delivered(session.Service.Name, transaction.Recipients.Count, spool.Length, session.Connection.Time.GetElapsedTime(started));
            }
            else
            {
                // Without a reply the store has failed, and the session says so.
                session.Story.MessageRefused(transaction, message.Trace, receiver.Header, reply ?? Replies.Unavailable);
                session.Service.Metrics.Refused(session.Service.Name, reply ?? Replies.Unavailable);
            }
        }
    }

    // Since MAIL the account may have been disabled, or what it logged in with may have been taken away: asked before the data and after it, which can take long.
    private static bool IsServed(SmtpSession session) => session.Options.Role != SmtpRole.Submission || session.Account is not null;
}
