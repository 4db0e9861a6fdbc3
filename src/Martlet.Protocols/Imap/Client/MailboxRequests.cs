using Martlet.Protocols.Imap.Commands;

namespace Martlet.Protocols.Imap.Client;

/// <summary>SELECT and EXAMINE: RFC 9051 §6.3.2, §6.3.3, with the parameters of RFC 7162 §3.1.8 and §3.2.5.</summary>
/// <param name="Mailbox">The mailbox to open.</param>
public sealed record SelectRequest(MailboxName Mailbox) : ImapRequest
{
    /// <summary>EXAMINE: open for reading only.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>The parameter CONDSTORE.</summary>
    public bool CondStore { get; init; }

    /// <summary>The parameter QRESYNC; needs ENABLE QRESYNC before.</summary>
    public QResyncParameter? QResync { get; init; }

    /// <inheritdoc/>
    public override string Name => IsReadOnly ? "EXAMINE" : "SELECT";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        writer.Raw(" ").Mailbox(Mailbox);
        if (!CondStore && QResync is null)
        {
            return;
        }

        writer.Raw(CondStore ? " (CONDSTORE" : " (");
        if (QResync is { } known)
        {
            writer.Raw(CondStore ? " QRESYNC (" : "QRESYNC (").Number(known.UidValidity).Raw(" ").Number(known.ModSeq);
            if (known.KnownUids is { } uids)
            {
                writer.Raw(" ").Set(uids);
            }

            if (known is { MatchSeqs: { } matchSeqs, MatchUids: { } matchUids })
            {
                writer.Raw(" (").Set(matchSeqs).Raw(" ").Set(matchUids).Raw(")");
            }

            writer.Raw(")");
        }

        writer.Raw(")");
    }
}

/// <summary>CREATE: RFC 9051 §6.3.4, with the special uses of RFC 6154 §3.</summary>
/// <param name="Mailbox">The new mailbox.</param>
/// <param name="SpecialUses">Attributes as <c>\Sent</c>; usually none.</param>
public sealed record CreateRequest(MailboxName Mailbox, params IReadOnlyList<string> SpecialUses) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "CREATE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        writer.Raw(" ").Mailbox(Mailbox);
        if (SpecialUses.Count > 0)
        {
            writer.Raw(" (USE ").List(SpecialUses, static (w, use) => w.Raw("\\").Atom(use.TrimStart('\\'))).Raw(")");
        }
    }
}

/// <summary>DELETE: RFC 9051 §6.3.5.</summary>
/// <param name="Mailbox">The mailbox to remove.</param>
public sealed record DeleteRequest(MailboxName Mailbox) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "DELETE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Mailbox(Mailbox);
}

/// <summary>RENAME: RFC 9051 §6.3.6.</summary>
/// <param name="From">The mailbox to rename.</param>
/// <param name="To">Its new name.</param>
public sealed record RenameRequest(MailboxName From, MailboxName To) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "RENAME";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Mailbox(From).Raw(" ").Mailbox(To);
}

/// <summary>SUBSCRIBE and UNSUBSCRIBE: RFC 9051 §6.3.7, §6.3.8.</summary>
/// <param name="Mailbox">The name; it need not exist.</param>
/// <param name="IsOn">SUBSCRIBE; else UNSUBSCRIBE.</param>
public sealed record SubscribeRequest(MailboxName Mailbox, bool IsOn = true) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => IsOn ? "SUBSCRIBE" : "UNSUBSCRIBE";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Mailbox(Mailbox);
}

/// <summary>STATUS: RFC 9051 §6.3.11.</summary>
/// <param name="Mailbox">The mailbox asked about.</param>
/// <param name="Items">At least one.</param>
public sealed record StatusRequest(MailboxName Mailbox, StatusItems Items) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "STATUS";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => StatusItemsWriter.Write(writer.Raw(" ").Mailbox(Mailbox).Raw(" "), Items);
}

/// <summary>Writes status-att lists.</summary>
internal static class StatusItemsWriter
{
    private static readonly (StatusItems Item, string Name)[] Names =
    [
        (StatusItems.Messages, "MESSAGES"), (StatusItems.UidNext, "UIDNEXT"), (StatusItems.UidValidity, "UIDVALIDITY"), (StatusItems.Unseen, "UNSEEN"),
        (StatusItems.Deleted, "DELETED"), (StatusItems.Size, "SIZE"), (StatusItems.Recent, "RECENT"), (StatusItems.AppendLimit, "APPENDLIMIT"),
        (StatusItems.HighestModSeq, "HIGHESTMODSEQ"), (StatusItems.DeletedStorage, "DELETED-STORAGE"),
    ];

    /// <summary>The items in parentheses.</summary>
    /// <exception cref="ArgumentException">None is named: the grammar has no empty list.</exception>
    public static void Write(ImapCommandWriter writer, StatusItems items)
    {
        var names = Array.FindAll(Names, name => items.HasFlag(name.Item));
        if (names.Length == 0)
        {
            throw new ArgumentException("Name at least one item.", nameof(items));
        }

        writer.List(names, static (w, name) => w.Raw(name.Name));
    }
}
