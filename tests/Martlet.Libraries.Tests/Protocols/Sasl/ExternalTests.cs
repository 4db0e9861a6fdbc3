using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

public sealed class ExternalTests
{
    private static External Server => new("kurt@example.org", SaslLimits.Default);

    [Theory]
    [InlineData("")]
    [InlineData("ursel@example.org")]
    [InlineData("jürgen@bücher.example")]
    public void The_certificate_says_who_and_the_client_for_whom(string authorizationId)
    {
        Assert.True(Server.FirstChallenge.IsEmpty);
        Assert.Equal(new SaslStep.Proved(authorizationId, "kurt@example.org", null), Server.Step(Bytes(authorizationId)));
    }

    [Fact]
    public void Without_a_certificate_nobody_gets_in() =>
        Assert.Equal(new SaslStep.Failed(SaslFailure.BadCredentials), new External(identity: null, SaslLimits.Default).Step([]));

    [Fact]
    public void NUL_what_is_not_UTF8_and_too_much_are_refused()
    {
        var malformed = new SaslStep.Failed(SaslFailure.Malformed);
        Assert.Equal(malformed, Server.Step("a\0b"u8));
        Assert.Equal(malformed, Server.Step([0xFC]));
        Assert.IsType<SaslStep.Proved>(Server.Step(Bytes(new string('a', 1020))));
        Assert.Equal(malformed, Server.Step(Bytes(new string('a', 1021))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ursel@example.org")]
    public void Client_and_server_agree(string authorizationId)
    {
        var (step, isContent) = Run(Server, new ExternalClient(authorizationId), _ => null);
        Assert.Equal(new SaslStep.Proved(authorizationId, "kurt@example.org", null), step);
        Assert.True(isContent);
    }

    [Fact]
    public void Secrets_are_not_asked_for()
    {
        ISaslServer server = Server;
        Assert.True(server.TakesInitialResponse);
        Assert.Throws<InvalidOperationException>(() => server.Resume(null));
    }
}
