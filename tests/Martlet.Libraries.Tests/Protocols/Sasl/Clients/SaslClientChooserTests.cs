using Martlet.Protocols.Sasl.Clients;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Clients;

public sealed class SaslClientChooserTests
{
    private const string Everything = "LOGIN PLAIN XOAUTH2 CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-256-PLUS EXTERNAL";

    private static readonly SaslClientMeans All = new()
    {
        AuthenticationId = "user",
        Password = "pencil",
        HasCertificate = true,
        IsEncrypted = true,
        Bindings = Bindings,
    };

    [Fact]
    public void The_strongest_comes_first() =>
        Assert.Equal("EXTERNAL SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN", Choose(Everything, All));

    [Fact]
    public void What_there_are_no_means_for_is_left_out()
    {
        Assert.Equal("SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5", Choose(Everything, new SaslClientMeans { AuthenticationId = "user", Password = "pencil" }));
        Assert.Equal("EXTERNAL", Choose(Everything, All with { Password = null }));
        Assert.Equal("EXTERNAL", Choose(Everything, All with { AuthenticationId = "" }));
        Assert.Equal(
            "SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN",
            Choose(Everything, All with { HasCertificate = false, Bindings = Bindings with { Exporter = null }, BindingOrder = ["tls-exporter"] }));
        Assert.Equal("SCRAM-SHA-256 PLAIN", Choose("LOGIN PLAIN CRAM-MD5 SCRAM-SHA-256", All with { AuthorizationId = "other" }));
        Assert.Equal("", Choose("", All));
    }

    [Fact]
    public void Passwords_are_not_sent_in_the_clear() => Assert.Equal("", Choose("PLAIN LOGIN", All with { IsEncrypted = false }));

    [Fact]
    public void Names_count_in_any_case() => Assert.Equal("SCRAM-SHA-256 PLAIN", Choose("plain Scram-Sha-256", All));

    [Theory]
    [InlineData("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256 SCRAM-SHA-1 PLAIN", true)]
    [InlineData("SCRAM-SHA-256", "PLAIN LOGIN", true)]
    [InlineData("SCRAM-SHA-256", "", true)]
    [InlineData("EXTERNAL", "SCRAM-SHA-256-PLUS", true)]
    [InlineData("SCRAM-SHA-1", "CRAM-MD5", true)]
    [InlineData("SCRAM-SHA-256", "SCRAM-SHA-256-PLUS PLAIN", false)] // Stronger.
    [InlineData("SCRAM-SHA-256", "SCRAM-SHA-1-PLUS", false)]
    [InlineData("PLAIN", "PLAIN", false)]
    [InlineData("XOAUTH2", "PLAIN", false)] // Nothing is known of its strength.
    public void A_list_that_shrank_is_noticed(string before, string offered, bool isLost)
    {
        var choice = SaslClientChooser.Choose(offered.Split(' '), All with { StrongestBefore = before });
        Assert.Equal(isLost ? before : null, choice.LostMechanism);
        Assert.Equal(isLost, choice.Mechanisms.Count == 0);
    }

    [Fact]
    public void Means_that_shrank_are_our_own_business()
    {
        var choice = SaslClientChooser.Choose(Everything.Split(' '), All with { StrongestBefore = "EXTERNAL", HasCertificate = false });
        Assert.Equal("SCRAM-SHA-256-PLUS", choice.Mechanisms[0]);
        Assert.Null(choice.LostMechanism);
    }

    [Theory]
    [InlineData("SCRAM-SHA-1-PLUS", "SCRAM-SHA-512", "SCRAM-SHA-1-PLUS")]
    [InlineData("plain", "External", "EXTERNAL")]
    [InlineData("XOAUTH2", "LOGIN", "LOGIN")]
    [InlineData(null, "XOAUTH2", null)]
    public void The_stronger_of_two(string? first, string? second, string? expected)
    {
        Assert.Equal(expected, SaslClientChooser.Stronger(first, second));
        Assert.Equal(expected, SaslClientChooser.Stronger(second, first));
    }

    [Fact]
    public void Every_chosen_mechanism_can_be_made()
    {
        var offered = Everything.Split(' ');
        foreach (var mechanism in SaslClientChooser.Choose(offered, All).Mechanisms)
        {
            Assert.Equal(mechanism, SaslClientChooser.Create(mechanism, offered, All, ClientNonce).Mechanism);
        }

        Assert.Throws<ArgumentException>(() => SaslClientChooser.Create("EXTERNAL", offered, All with { HasCertificate = false }, ClientNonce));
        Assert.Throws<ArgumentException>(() => SaslClientChooser.Create("PLAIN", offered, All with { IsEncrypted = false }, ClientNonce));
        Assert.Throws<ArgumentException>(() => SaslClientChooser.Create("XOAUTH2", offered, All, ClientNonce));
    }

    [Fact]
    public void A_SCRAM_client_knows_what_was_offered()
    {
        Assert.StartsWith("y,,n=user,", First("SCRAM-SHA-256", "SCRAM-SHA-256 PLAIN"), StringComparison.Ordinal);
        Assert.StartsWith("n,,n=user,", First("SCRAM-SHA-256", "SCRAM-SHA-256 scram-sha-1-plus"), StringComparison.Ordinal);
        Assert.StartsWith("p=tls-exporter,,n=user,", First("SCRAM-SHA-256-PLUS", Everything), StringComparison.Ordinal);

        static string First(string mechanism, string offered) => Said(SaslClientChooser.Create(mechanism, offered.Split(' '), All, ClientNonce).InitialResponse);
    }

    private static string Choose(string offered, SaslClientMeans means)
    {
        var choice = SaslClientChooser.Choose(offered.Split(' '), means);
        Assert.Null(choice.LostMechanism);
        return string.Join(' ', choice.Mechanisms);
    }
}
