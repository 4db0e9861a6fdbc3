using Martlet.Protocols.Smtp;
using Martlet.Store;
using Martlet.Store.Directory;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Delivery;

/// <summary>
/// The path of a message from the end of SMTP into mailboxes: who the recipients are, what is written before the message, and one store operation for all
/// accounts, so that it arrives everywhere or nowhere. It must never say "taken" before the disk has it.
/// </summary>
/// <remarks>Thread safe. Sending to other servers is not here yet: what is not ours is refused.</remarks>
internal sealed partial class Inbound(MailStore store, InboundOptions options)
{
    /// <summary>The account an address belongs to, directly or without the detail of plus addressing.</summary>
    public AccountEntry? FindAccount(EmailAddress address) =>
        store.Directory.FindAddress(address.Normalized) ?? (address.NormalizedWithoutDetail is { } plain ? store.Directory.FindAddress(plain) : null);

    /// <summary>Looks a recipient up.</summary>
    /// <param name="path">As given in RCPT.</param>
    /// <param name="size">Announced bytes of the message; 0 when not announced.</param>
    /// <param name="refusal">The reply when the result is null.</param>
    public Recipient? FindRecipient(ForwardPath path, long size, out SmtpReply? refusal)
    {
        refusal = null;
        var (address, account) = Resolve(path);
        if (account is not { } id)
        {
            refusal = path.Address is null || store.Directory.HasDomain(path.Address.Domain.Text) ? DeliveryReplies.NoSuchMailbox
                : options.IsSubmission ? DeliveryReplies.NoRelayYet
                : DeliveryReplies.NoRelay;
            return null;
        }

        if (store.OpenAccount(id) is not { } open)
        {
            refusal = DeliveryReplies.NoSuchMailbox;
            return null;
        }

        var row = open.Row;
        if ((row.QuotaBytes > 0 && (row.Bytes >= row.QuotaBytes || size > row.QuotaBytes - row.Bytes)) || (row.QuotaMessages > 0 && row.Messages >= row.QuotaMessages))
        {
            refusal = DeliveryReplies.MailboxFull;
            return null;
        }

        return new Recipient(address, id);
    }

    /// <summary>Delivers.</summary>
    /// <returns>250 when the message is durably in every recipient's INBOX; otherwise it is in none.</returns>
    /// <exception cref="StoreException">The store failed; nothing was delivered.</exception>
    public async Task<SmtpReply> DeliverAsync(InboundMessage message, ILogger logger)
    {
        var copies = new List<NewMessage>();
        foreach (var group in message.Recipients.GroupBy(recipient => recipient.Account))
        {
            if (store.OpenAccount(group.Key)?.FindMailbox(MailboxPath.Inbox) is not { } inbox)
            {
                // Removed since RCPT. The peer's next try finds out which recipient it was.
                return DeliveryReplies.TryAgain;
            }

            copies.Add(new NewMessage
            {
                Mailbox = inbox,
                Content = message.Content,
                Prefix = TraceFields.Write(message, group.Select(recipient => recipient.Address).Distinct(StringComparer.Ordinal), options),
                Received = message.Trace.Received,
            });
        }

        var result = await store.AddMessagesAsync(copies);
        LogDelivery(logger, message.Trace.Id, result.Refusal, message.Recipients.Count, copies.Count, message.Content.Length);
        return result.Refusal switch
        {
            Refusal.None => DeliveryReplies.Delivered(message.Trace.Id),
            Refusal.OverQuota or Refusal.LimitReached => DeliveryReplies.MailboxFull,
            _ => DeliveryReplies.TryAgain,
        };
    }

    private (string Address, AccountId? Account) Resolve(ForwardPath path)
    {
        if (options.AcceptAnyRecipientInto is { } anybody)
        {
            return (path.Address?.ToString() ?? $"postmaster@{options.Hostname}", anybody);
        }

        return path.Address is { } address ? (address.ToString(), FindAccount(address)?.Id) : FindPostmaster();
    }

    // RFC 5321 §4.5.1: <postmaster> without a domain is the one of this server: at its name, else of its first domain that has one.
    private (string Address, AccountId? Account) FindPostmaster()
    {
        foreach (var domain in store.Directory.Current.Domains.Prepend(options.Hostname))
        {
            var address = $"postmaster@{domain}";
            if (store.Directory.FindAddress(address) is { } entry)
            {
                return (address, entry.Id);
            }
        }

        return ("postmaster", null);
    }

    [LoggerMessage(
        EventId = 2201,
        Level = LogLevel.Information,
        Message = "message delivered id={Id} refusal={Refusal} recipients={Recipients} accounts={Accounts} bytes={Bytes}")]
    private static partial void LogDelivery(ILogger logger, string id, Refusal refusal, int recipients, int accounts, long bytes);
}
