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
            return new(refusal);
        }

        if (transaction.Recipients.Count == session.Options.RecipientsMax)
        {
            return new(Replies.TooManyRecipients);
        }

        var recipient = session.Service.Inbound.FindRecipient(command.To, transaction.Mail.From, transaction.Mail.Size ?? 0, out refusal);
        if (recipient is null)
        {
            return new(refusal);
        }

        transaction.Recipients.Add(recipient);
        return new(Replies.RecipientTaken);
    }
}
