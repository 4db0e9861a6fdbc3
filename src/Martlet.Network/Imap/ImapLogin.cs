using Martlet.Network.Clients;

namespace Martlet.Network.Imap;

/// <summary>How a login by <see cref="ImapClient.AuthenticateAsync(LoginCredentials, CancellationToken)"/> went.</summary>
/// <param name="Result">Of the last attempt. Without one (<see cref="WasLoggedInBefore"/>) its status is the greeting.</param>
/// <param name="Mechanism">What was tried last: a SASL mechanism; LOGIN also for the command of that name. Null when nothing was sent.</param>
/// <param name="Strongest">For the caller to keep, and to give as <see cref="LoginCredentials.StrongestBefore"/> the next time; null for nothing.</param>
public sealed record ImapLogin(ImapResult Result, string? Mechanism, string? Strongest)
{
    /// <summary>What the server said of the failure inside the exchange (SCRAM), printable ASCII; null if it did not.</summary>
    public string? MechanismError { get; init; }

    /// <summary>The account is logged in.</summary>
    public bool IsOk => Result.IsOk || WasLoggedInBefore;

    /// <summary>
    /// The connection was logged in already, by a PREAUTH greeting or an earlier login: nothing was sent, and nobody has checked that it is the account of the credentials.
    /// </summary>
    public bool WasLoggedInBefore => Mechanism is null;

    /// <summary>This login, if the account is logged in.</summary>
    /// <exception cref="ImapException"><see cref="ImapFailure.Refused"/>: NO or BAD. The connection can be used on.</exception>
    public ImapLogin EnsureOk()
    {
        if (!IsOk)
        {
            Result.EnsureOk();
        }

        return this;
    }
}
