using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>How mail is taken in.</summary>
internal sealed record InboundOptions
{
    /// <summary>Our name in trace fields.</summary>
    public required string Hostname { get; init; }

    /// <summary>Whether our users send here: missing fields are added (RFC 6409 §8) and their network stays private.</summary>
    public bool IsSubmission { get; init; }

    /// <summary>Name of the service in logs, metrics and journal.</summary>
    public string Service => IsSubmission ? "submission" : "smtp";

    /// <summary>Takes every recipient into this account; null for the directory.</summary>
    public AccountId? AcceptAnyRecipientInto { get; init; }
}
