using Martlet.Store.Changes;
using Martlet.Store.Engine;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>A message to be put into a mailbox: delivery, APPEND, import.</summary>
public sealed record NewMessage
{
    /// <summary>Into this mailbox.</summary>
    public required Mailbox Mailbox { get; init; }

    /// <summary>The message, completely received. Several messages may share one spool.</summary>
    public required MessageSpool Content { get; init; }

    /// <summary>Trace header fields that are put before the content, each ended by CRLF.</summary>
    public ReadOnlyMemory<byte> Prefix { get; init; }

    /// <summary>Flags.</summary>
    public MessageFlags Flags { get; init; }

    /// <summary>Keywords, valid IMAP atoms.</summary>
    public IReadOnlyCollection<string> Keywords { get; init; } = [];

    /// <summary>Internal date; the time of the commit when null.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>
    /// Above 0: it tells the owner that the account is so full, 80 or 95 per cent. It is taken though there be no room, and that it was told is remembered in the same
    /// transaction.
    /// </summary>
    public int QuotaNotice { get; init; }
}

/// <summary>A message that is durably in its mailbox.</summary>
public readonly record struct AddedMessage(Mailbox Mailbox, UidValidity UidValidity, Uid Uid, EmailId Email, ModSeq ModSeq);

/// <summary>A message that goes when others come: REPLACE.</summary>
/// <param name="Mailbox">Its mailbox; the index is in use.</param>
/// <param name="Uid">Which.</param>
internal sealed record ReplacedMessage(Mailbox Mailbox, Uid Uid);

/// <summary>
/// Puts messages into mailboxes, all or none: one SMTP transaction, one MULTIAPPEND, some of an import. With <paramref name="replaced"/> that message of the same
/// account goes with the same modseq, and the quota counts what is more afterwards (RFC 8508 §3.4).
/// </summary>
internal sealed class AddMessages(IReadOnlyList<NewMessage> messages, BlobRef[] large, ReplacedMessage? replaced = null) : StoreOperation<IReadOnlyList<AddedMessage>>
{
    private MessageRow _old;

    public override long Bytes { get; } = messages.Sum(message => message.Content.IsLarge ? 0 : message.Content.Length + message.Prefix.Length);

    internal override StoreResult<IReadOnlyList<AddedMessage>> Apply(WriteContext context)
    {
        var keywords = new List<(StagedAccount Account, KeywordTable Before)>(1);
        if (Refuse(context, keywords) is var refusal && refusal != Refusal.None)
        {
            keywords.Reverse();
            keywords.ForEach(entry => entry.Account.Keywords = entry.Before);
            return refusal;
        }

        var modSeqs = new Dictionary<AccountId, ModSeq>(1);

        var added = new AddedMessage[messages.Count];
        for (var i = 0; i < added.Length; i++)
        {
            var account = context.Find(messages[i].Mailbox)!.Account;
            if (!modSeqs.TryGetValue(account.Id, out var modSeq))
            {
                modSeqs[account.Id] = modSeq = account.NextModSeq();
            }

            added[i] = Add(context, messages[i], large[i], modSeq);
        }

        if (replaced is not null)
        {
            var mailbox = context.Find(replaced.Mailbox)!;
            mailbox.Expunge(context, _old, added[0].ModSeq);
            context.Note(new MessagesExpunged(mailbox.Account.Id, Origin, mailbox.Named, [replaced.Uid]));
        }

        return added;
    }

    // Everything that can be refused is looked at before anything is staged.
    private Refusal Refuse(WriteContext context, List<(StagedAccount Account, KeywordTable Before)> keywords)
    {
        var adding = new Dictionary<AccountId, (long Bytes, long Messages)>(1);
        foreach (var message in messages)
        {
            var mailbox = context.Find(message.Mailbox);
            if (mailbox is null)
            {
                return Refusal.NoSuchMailbox;
            }

            keywords.Add((mailbox.Account, mailbox.Account.Keywords));
            if (!mailbox.HasUids(messages.Count) || !mailbox.Account.TryIntern(message.Keywords, context.Limits, out _))
            {
                return Refusal.LimitReached;
            }

            if (message.QuotaNotice > 0)
            {
                continue;
            }

            var sum = adding.GetValueOrDefault(mailbox.Account.Id);
            adding[mailbox.Account.Id] = (sum.Bytes + message.Content.Length + message.Prefix.Length, sum.Messages + 1);
        }

        if (replaced is not null)
        {
            var account = replaced.Mailbox.Account.Id;
            if (context.Find(replaced.Mailbox) is not { } from || !adding.TryGetValue(account, out var sum))
            {
                return Refusal.NoSuchMailbox;
            }

            if (!from.TryGet(replaced.Uid, out _old))
            {
                return Refusal.NoSuchMessage;
            }

            adding[account] = (sum.Bytes - _old.Size, sum.Messages - 1);
        }

        foreach (var (account, sum) in adding)
        {
            var staged = context.Find(account)!;
            if (!context.QuotaOf(staged).HasRoom(staged.Row, sum.Bytes, sum.Messages))
            {
                return Refusal.OverQuota;
            }
        }

        return Refusal.None;
    }

    private static AddedMessage Add(WriteContext context, NewMessage message, in BlobRef large, ModSeq modSeq)
    {
        var mailbox = context.Find(message.Mailbox)!;
        var account = mailbox.Account;
        Check.That(account.TryIntern(message.Keywords, context.Limits, out var keywords), "Keywords were interned before.");
        var email = account.NextEmail();
        var received = new InternalDate(message.Received ?? context.Now);
        var blob = large;
        if (!message.Content.IsLarge)
        {
            blob = context.Blobs.Append(new(account.Id, email, mailbox.Mailbox.Id, received, message.Flags), message.Prefix.Span, message.Content.Memory.Span);
            context.HasBlobs = true;
            context.CountSegment(blob, isNew: true);
        }

        context.Batch.Emails.Add(new(account.Id, email, blob, message.Content.EncodeMeta(message.Prefix.Length)));
        var row = mailbox.Add(context, email, modSeq, message.Flags, keywords, checked((uint)blob.Length), received, (uint)context.Now.ToUnixTimeSeconds());
        if (message.QuotaNotice > 0)
        {
            account.Update(account.Row with { QuotaWarned = message.QuotaNotice });
        }

        return new AddedMessage(mailbox.Mailbox, mailbox.Info.UidValidity, row.Uid, email, modSeq);
    }
}
