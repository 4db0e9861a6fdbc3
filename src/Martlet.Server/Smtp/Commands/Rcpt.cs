using Martlet.Protocols.Smtp;

namespace Martlet.Server.Smtp.Commands;

/// <summary>RCPT: RFC 5321 §4.1.1.3.</summary>
internal static class Rcpt
{
    public static ValueTask<SmtpReply?> RunAsync(SmtpSession session, ReadOnlyMemory<byte> argument)
    {
        var transaction = session.Transaction!;
        if (RcptCommand.Read(argument.Span, session.Options.Addresses, transaction.Mail.IsUtf8, out var refusal) is not { } command)
        {
            session.Story.RecipientRefused(transaction, argument, path: null, refusal);
            return new(refusal);
        }

        if (transaction.Recipients.Count == session.Options.RecipientsMax)
        {
            session.Story.RecipientRefused(transaction, argument, command.To, Replies.TooManyRecipients);
            return new(Replies.TooManyRecipients);
        }

        var recipient = session.Service.Inbound.FindRecipient(command.To, transaction.Mail.From, transaction.Mail.Size ?? 0, out refusal);
        if (recipient is null)
        {
            session.Story.RecipientRefused(transaction, argument, command.To, refusal);
            return new(refusal);
        }

        transaction.Recipients.Add(recipient);
        return new(Replies.RecipientTaken);
    }
}
