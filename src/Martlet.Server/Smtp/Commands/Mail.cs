using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>MAIL: RFC 5321 §4.1.1.2; in submission the sender must be the account's own (RFC 6409 §6.1).</summary>
internal static class Mail
{
    public static async ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        var reply = await RequireLoginAsync(session) ?? Take(session, argument);
        session.Story.SenderRefused(argument, reply);
        return reply;
    }

    // The key of the connection is login enough; AUTH is for those without, or for another address of the account.
    private static async ValueTask<SmtpReply?> RequireLoginAsync(SmtpSession session)
    {
        if (session.Options.Role != SmtpRole.Submission || session.Account is not null)
        {
            return null;
        }

        var logins = session.Service.Authenticator;
        if (logins.FindKey(session.Login) is null)
        {
            return session.MayLogIn ? Replies.LoginFirst : Replies.TlsFirst;
        }

        var result = await logins.ByKeyAsync(session.Login, session.Connection.Stopping);
        session.Grant = result.Grant;
        return result.IsDone ? null : Auth.Refuse(session, result);
    }

    private static SmtpReply? Take(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (MailCommand.Read(argument.Span, session.Options.Addresses, out var refusal) is not { } mail)
        {
            return refusal;
        }

        if (mail.Size > session.Service.Store.Limits.MessageBytesMax)
        {
            return Replies.MessageTooBig;
        }

        if (!MaySendAs(session, mail.From, out refusal))
        {
            return refusal;
        }

        if (session.Transactions == session.Options.TransactionsMax)
        {
            session.End(EndReason.ProtocolError);
            return Replies.TooManyMessages;
        }

        session.Transactions++;
        session.Transaction = new Transaction(mail);
        return Replies.SenderTaken;
    }

    // The null sender is for notifications, which users' programs send too (RFC 8098).
    private static bool MaySendAs(SmtpSession session, ReversePath from, out SmtpReply? refusal)
    {
        refusal = null;
        return session.Options.Role != SmtpRole.Submission || session.Options.AcceptAnyRecipientInto is not null || from.Address is null
            || session.Service.Inbound.MaySendAs(session.Account!, from.Address, out refusal);
    }
}
