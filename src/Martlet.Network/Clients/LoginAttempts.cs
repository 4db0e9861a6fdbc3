using System.Security.Cryptography;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Network.Clients;

/// <summary>
/// The mechanisms that a client tries on a connection to log in, one after the other, strongest first: for IMAP and SMTP alike. The caller asks for
/// <see cref="Next"/>, runs the exchange, and says how it was refused.
/// </summary>
/// <remarks>
/// A mechanism that was refused counts as one that was never offered, and the choice is made anew. So whoever sits between and refuses mechanisms gains nothing
/// that cutting the server's list would not give: what was used before is missed (<see cref="LostMechanism"/>), and SCRAM without binding tells the server that
/// none was offered (RFC 5802 §6), which a server that has it takes for an attack. After a proof or a password went out, nothing else is tried: whoever
/// got it and refuses may be after the next, weaker one. For one login on one connection; not thread safe.
/// </remarks>
public sealed class LoginAttempts
{
    private const int NonceBytes = 18;

    private readonly HashSet<string> _offered;
    private readonly SaslClientMeans _means;
    private string? _current;

    /// <summary>Begins a login.</summary>
    /// <param name="offered">SASL mechanisms that the server announces now, inside TLS where there is TLS.</param>
    /// <param name="credentials">What the caller has.</param>
    /// <param name="tls">What TLS agreed on with the server; null in the clear.</param>
    /// <param name="bindings">Of the same connection.</param>
    public LoginAttempts(IEnumerable<string> offered, LoginCredentials credentials, TlsInfo? tls, ChannelBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        _offered = new HashSet<string>(offered, StringComparer.OrdinalIgnoreCase);
        _means = new SaslClientMeans
        {
            AuthenticationId = credentials.Username,
            Password = credentials.Password,
            AuthorizationId = credentials.AuthorizationId,
            HasCertificate = tls is { HasClientCertificate: true },
            IsEncrypted = credentials.IsServerTrusted || tls is { IsServerVerified: true },
            Bindings = bindings,
            StrongestBefore = IsPlaintext(credentials.StrongestBefore) ? null : credentials.StrongestBefore,
            Limits = credentials.Limits,
        };
    }

    /// <summary>Set when <see cref="Next"/> gave nothing because the mechanism of this name, used before, is missing now and nothing as strong is left: ask the owner.</summary>
    public string? LostMechanism { get; private set; }

    /// <summary>
    /// After success: what the caller keeps for <see cref="LoginCredentials.StrongestBefore"/>. Null as long as only PLAIN or LOGIN were used: there is nothing below them.
    /// </summary>
    public string? Strongest => SaslClientChooser.Stronger(_means.StrongestBefore, IsPlaintext(_current) ? null : _current);

    /// <summary>The client of the next mechanism; null when none is left that may be used (see <see cref="LostMechanism"/>).</summary>
    public ISaslClient? Next()
    {
        var choice = SaslClientChooser.Choose(_offered, _means);
        LostMechanism = choice.LostMechanism;
        _current = choice.Mechanisms.Count > 0 ? choice.Mechanisms[0] : null;
        return _current is null ? null : SaslClientChooser.Create(_current, _offered, _means, ScramNonce.From(RandomNumberGenerator.GetBytes(NonceBytes)));
    }

    /// <summary>The server refused the mechanism that <see cref="Next"/> gave last.</summary>
    /// <param name="refusal">How.</param>
    /// <param name="responses">How many responses of the mechanism the server has got, the initial one too; a cancellation is none.</param>
    /// <returns>Whether <see cref="Next"/> may be asked again; false ends the login.</returns>
    public bool MayGoOn(LoginRefusal refusal, int responses)
    {
        if (_current is null || responses > HarmlessResponses(_current) || !IsAboutMechanism(refusal, _current))
        {
            return false;
        }

        _offered.Remove(_current);
        return true;
    }

    // EXTERNAL says nothing that is secret, ever; SCRAM says a name and a nonce first, and only then a proof on which passwords can be tried.
    private static int HarmlessResponses(string mechanism) => mechanism == External.Name || mechanism.StartsWith("SCRAM-", StringComparison.Ordinal) ? 1 : 0;

    // A key that the server does not know is no reason not to ask for the password.
    private static bool IsAboutMechanism(LoginRefusal refusal, string mechanism) =>
        refusal == LoginRefusal.NotAvailable || (refusal == LoginRefusal.Credentials && mechanism == External.Name);

    private static bool IsPlaintext(string? mechanism) =>
        Plain.Name.Equals(mechanism, StringComparison.OrdinalIgnoreCase) || Login.Name.Equals(mechanism, StringComparison.OrdinalIgnoreCase);
}
