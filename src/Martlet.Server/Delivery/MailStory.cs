using System.Collections.Immutable;
using Martlet.Protocols.Smtp;
using Martlet.Server.Observe.Journal;
using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>What the journal of mail is told of an SMTP transaction: where it came from, the envelope, the decisions.</summary>
internal static class MailStory
{
    /// <summary>A record without its kind and end.</summary>
    /// <param name="trace">Where it came from.</param>
    /// <param name="by">smtp, submission.</param>
    /// <param name="from">Envelope-from, without brackets; null when it was not understood.</param>
    /// <param name="taken">Recipients that were taken.</param>
    /// <param name="refused">Those that were not.</param>
    public static JournalRecord Of(TraceInfo trace, string by, string? from, IReadOnlyList<Recipient> taken, RefusedRecipients? refused)
    {
        JournalRecipient[] recipients =
        [
            .. taken.Take(JournalLimits.RecipientsMax).Select(recipient => new JournalRecipient(JournalText.Cut(recipient.Address), Numbers(recipient.Accounts))),
            .. refused?.Listed ?? [],
        ];
        var more = Math.Max(0, taken.Count - JournalLimits.RecipientsMax) + (refused?.More ?? 0);
        return new JournalRecord
        {
            By = by,
            Id = trace.Id,
            Remote = JournalText.Remote(trace.Remote),
            Hello = JournalText.Cut(trace.HelloName),
            Tls = trace.Tls?.Description,
            Login = trace.Login,
            LoginAccount = trace.LoginAccount?.Value,
            From = from is null ? null : JournalText.Cut(from),
            Recipients = recipients.Length > 0 ? recipients : null,
            MoreRecipients = more > 0 ? more : null,
        };
    }

    /// <summary>Numbers of accounts; null for none.</summary>
    public static int[]? Numbers(ImmutableArray<AccountId> accounts) =>
        accounts.IsDefaultOrEmpty ? null : [.. accounts.Take(JournalLimits.RecipientsMax).Select(account => account.Value)];

    /// <summary>A reply in one line.</summary>
    public static string Text(SmtpReply reply) => JournalText.Cut(reply.ToString().TrimEnd().Replace("\r\n", " ", StringComparison.Ordinal));
}

/// <summary>Recipients that were refused within a transaction.</summary>
internal sealed class RefusedRecipients
{
    private readonly List<JournalRecipient> _listed = [];

    /// <summary>The first of them.</summary>
    public IReadOnlyList<JournalRecipient> Listed => _listed;

    /// <summary>How many more there were.</summary>
    public int More { get; private set; }

    /// <summary>Whether there were any.</summary>
    public bool Any => _listed.Count > 0;

    /// <summary>Notes one.</summary>
    /// <param name="address">As the peer wrote it.</param>
    /// <param name="accounts">Whose it is; nobody's when there are none.</param>
    /// <param name="reply">What the peer was told.</param>
    public void Add(string address, ImmutableArray<AccountId> accounts, SmtpReply reply)
    {
        if (_listed.Count < JournalLimits.RecipientsMax)
        {
            _listed.Add(new JournalRecipient(JournalText.Cut(address), MailStory.Numbers(accounts), MailStory.Text(reply)));
        }
        else
        {
            More++;
        }
    }
}

/// <summary>A message that came by SMTP, as the origin of what the store does.</summary>
internal sealed record InboundOrigin(InboundMessage Message, string By) : StoryOrigin(By, Message.Trace.Id)
{
    /// <inheritdoc/>
    public override JournalRecord Tell(IReadOnlyList<JournalPlace> places) =>
        MailStory.Of(Message.Trace, By, Message.Mail.From.Address?.ToString() ?? "", Message.Recipients, Message.Refused) with
        {
            Kind = JournalKinds.Delivered,
            MessageId = Message.MessageId,
            Size = Message.Content.Length,
            Reply = MailStory.Text(DeliveryReplies.Delivered(Message.Trace.Id)),
            Places = places,
        };
}
