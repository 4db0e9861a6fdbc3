using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Attempts to log in that were alike.</summary>
/// <param name="Last">The last one, UTC.</param>
/// <param name="First">The first one, UTC.</param>
/// <param name="Count">How many.</param>
/// <param name="Result">Fixed word: ok, badcreds, throttled ...</param>
/// <param name="Address">Address that the client gave.</param>
/// <param name="Mechanism">SASL mechanism, or LOGIN.</param>
/// <param name="Protocol">imap, submission.</param>
/// <param name="Tls">TLS version; empty without TLS.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Client">What the client says it is; empty when it did not.</param>
/// <param name="Key">Fingerprint of the client's key; empty without.</param>
public sealed record LoginSummary(
    DateTimeOffset Last, DateTimeOffset First, long Count, string Result, string Address, string Mechanism, string Protocol, string Tls, string Remote, string Client, string Key)
{
    internal static LoginSummary Of(LoginEntry login) => new(
        login.Last, login.First, login.Count, login.Outcome, login.Address, login.Mechanism, login.Protocol, login.Tls, login.Remote, login.Client, login.PublicKey);
}
