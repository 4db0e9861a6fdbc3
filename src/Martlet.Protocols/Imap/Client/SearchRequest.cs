using Martlet.Protocols.Imap.Commands;

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
            writer.Raw(" IN ").List(Sources, MailboxFilterWriter.Write);
        }

        SearchWriter.Returns(writer, Returns, partial: null);
        SearchWriter.Program(writer, Key);
    }
}
