using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using Martlet.Network.Clients;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Xunit;

namespace Martlet.Server.Tests.Network;

/// <summary>What a client tries to log in with, and what it does not try after a refusal.</summary>
public sealed class LoginAttemptsTests
{
    private const string Everything = "LOGIN PLAIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-256-PLUS EXTERNAL";

    private static readonly LoginCredentials Ann = new() { Username = "ann", Password = "pw" };

    private static readonly TlsInfo Verified = new(SslProtocols.Tls13, TlsCipherSuite.TLS_AES_128_GCM_SHA256, "mail.example.org") { IsServerVerified = true };

    private static readonly ChannelBindings Bindings = new() { Exporter = new byte[32] };

    [Fact]
    public void Refused_mechanisms_are_followed_by_the_next() => Assert.Equal(
        "EXTERNAL SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN",
        TryAll(new LoginAttempts(Everything.Split(' '), Ann, Verified with { HasClientCertificate = true }, Bindings)));

    [Theory]
    [InlineData(false, false, "SCRAM-SHA-1 CRAM-MD5")]
    [InlineData(true, false, "SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN")]
    [InlineData(false, true, "SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN")]
    public void Passwords_go_in_the_clear_only_to_whom_somebody_has_verified(bool isVerified, bool isTrusted, string expected)
    {
        const string Offered = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1";
        Assert.Equal(expected, TryAll(new LoginAttempts(Offered.Split(' '), Ann with { IsServerTrusted = isTrusted }, Verified with { IsServerVerified = isVerified }, Bindings)));
        Assert.Equal(isTrusted ? expected : "SCRAM-SHA-1 CRAM-MD5", TryAll(new LoginAttempts(Offered.Split(' '), Ann with { IsServerTrusted = isTrusted }, tls: null, ChannelBindings.None)));
    }

    [Theory]
    [InlineData("SCRAM-SHA-256-PLUS", LoginRefusal.NotAvailable, 0, true)]
    [InlineData("SCRAM-SHA-256-PLUS", LoginRefusal.NotAvailable, 1, true)] // A name and a nonce.
    [InlineData("SCRAM-SHA-256-PLUS", LoginRefusal.NotAvailable, 2, false)] // A proof.
    [InlineData("SCRAM-SHA-256", LoginRefusal.Credentials, 1, false)]
    [InlineData("SCRAM-SHA-256", LoginRefusal.Other, 0, false)]
    [InlineData("EXTERNAL", LoginRefusal.NotAvailable, 1, true)]
    [InlineData("EXTERNAL", LoginRefusal.Credentials, 1, true)]
    [InlineData("EXTERNAL", LoginRefusal.Other, 1, false)]
    [InlineData("CRAM-MD5", LoginRefusal.NotAvailable, 0, true)]
    [InlineData("CRAM-MD5", LoginRefusal.NotAvailable, 1, false)]
    [InlineData("PLAIN", LoginRefusal.NotAvailable, 0, true)]
    [InlineData("PLAIN", LoginRefusal.NotAvailable, 1, false)]
    public void After_something_secret_or_a_real_refusal_nothing_else_is_tried(string mechanism, LoginRefusal refusal, int responses, bool mayGoOn)
    {
        var attempts = new LoginAttempts([mechanism, "LOGIN"], Ann, Verified with { HasClientCertificate = true }, Bindings);
        Assert.False(attempts.MayGoOn(refusal, responses)); // Nothing was tried.
        Assert.Equal(mechanism, attempts.Next()?.Mechanism);
        Assert.Equal(mayGoOn, attempts.MayGoOn(refusal, responses));
    }

    [Fact]
    public void A_server_that_refuses_what_was_used_before_is_told_nothing_weaker()
    {
        var attempts = new LoginAttempts(Everything.Split(' '), Ann with { StrongestBefore = "SCRAM-SHA-256-PLUS" }, Verified, Bindings);
        Assert.Equal("SCRAM-SHA-256-PLUS", attempts.Next()?.Mechanism);
        Assert.True(attempts.MayGoOn(LoginRefusal.NotAvailable, 0));
        Assert.Null(attempts.Next());
        Assert.Equal("SCRAM-SHA-256-PLUS", attempts.LostMechanism);
    }

    [Fact]
    public void SCRAM_after_a_refused_binding_says_that_none_was_offered()
    {
        var attempts = new LoginAttempts(["SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"], Ann, Verified, Bindings);
        Assert.StartsWith("p=tls-exporter,,n=ann,r=", First(attempts), StringComparison.Ordinal);
        Assert.True(attempts.MayGoOn(LoginRefusal.NotAvailable, 1));
        Assert.StartsWith("y,,n=ann,r=", First(attempts), StringComparison.Ordinal); // A server that has it takes this for an attack: RFC 5802 §6.
    }

    [Theory]
    [InlineData("PLAIN", null, null)]
    [InlineData("PLAIN", "PLAIN", null)]
    [InlineData("LOGIN", "plain", null)] // As weak.
    [InlineData("SCRAM-SHA-256", null, "SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256", "SCRAM-SHA-1", "SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-1 SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS")] // Nothing to bind to this time.
    public void The_strongest_is_remembered(string offered, string? before, string? after)
    {
        var attempts = new LoginAttempts(offered.Split(' '), Ann with { StrongestBefore = before }, Verified, ChannelBindings.None);
        Assert.NotNull(attempts.Next());
        Assert.Equal(after, attempts.Strongest);
    }

    [Fact]
    public void Credentials_print_no_password_and_have_no_NUL()
    {
        Assert.DoesNotContain("pw", Ann.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Ann with { Username = "a\0b" });
        Assert.Throws<ArgumentException>(() => Ann with { Password = "a\0b" });
        Assert.Throws<ArgumentException>(() => Ann with { AuthorizationId = "a\0b" });
    }

    private static string First(LoginAttempts attempts) => Encoding.UTF8.GetString(attempts.Next()!.InitialResponse!.Value.Span);

    private static string TryAll(LoginAttempts attempts)
    {
        List<string> tried = [];
        while (attempts.Next() is { } client)
        {
            tried.Add(client.Mechanism);
            Assert.True(attempts.MayGoOn(LoginRefusal.NotAvailable, responses: 0));
        }

        return string.Join(' ', tried);
    }
}
