using Martlet.Protocols.Imap.Commands;

namespace Martlet.Protocols.Imap.Client;

/// <summary>GETQUOTA: RFC 9208 §4.1.1.</summary>
/// <param name="Root">Quota root; may be empty.</param>
public sealed record GetQuotaRequest(string Root) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "GETQUOTA";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").AString(Root);
}

/// <summary>GETQUOTAROOT: RFC 9208 §4.1.2.</summary>
/// <param name="Mailbox">Whose roots.</param>
public sealed record GetQuotaRootRequest(MailboxName Mailbox) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "GETQUOTAROOT";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) => writer.Raw(" ").Mailbox(Mailbox);
}

/// <summary>SETQUOTA: RFC 9208 §4.1.3.</summary>
/// <param name="Root">Quota root.</param>
/// <param name="Limits">Resources, as STORAGE, and their limits. Those not named have none afterwards.</param>
public sealed record SetQuotaRequest(string Root, params IReadOnlyList<KeyValuePair<string, long>> Limits) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "SETQUOTA";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer) =>
        writer.Raw(" ").AString(Root).Raw(" ").List(Limits, static (w, limit) => w.Atom(limit.Key).Raw(" ").Number(limit.Value));
}

/// <summary>GETMETADATA: RFC 5464 §4.2.</summary>
/// <param name="Mailbox">Whose; the empty name for the server's own.</param>
/// <param name="Entries">At least one, as <c>/shared/comment</c>.</param>
public sealed record GetMetadataRequest(MailboxName Mailbox, params IReadOnlyList<string> Entries) : ImapRequest
{
    /// <summary>Leave out values with more bytes.</summary>
    public long? MaxSize { get; init; }

    /// <summary>How far below the entries.</summary>
    public MetadataDepth Depth { get; init; }

    /// <inheritdoc/>
    public override string Name => "GETMETADATA";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        AtLeastOne(Entries);
        List<string> options = [];
        if (MaxSize is { } bytes)
        {
            options.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"MAXSIZE {bytes}"));
        }

        if (Depth != MetadataDepth.Zero)
        {
            options.Add(Depth == MetadataDepth.One ? "DEPTH 1" : "DEPTH infinity");
        }

        // RFC 5464 erratum 3868: options come before the mailbox, as in the formal syntax.
        if (options.Count > 0)
        {
            writer.Raw(" ").List(options, static (w, option) => w.Raw(option));
        }

        writer.Raw(" ").Mailbox(Mailbox).Raw(" ");
        if (Entries.Count == 1)
        {
            writer.AString(Entries[0]);
        }
        else
        {
            writer.List(Entries, static (w, entry) => w.AString(entry));
        }
    }
}

/// <summary>SETMETADATA: RFC 5464 §4.3.</summary>
/// <param name="Mailbox">Whose; the empty name for the server's own.</param>
/// <param name="Entries">At least one. A null value removes.</param>
public sealed record SetMetadataRequest(MailboxName Mailbox, params IReadOnlyList<Responses.MetadataValue> Entries) : ImapRequest
{
    /// <inheritdoc/>
    public override string Name => "SETMETADATA";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        AtLeastOne(Entries);
        writer.Raw(" ").Mailbox(Mailbox).Raw(" ").List(Entries, static (w, entry) => w.AString(entry.Entry).Raw(" ").Binary(entry.Value));
    }
}
