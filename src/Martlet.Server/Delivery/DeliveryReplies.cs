using Martlet.Protocols.Smtp;

namespace Martlet.Server.Delivery;

/// <summary>What peers are told about recipients and deliveries.</summary>
internal static class DeliveryReplies
{
    public static SmtpReply NoSuchMailbox { get; } = new(550, EnhancedStatus.NoSuchMailbox, "There is no such mailbox here; check the address.");

    public static SmtpReply NoRelay { get; } = new(550, EnhancedStatus.NotAuthorized, "No relaying: this server takes mail for its own domains only.");

    public static SmtpReply NoRelayYet { get; } =
        new(550, EnhancedStatus.NotAuthorized, "Sending to other servers is not possible yet; only recipients on this server.");

    public static SmtpReply MailboxFull { get; } = new(452, EnhancedStatus.MailboxFull, "The mailbox is full; try again later.");

    public static SmtpReply DomainDisabled { get; } = new(450, EnhancedStatus.MailboxDisabled, "Mail for this domain is not taken at the moment; try again later.");

    public static SmtpReply DomainDoesNotSend { get; } = new(550, EnhancedStatus.NotAuthorized, "Mail from this domain cannot be sent here yet; ask your administrator.");

    public static SmtpReply TryAgain { get; } = new(451, EnhancedStatus.OtherSystem, "The message could not be delivered just now; try again later.");

    /// <summary>Done.</summary>
    /// <param name="id">Name of the transaction, for reports.</param>
    public static SmtpReply Delivered(string id) => new(250, EnhancedStatus.OtherContent, $"Delivered as {id}.");
}
