using Martlet.Protocols.Sasl;

namespace Martlet.Server.Accounts;

/// <summary>A mechanism we offer.</summary>
/// <param name="Name">Registered name, upper case.</param>
/// <param name="IsPlaintext">Whether it shows the password to whoever listens: offered under TLS only, unless the owner allows it.</param>
/// <param name="Create">Starts an exchange.</param>
internal sealed record SaslMechanism(string Name, bool IsPlaintext, Func<LoginContext, ISaslServer> Create);

/// <summary>
/// The mechanisms, strongest first, for IMAP and SMTP alike. SCRAM, EXTERNAL and OAUTHBEARER become rows here; what they need of TLS and stored secrets comes
/// in through the context.
/// </summary>
internal static class SaslMechanisms
{
    private static readonly SaslMechanism[] All =
    [
        new(Plain.Name, IsPlaintext: true, _ => new Plain(SaslLimits.Default)),
        new(Login.Name, IsPlaintext: true, _ => new Login(SaslLimits.Default)),
    ];

    /// <summary>Names to announce on a connection.</summary>
    public static IEnumerable<string> Offered(LoginContext context, bool allowPlainWithoutTls)
    {
        foreach (var mechanism in All)
        {
            if (context.IsEncrypted || allowPlainWithoutTls || !mechanism.IsPlaintext)
            {
                yield return mechanism.Name;
            }
        }
    }

    /// <summary>The mechanism of that name, in any case; null when there is none.</summary>
    public static SaslMechanism? Find(string name)
    {
        foreach (var mechanism in All)
        {
            if (mechanism.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return mechanism;
            }
        }

        return null;
    }
}
