using System.Collections.Immutable;
using System.Text;
using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;
using Martlet.Server.Observe.Journal;
using Martlet.Store.Model;

namespace Martlet.Server.Smtp;

/// <summary>Tells the journal of mail what a session did not take. What it took is told when it is in the mailboxes.</summary>
internal sealed class SmtpStory(SmtpSession session)
{
    private MailJournal? Journal => session.Service.Observation.Journal;

    /// <summary>MAIL was refused.</summary>
    public void SenderRefused(ReadOnlyMemory<byte> argument, SmtpReply? reply)
    {
        // Strangers at the door of submission are the login log's business.
        if (Journal is not null && reply is { IsPositive: false } && (session.Options.Role == SmtpRole.Incoming || session.Account is not null))
        {
            Tell(TraceOf(session), Clean(argument), taken: [], refused: null, reply);
        }
    }

    /// <summary>RCPT was refused.</summary>
    /// <param name="transaction">The message.</param>
    /// <param name="argument">What the peer wrote, for a path that was not understood.</param>
    /// <param name="path">The path; null when it was not understood.</param>
    /// <param name="reply">What the peer was told.</param>
    public void RecipientRefused(Transaction transaction, ReadOnlyMemory<byte> argument, ForwardPath? path, SmtpReply? reply)
    {
        if (Journal is null || reply is null)
        {
            return;
        }

        var address = path is { } known ? known.Address?.ToString() ?? "postmaster" : Clean(argument);
        ImmutableArray<AccountId> accounts = path?.Address is { } ours ? session.Service.Inbound.Resolver.Resolve(ours).Accounts : [];
        (transaction.Refused ??= new RefusedRecipients()).Add(address, accounts, reply);
    }

    /// <summary>The message was refused at its end, or did not come whole.</summary>
    /// <param name="transaction">The message.</param>
    /// <param name="trace">Where it came from.</param>
    /// <param name="header">What was seen of it.</param>
    /// <param name="reply">What the peer was told; null when it was gone.</param>
    public void MessageRefused(Transaction transaction, TraceInfo trace, HeaderWatch header, SmtpReply? reply)
    {
        if (Journal is not null)
        {
            Tell(trace, Sender(transaction), transaction.Recipients, transaction.Refused, reply, header.MessageId);
        }
    }

    /// <summary>The peer gave the message up before it came: RSET, QUIT, a new EHLO, or gone.</summary>
    public void GivenUp(Transaction transaction)
    {
        if (Journal is not null && (transaction.Recipients.Count > 0 || transaction.Refused is { Any: true }))
        {
            Tell(TraceOf(session), Sender(transaction), transaction.Recipients, transaction.Refused, reply: null);
        }
    }

    /// <summary>Where the message of this moment comes from.</summary>
    public static TraceInfo TraceOf(SmtpSession session) => new()
    {
        HelloName = session.HelloName ?? "",
        Remote = session.Connection.Remote.Address,
        Tls = session.Connection.Tls,
        IsExtended = session.IsExtended,
        IsLoggedIn = session.Account is not null,
        Login = session.Grant?.Address,
        LoginAccount = session.Grant?.Account.Id,
        Cid = session.Connection.Token,
        Id = $"{session.Connection.Token}-{session.Transactions}",
        Received = session.Connection.Time.GetUtcNow(),
    };

    private static string Sender(Transaction transaction) => transaction.Mail.From.Address?.ToString() ?? "";

    // What stands in the brackets; all of it where there are none.
    private static string Clean(ReadOnlyMemory<byte> argument)
    {
        var text = argument.Span[..Math.Min(argument.Length, JournalLimits.TextCharsMax)];
        var begin = text.IndexOf((byte)'<') + 1;
        var length = text[begin..].IndexOf((byte)'>');
        return Encoding.UTF8.GetString(length < 0 ? text : text.Slice(begin, length));
    }

    private void Tell(
        TraceInfo trace, string from, IReadOnlyList<Recipient> taken, RefusedRecipients? refused, SmtpReply? reply, string messageId = "") =>
        Journal!.Add(MailStory.Of(trace, session.Service.Name, from, taken, refused) with
        {
            Kind = JournalKinds.Refused,
            MessageId = messageId.Length > 0 ? messageId : null,
            Reply = reply is null ? null : MailStory.Text(reply),
        });
}
