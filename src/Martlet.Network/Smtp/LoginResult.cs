using Martlet.Protocols.Smtp.Client;

namespace Martlet.Network.Smtp;

/// <summary>How a login ended.</summary>
/// <param name="IsLoggedIn">Whether the server knows us now.</param>
/// <param name="Reply">The server's last word; null when nothing was tried.</param>
/// <param name="Mechanism">The mechanism that was tried last; null when none was.</param>
/// <param name="Strongest">After success, what the caller keeps for <see cref="Clients.LoginCredentials.StrongestBefore"/>; else null.</param>
/// <param name="LostMechanism">The mechanism that was used before and is missing now: somebody may have cut the server's list. Null when all is well.</param>
public sealed record LoginResult(bool IsLoggedIn, ServerReply? Reply, string? Mechanism, string? Strongest, string? LostMechanism)
{
    /// <summary>The same in words.</summary>
    public string Reason => this switch
    {
        { LostMechanism: { } lost } => $"The server does not offer {lost} any more, which it did before: somebody may sit in between. No weaker login was tried.",
        { Reply: { } reply } => reply.ToString(),
        _ => "The server offers no login that can be used with what is given.",
    };
}
