using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>What became of a message for one recipient.</summary>
public enum SendOutcome
{
    /// <summary>The server has taken it and answers for it now.</summary>
    Taken,

    /// <summary>Not now: the same may work later.</summary>
    Later,

    /// <summary>Not like this: the same will never work.</summary>
    Refused,
}

/// <summary>What became of a message for one recipient.</summary>
/// <param name="Recipient">The recipient.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reply">The reply that decided; null when the client refused before it asked.</param>
/// <param name="Reason">The same in words.</param>
public sealed record RecipientResult(ForwardPath Recipient, SendOutcome Outcome, ServerReply? Reply, string Reason);

/// <summary>What became of a message.</summary>
/// <param name="Recipients">One for each recipient, in the order of the message.</param>
public sealed record SendResult(IReadOnlyList<RecipientResult> Recipients)
{
    /// <summary>All recipients have it.</summary>
    public bool IsComplete => Recipients.All(static recipient => recipient.Outcome == SendOutcome.Taken);
}
