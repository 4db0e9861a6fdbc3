namespace Martlet.Protocols.Imap.Responses;

/// <summary>ENVELOPE, RFC 9051 §7.5.2. Texts are as in the header, encoded words included; null for NIL.</summary>
/// <param name="Date">Date field, as it stands.</param>
/// <param name="Subject">Subject field.</param>
/// <param name="InReplyTo">In-Reply-To field.</param>
/// <param name="MessageId">Message-ID field.</param>
public sealed record Envelope(string? Date, string? Subject, string? InReplyTo, string? MessageId)
{
    /// <summary>From field.</summary>
    public IReadOnlyList<EnvelopeAddress> From { get; init; } = [];

    /// <summary>Sender field, or From.</summary>
    public IReadOnlyList<EnvelopeAddress> Sender { get; init; } = [];

    /// <summary>Reply-To field, or From.</summary>
    public IReadOnlyList<EnvelopeAddress> ReplyTo { get; init; } = [];

    /// <summary>To field.</summary>
    public IReadOnlyList<EnvelopeAddress> To { get; init; } = [];

    /// <summary>Cc field.</summary>
    public IReadOnlyList<EnvelopeAddress> Cc { get; init; } = [];

    /// <summary>Bcc field.</summary>
    public IReadOnlyList<EnvelopeAddress> Bcc { get; init; } = [];
}

/// <summary>One entry of an address field: a mailbox or a group.</summary>
public abstract record EnvelopeAddress;

/// <summary>An address. Parts that are missing are null.</summary>
/// <param name="Name">Display name, encoded words included.</param>
/// <param name="Localpart">Before the <c>@</c>.</param>
/// <param name="Domain">After the <c>@</c>.</param>
public sealed record EnvelopeMailbox(string? Name, string? Localpart, string? Domain) : EnvelopeAddress
{
    /// <summary>Source route (at-domain-list), of no use today.</summary>
    public string? Route { get; init; }

    /// <summary><c>localpart@domain</c>, as the server gave it.</summary>
    public string Address => $"{Localpart}@{Domain}";
}

/// <summary>A group: on the wire an address without a host that has the group's name, the members, and an empty address.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Members">May be none.</param>
public sealed record EnvelopeGroup(string Name, IReadOnlyList<EnvelopeMailbox> Members) : EnvelopeAddress;
