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

/// <summary>How far below the named entries GETMETADATA looks, RFC 5464 §4.2.2.</summary>
public enum MetadataDepth
{
    /// <summary>Only they.</summary>
    Zero,

    /// <summary>They and their children.</summary>
    One,

    /// <summary>They and all below.</summary>
    Infinity,
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
public sealed record SetMetadataRequest(MailboxName Mailbox, params IReadOnlyList<Responses.MetadataEntry> Entries) : ImapRequest
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

/// <summary>Events that one group of mailboxes is watched for, RFC 5465 §3.1.</summary>
/// <param name="Filter">Which mailboxes.</param>
/// <param name="Events">Names as <c>MessageNew</c>; none is sent as NONE.</param>
public sealed record NotifyGroup(MailboxFilter Filter, params IReadOnlyList<string> Events)
{
    /// <summary>Items to send with MessageNew, for the selected mailbox.</summary>
    public IReadOnlyList<FetchItem> NewItems { get; init; } = [];

    internal void Write(ImapCommandWriter writer)
    {
        Filter.Write(writer.Raw("("));
        if (Events.Count == 0)
        {
            writer.Raw(" NONE)");
            return;
        }

        writer.Raw(" ").List(Events, (w, name) =>
        {
            w.Atom(name);
            if (NewItems.Count > 0 && name.Equals("MessageNew", StringComparison.OrdinalIgnoreCase))
            {
                w.Raw(" ").List(NewItems, static (items, item) => FetchItemWriter.Write(items, item));
            }
        }).Raw(")");
    }
}

/// <summary>NOTIFY SET, or NOTIFY NONE without groups: RFC 5465 §3.1.</summary>
/// <param name="Groups">What is watched; none turns all off.</param>
public sealed record NotifyRequest(params IReadOnlyList<NotifyGroup> Groups) : ImapRequest
{
    /// <summary>Send a STATUS of each mailbox watched first.</summary>
    public bool WithStatus { get; init; }

    /// <inheritdoc/>
    public override string Name => "NOTIFY";

    /// <inheritdoc/>
    public override void WriteArguments(ImapCommandWriter writer)
    {
        if (Groups.Count == 0)
        {
            writer.Raw(" NONE");
            return;
        }

        writer.Raw(WithStatus ? " SET STATUS" : " SET");
        foreach (var group in Groups)
        {
            group.Write(writer.Raw(" "));
        }
    }
}
