using System.Security.Cryptography;
using Martlet.Protocols.Smtp;
using Martlet.Server.Observe.Journal;
using Martlet.Store;

namespace Martlet.Server.Delivery;

/// <summary>A message that was received whole, with its envelope.</summary>
/// <param name="Mail">Envelope-from and what MAIL said.</param>
/// <param name="Recipients">Recipients, at least one.</param>
/// <param name="Content">The message, complete; stays the session's.</param>
/// <param name="Header">What was seen in its header.</param>
/// <param name="Trace">Where it came from.</param>
internal sealed record InboundMessage(MailCommand Mail, IReadOnlyList<Recipient> Recipients, MessageSpool Content, HeaderWatch Header, TraceInfo Trace)
{
    /// <summary>Recipients that were refused before; null for none.</summary>
    public RefusedRecipients? Refused { get; init; }

    /// <summary>Message-ID that the message gets because it came without one (RFC 6409 §8.3): the same for all recipients. Null when it has its own, or gets none.</summary>
    public string? NewMessageId { get; private init; }

    /// <summary>Message-ID as the journal knows it.</summary>
    public string MessageId => NewMessageId ?? Header.MessageId;

    /// <summary>Whether a Message-ID must be added, and which.</summary>
    /// <param name="options">How mail is taken in.</param>
    public InboundMessage Completed(InboundOptions options) => options.IsSubmission && !Header.HasMessageId
        ? this with { NewMessageId = JournalText.Cut($"{RandomNumberGenerator.GetHexString(32, lowercase: true)}@{options.Hostname}") }
        : this;
}
