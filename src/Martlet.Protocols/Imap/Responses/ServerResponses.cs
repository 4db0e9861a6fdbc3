namespace Martlet.Protocols.Imap.Responses;

/// <summary>Use and limit of one resource, RFC 9208 §4.2.1.</summary>
/// <param name="Name">STORAGE (units of 1,024 bytes), MESSAGE, MAILBOX, ANNOTATION-STORAGE or what the server says; upper case.</param>
/// <param name="Usage">Used.</param>
/// <param name="Limit">Allowed.</param>
public sealed record QuotaResource(string Name, long Usage, long Limit);

/// <summary>QUOTA, RFC 9208 §4.2.1.</summary>
/// <param name="Root">Quota root; may be empty.</param>
/// <param name="Resources">May be none.</param>
public sealed record QuotaData(string Root, IReadOnlyList<QuotaResource> Resources) : ImapResponse;

/// <summary>QUOTAROOT, RFC 9208 §4.2.2.</summary>
/// <param name="Mailbox">Whose.</param>
/// <param name="Roots">May be none.</param>
public sealed record QuotaRootData(MailboxName Mailbox, IReadOnlyList<string> Roots) : ImapResponse;

/// <summary>One annotation, RFC 5464 §4.4.1.</summary>
/// <param name="Entry">Name, as <c>/shared/comment</c>.</param>
/// <param name="Value">Any bytes; null for NIL, there is none.</param>
public sealed record MetadataValue(string Entry, ReadOnlyMemory<byte>? Value)
{
    /// <summary>The value as text; null for NIL.</summary>
    public string? Text => Value is { } bytes ? ResponseText.Decode(bytes.Span) : null;
}

/// <summary>METADATA with values, RFC 5464 §4.4.1.</summary>
/// <param name="Mailbox">Whose; the empty name for the server's own.</param>
/// <param name="Entries">Those asked for.</param>
public sealed record MetadataData(MailboxName Mailbox, IReadOnlyList<MetadataValue> Entries) : ImapResponse;

/// <summary>METADATA without values, RFC 5464 §4.4.2: these have changed.</summary>
/// <param name="Mailbox">Whose; the empty name for the server's own.</param>
/// <param name="Entries">Names.</param>
public sealed record MetadataChangedData(MailboxName Mailbox, IReadOnlyList<string> Entries) : ImapResponse;

/// <summary>ID, RFC 2971 §3.2.</summary>
/// <param name="Fields">Names and values, null for NIL; none for <c>ID NIL</c>.</param>
public sealed record IdData(IReadOnlyList<KeyValuePair<string, string?>> Fields) : ImapResponse;
