using Martlet.Network.Connections;
using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>MAIL: RFC 5321 §4.1.1.2; in submission the sender must be the account's own (RFC 6409 §6.1).</summary>
internal static class Mail
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        if (session.Options.Role == SmtpRole.Submission && session.Account is null or { IsRemoved: true })
        {
            return new(session.MayLogIn ? Replies.LoginFirst : Replies.TlsFirst);
        }

        if (MailCommand.Read(argument.Span, session.Options.Addresses, out var refusal) is not { } mail)
        {
            return new(refusal);
        }

        if (mail.Size > session.Service.Store.Limits.MessageBytesMax)
        {
            return new(Replies.MessageTooBig);
        }

        if (!MaySendAs(session, mail.From))
        {
            return new(Replies.NotYourAddress);
        }

        if (session.Transactions == session.Options.TransactionsMax)
        {
            session.End(EndReason.ProtocolError);
            return new(Replies.TooManyMessages);
        }

        session.Transactions++;
        session.Transaction = new Transaction(mail);
        return new(Replies.SenderTaken);
    }

    // The null sender is for notifications, which users' programs send too (RFC 8098).
    private static bool MaySendAs(SmtpSession session, ReversePath from) =>
        session.Options.Role != SmtpRole.Submission
        || session.Options.AcceptAnyRecipientInto is not null
        || from.Address is null
        || session.Service.Inbound.FindAccount(from.Address)?.Id == session.Account!.Id;
}
