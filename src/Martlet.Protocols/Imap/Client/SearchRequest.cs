using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;

namespace Martlet.Protocols.Imap.Client;

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4, with PARTIAL of RFC 9394 §3.1.</summary>
/// <param name="Key">What to look for.</param>
public sealed record SearchRequest(SearchKey Key) : ImapRequest
{
    /// <summary>The results are UIDs.</summary>
    public bool IsUid { get; init; } = true;

    /// <summary>What to answer. None asks without RETURN: an old server, or one without IMAP4rev2 enabled, then answers with SEARCH.</summary>
    public SearchReturns Returns { get; init; }

    /// <summary>The results in this window.</summary>
    public PartialRange? Partial { get; init; }

    /// <inheritdoc/>
    public override string Name => WithUid("SEARCH", IsUid);

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        SearchWriter.Returns(writer, Returns, Partial);
        SearchWriter.Program(writer, Key);
    }
}

/// <summary>Which mailboxes, for <see cref="MultiSearchRequest"/> and <see cref="NotifyRequest"/>: filter-mailboxes of RFC 5465 §8 and RFC 7377 §4.</summary>
/// <param name="Kind">The word, as <c>subtree</c>.</param>
/// <param name="Mailboxes">For <c>subtree</c>, <c>subtree-one</c> and <c>mailboxes</c>; else none.</param>
public sealed record MailboxFilter(string Kind, params IReadOnlyList<MailboxName> Mailboxes)
{
    /// <summary>The selected mailbox.</summary>
    public static MailboxFilter Selected { get; } = new("selected");

    /// <summary>The selected mailbox, with expunges held back until they are allowed (NOTIFY only).</summary>
    public static MailboxFilter SelectedDelayed { get; } = new("selected-delayed");

    /// <summary>Every mailbox that mail is delivered to.</summary>
    public static MailboxFilter Inboxes { get; } = new("inboxes");

    /// <summary>All of the account's own.</summary>
    public static MailboxFilter Personal { get; } = new("personal");

    /// <summary>All subscribed.</summary>
    public static MailboxFilter Subscribed { get; } = new("subscribed");

    /// <summary>These and all below them.</summary>
    public static MailboxFilter Subtree(params IReadOnlyList<MailboxName> mailboxes) => new("subtree", mailboxes);

    /// <summary>These and those one level below (ESEARCH only).</summary>
    public static MailboxFilter SubtreeOne(params IReadOnlyList<MailboxName> mailboxes) => new("subtree-one", mailboxes);

    /// <summary>Exactly these.</summary>
    public static MailboxFilter Exactly(params IReadOnlyList<MailboxName> mailboxes) => new("mailboxes", mailboxes);

    internal void Write(ImapCommandWriter writer)
    {
        writer.Atom(Kind);
        if (Mailboxes.Count > 0)
        {
            writer.Raw(" ").List(Mailboxes, static (w, mailbox) => w.Mailbox(mailbox));
        }
    }
}

/// <summary>The ESEARCH command: RFC 7377 §2. Answered with one ESEARCH response a mailbox, always of UIDs.</summary>
/// <param name="Key">What to look for.</param>
/// <param name="Sources">Where; none means the selected mailbox.</param>
public sealed record MultiSearchRequest(SearchKey Key, params IReadOnlyList<MailboxFilter> Sources) : ImapRequest
{
    /// <summary>What to answer. SAVE is not allowed with several mailboxes.</summary>
    public SearchReturns Returns { get; init; }

    /// <inheritdoc/>
    public override string Name => "ESEARCH";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        if (Sources.Count > 0)
        {
            writer.Raw(" IN ").List(Sources, static (w, source) => source.Write(w));
        }

        SearchWriter.Returns(writer, Returns, partial: null);
        SearchWriter.Program(writer, Key);
    }
}
