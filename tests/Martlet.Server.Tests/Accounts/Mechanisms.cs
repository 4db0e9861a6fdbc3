using System.Security.Cryptography;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Server.Accounts;
using Martlet.Server.Tests.Imap;
using Martlet.Testing;

namespace Martlet.Server.Tests.Accounts;

/// <summary>All mechanisms, on a server that offers them all, by clients that can do them all.</summary>
internal static class Mechanisms
{
    /// <summary>Names as the server's table has them.</summary>
    public static IEnumerable<string> Names => SaslMechanisms.All.Select(mechanism => mechanism.Name);

    /// <summary>A server with IMAP or submission, CRAM-MD5, a key of alice that does not open with PREAUTH, and, unless a test has limits, no throttle: the tests fail on purpose.</summary>
    public static async Task<TestServer> StartAsync(bool isImap, LoginThrottleLimits? limits = null)
    {
        var options = new TestServerOptions { Logins = new AuthenticatorOptions { OffersCramMd5 = true, Throttle = limits ?? LoginThrottleLimits.Off } };
        var server = isImap ? await ImapServer.StartAsync(options) : await TestServer.StartAsync(options with { Services = SmtpServices.All() });
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone, mayPreauth: false);
        return server;
    }

    /// <summary>A client. Its -PLUS is bound to another connection.</summary>
    public static ISaslClient Client(string mechanism, string name = TestServer.Alice, string password = TestServer.Password)
    {
        var isPlus = mechanism.EndsWith("-PLUS", StringComparison.Ordinal);
        var means = new SaslClientMeans
        {
            AuthenticationId = name,
            Password = password,
            HasCertificate = true,
            IsEncrypted = true,
            Bindings = isPlus ? new ChannelBindings { Exporter = RandomNumberGenerator.GetBytes(32) } : ChannelBindings.None,
        };
        return SaslClientChooser.Create(mechanism, [mechanism], means, ScramNonce.From(RandomNumberGenerator.GetBytes(18)));
    }
}
