using Martlet.Protocols.Smtp;
using Martlet.Store;

namespace Martlet.Server.Delivery;

/// <summary>A message that was received whole, with its envelope.</summary>
/// <param name="Mail">Envelope-from and what MAIL said.</param>
/// <param name="Recipients">Recipients, at least one.</param>
/// <param name="Content">The message, complete; stays the session's.</param>
/// <param name="Header">What was seen in its header.</param>
/// <param name="Trace">Where it came from.</param>
internal sealed record InboundMessage(MailCommand Mail, IReadOnlyList<Recipient> Recipients, MessageSpool Content, HeaderWatch Header, TraceInfo Trace);
