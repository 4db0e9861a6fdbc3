using System.Security.Cryptography;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;

namespace Martlet.Server.Accounts;

/// <summary>A mechanism we have.</summary>
/// <param name="Name">Registered name, upper case.</param>
/// <param name="IsOffered">Whether it works on a connection with TLS.</param>
/// <param name="Create">Starts an exchange.</param>
internal sealed record SaslMechanism(string Name, Func<Authenticator, LoginContext, bool> IsOffered, Func<Authenticator, LoginContext, ISaslServer> Create);

/// <summary>
/// The mechanisms, strongest first, for IMAP and SMTP alike: a further one is a further row. None is offered without TLS, not even those that do not send the
/// password: whoever listens could try passwords on what was said, and whoever sits in between would have the session.
/// </summary>
internal static class SaslMechanisms
{
    private const int RandomBytes = 18;

    private static readonly SaslMechanism[] All =
    [
        new(External.Name, (logins, context) => logins.FindKey(context) is not null, (logins, context) => new External(logins.FindKey(context)?.Address, SaslLimits.Default)),
        .. ScramHash.All.Select(hash => new SaslMechanism(hash.PlusName, (_, context) => context.OffersPlus, (logins, context) => Scram(hash, isPlus: true, logins, context))),
        .. ScramHash.All.Select(hash => new SaslMechanism(hash.Name, (_, _) => true, (logins, context) => Scram(hash, isPlus: false, logins, context))),
        new(CramMd5Server.Name, (logins, _) => logins.Options.OffersCramMd5, (logins, _) => CramMd5(logins)),
        new(Plain.Name, (_, _) => true, (_, _) => new Plain(SaslLimits.Default)),
        new(Login.Name, (_, _) => true, (_, _) => new Login(SaslLimits.Default)),
    ];

    /// <summary>Names to announce on a connection.</summary>
    /// <param name="logins">What is configured, and whose keys are known.</param>
    /// <param name="context">The connection.</param>
    /// <param name="allowWithoutTls">For localserve.</param>
    public static IEnumerable<string> Offered(Authenticator logins, LoginContext context, bool allowWithoutTls) => context.IsEncrypted || allowWithoutTls
        ? All.Where(mechanism => mechanism.IsOffered(logins, context)).Select(mechanism => mechanism.Name)
        : [];

    /// <summary>The mechanism of that name, in any case, whether it is offered or not; null when there is none.</summary>
    public static SaslMechanism? Find(string name) => Array.Find(All, mechanism => mechanism.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ScramServer Scram(ScramHash hash, bool isPlus, Authenticator logins, LoginContext context) => new(hash, isPlus, new ScramServerOptions
    {
        Nonce = ScramNonce.From(RandomNumberGenerator.GetBytes(RandomBytes)),
        Decoy = logins.Options.Decoy,
        Bindings = context.Bindings,
        OffersPlus = context.OffersPlus,
    });

    private static CramMd5Server CramMd5(Authenticator logins) => new(
        CramMd5Server.MakeChallenge(RandomNumberGenerator.GetBytes(RandomBytes), logins.Time.GetUtcNow().ToUnixTimeSeconds(), logins.Options.Hostname),
        logins.Options.Decoy,
        SaslLimits.Default);
}
