using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;

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
            session.Transaction = null;
            return Replies.LoginFirst;
        }

        var transaction = session.Transaction!;
        using var spool = session.Service.Store.NewSpool();
        var receiver = new DataReceiver(session, spool);
        session.Reply(Replies.SendData);
        var refusal = await receiver.ReceiveAsync();
        session.Transaction = null;
        if (receiver.IsCutOff)
        {
            // Where the message ends is not known, so nothing after it is read as a command.
            return refusal;
        }

        session.CountMessage();
        if (refusal is not null)
        {
            return refusal;
        }

        if (!IsServed(session))
        {
            return Replies.LoginFirst;
        }

        session.Connection.ExpectWithin(DeliveryTimeout);
        var message = new InboundMessage(transaction.Mail, transaction.Recipients, spool, receiver.Header, TraceOf(session));
        return await session.Service.Inbound.DeliverAsync(message, session.Service.Logger);
    }

    // Since MAIL the account may have been disabled, or what it logged in with may have been taken away: asked before the data and after it, which can take long.
    private static bool IsServed(SmtpSession session) => session.Options.Role != SmtpRole.Submission || session.Account is not null;

    private static TraceInfo TraceOf(SmtpSession session) => new()
    {
        HelloName = session.HelloName!,
        Remote = session.Connection.Remote.Address,
        Tls = session.Connection.Tls,
        IsExtended = session.IsExtended,
        IsLoggedIn = session.Account is not null,
        Id = $"{session.Connection.Token}-{session.Transactions}",
        Received = session.Connection.Time.GetUtcNow(),
    };
}
