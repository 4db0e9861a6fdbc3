using Martlet.Protocols.Smtp;
using Martlet.Store;
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
    private readonly RefusedSizes _refused = new();

    /// <summary>Says where mail for an address goes.</summary>
    public AddressResolver Resolver { get; } = new(store.Directory, options.Hostname);

    /// <summary>Looks a recipient up.</summary>
    /// <param name="path">As given in RCPT.</param>
    /// <param name="from">Envelope-from.</param>
    /// <param name="size">Announced bytes of the message; 0 when not announced.</param>
    /// <param name="refusal">The reply when the result is null.</param>
    public Recipient? FindRecipient(ForwardPath path, ReversePath from, long size, out SmtpReply? refusal)
    {
        var (address, found) = Resolve(path);
        refusal = found switch
        {
            { Kind: ResolutionKind.NotOurs } => options.IsSubmission ? DeliveryReplies.NoRelayYet : DeliveryReplies.NoRelay,
            // Also for addresses that nobody has: while the domain is put off nobody learns which there are.
            { Domain.State: DomainState.Disabled } => DeliveryReplies.DomainDisabled,
            { IsFound: false } => DeliveryReplies.NoSuchMailbox,
            _ => found.Accounts.Select(account => Refuse(account, from, size)).FirstOrDefault(refused => refused is not null),
        };
        return refusal is null ? new Recipient(address, found.Accounts) : null;
    }

    /// <summary>Whether an account may send as an address: as its own, with or without detail, as an alias it is a member of, as what it catches for a domain.</summary>
    /// <param name="account">Account.</param>
    /// <param name="address">Envelope-from.</param>
    /// <param name="refusal">The reply when it may not.</param>
    public bool MaySendAs(Account account, EmailAddress address, out SmtpReply? refusal)
    {
        var found = Resolver.Resolve(address);
        refusal = !found.Accounts.Contains(account.Id) ? Smtp.Replies.NotYourAddress
            : found.Domain is { State: DomainState.Receive or DomainState.Disabled } ? DeliveryReplies.DomainDoesNotSend
            : null;
        return refusal is null;
    }

    /// <summary>Delivers.</summary>
    /// <returns>250 when the message is durably in every recipient's INBOX; otherwise it is in none.</returns>
    /// <exception cref="StoreException">The store failed; nothing was delivered.</exception>
    public async Task<SmtpReply> DeliverAsync(InboundMessage message, ILogger logger)
    {
        message = message.Completed(options);
        var copies = new List<NewMessage>();
        foreach (var group in message.Recipients.SelectMany(recipient => recipient.Accounts, (recipient, account) => (recipient.Address, Account: account)).GroupBy(copy => copy.Account))
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
                Prefix = TraceFields.Write(message, group.Select(copy => copy.Address).Distinct(StringComparer.Ordinal), options),
                Received = message.Trace.Received,
            });
        }

        var result = await store.AddMessagesAsync(copies, new InboundOrigin(message, options.Service));
        if (result.Refusal == Refusal.OverQuota)
        {
            NoteFull(copies, message.Mail.From);
        }

        LogDelivery(logger, message.Trace.Cid, message.Trace.Id, result.Refusal, message.Recipients.Count, copies.Count, message.Content.Length);
        return result.Refusal switch
        {
            Refusal.None => DeliveryReplies.Delivered(message.Trace.Id),
            Refusal.OverQuota or Refusal.LimitReached => DeliveryReplies.MailboxFull,
            _ => DeliveryReplies.TryAgain,
        };
    }

    // Null when the account has room for it, as far as the size is known.
    private SmtpReply? Refuse(AccountId id, ReversePath from, long size)
    {
        if (store.OpenAccount(id) is not { } account)
        {
            return DeliveryReplies.NoSuchMailbox;
        }

        var limits = store.QuotaOf(account);
        // A peer that did not say the size, and was told after the data that there is no room for it, comes back with the same message.
        var expected = size > 0 ? size : _refused.SizeOf(id, from);
        return limits.IsFull(account.Row) || !limits.HasRoom(account.Row, expected, 1) ? DeliveryReplies.MailboxFull : null;
    }

    private (string Address, Resolution Found) Resolve(ForwardPath path)
    {
        if (options.AcceptAnyRecipientInto is { } anybody)
        {
            return (path.Address?.ToString() ?? $"postmaster@{options.Hostname}", new Resolution(ResolutionKind.Address, null, [anybody], null));
        }

        if (path.Address is { } address)
        {
            return (address.ToString(), Resolver.Resolve(address));
        }

        var found = Resolver.ResolvePostmaster(out var postmaster);
        return (postmaster, found);
    }

    // Which of the recipients it was that had no room: the next try is told at RCPT, so that the others get theirs.
    private void NoteFull(List<NewMessage> copies, ReversePath from)
    {
        foreach (var copy in copies)
        {
            var (account, size) = (copy.Mailbox.Account, copy.Content.Length + copy.Prefix.Length);
            if (!store.QuotaOf(account).HasRoom(account.Row, size, 1))
            {
                _refused.Note(account.Id, from, size);
            }
        }
    }

    [LoggerMessage(
        EventId = 2201,
        Level = LogLevel.Information,
        Message = "message delivered cid={Cid} id={Id} refusal={Refusal} recipients={Recipients} accounts={Accounts} bytes={Bytes}")]
    private static partial void LogDelivery(ILogger logger, string cid, string id, Refusal refusal, int recipients, int accounts, long bytes);
}
