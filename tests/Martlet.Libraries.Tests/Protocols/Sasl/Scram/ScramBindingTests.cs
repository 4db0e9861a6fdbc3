using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;
using static Martlet.Libraries.Tests.Protocols.Sasl.Scram.ScramServerTests;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Scram;

/// <summary>Channel binding between both ends, RFC 5802 §6.</summary>
public sealed class ScramBindingTests
{
    private static ScramHash Hash => ScramHash.Sha256;

    [Theory]
    [InlineData("tls-exporter")]
    [InlineData("tls-server-end-point")]
    [InlineData("tls-unique")]
    public void Every_type_binds(string type)
    {
        var client = new ScramClient(Hash, isPlus: true, ClientOptions() with { Bindings = Bindings, BindingOrder = [type] });
        Assert.StartsWith($"p={type},,", Said(client.InitialResponse), StringComparison.Ordinal);
        var (step, isContent) = Run(Server(Hash, isPlus: true, Bindings), client, _ => Credentials(Hash));
        Assert.IsType<SaslStep.Proved>(step);
        Assert.True(isContent);
    }

    [Fact]
    public void Client_takes_the_best_type_of_the_connection()
    {
        Assert.StartsWith("p=tls-exporter,", First(Bindings), StringComparison.Ordinal);
        Assert.StartsWith("p=tls-server-end-point,", First(Bindings with { Exporter = null }), StringComparison.Ordinal);
        Assert.StartsWith("p=tls-unique,", First(new ChannelBindings { Unique = Bindings.Unique }), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => First(ChannelBindings.None));

        static string First(ChannelBindings bindings) => Said(new ScramClient(Hash, isPlus: true, ClientOptions() with { Bindings = bindings }).InitialResponse);
    }

    [Theory]
    [InlineData(false, false, "n,,")]
    [InlineData(false, true, "n,,")]
    [InlineData(true, false, "y,,")]
    [InlineData(true, true, "n,,")]
    public void Client_tells_when_it_could_bind_and_nothing_was_offered(bool canBind, bool isOffered, string start) =>
        Assert.StartsWith(
            start,
            Said(new ScramClient(Hash, isPlus: false, ClientOptions() with { Bindings = canBind ? Bindings : ChannelBindings.None, IsPlusOffered = isOffered }).InitialResponse),
            StringComparison.Ordinal);

    [Fact]
    public void A_client_that_saw_no_offer_is_refused_where_there_was_one()
    {
        AssertFailed(Step("y", isPlus: false, Bindings), SaslFailure.ChannelBindingDowngrade, "server-does-support-channel-binding");
        AssertFailed(Step("y", isPlus: true, Bindings), SaslFailure.ChannelBindingDowngrade, "server-does-support-channel-binding");
        Assert.IsType<SaslStep.NeedSecret>(Step("y", isPlus: false, ChannelBindings.None));
        Assert.IsType<SaslStep.NeedSecret>(Step("y", isPlus: false, Bindings, offersPlus: false));
        AssertFailed(Step("y", isPlus: false, ChannelBindings.None, offersPlus: true), SaslFailure.ChannelBindingDowngrade, "server-does-support-channel-binding");
    }

    [Fact]
    public void A_type_that_the_connection_does_not_have_is_refused()
    {
        AssertFailed(Step("p=tls-unique", isPlus: true, Bindings with { Unique = null }), SaslFailure.ChannelBindingUnavailable, "unsupported-channel-binding-type");
        AssertFailed(Step("p=TLS-UNIQUE", isPlus: true, Bindings), SaslFailure.ChannelBindingUnavailable, "unsupported-channel-binding-type");
        AssertFailed(Step("p=tls-unique", isPlus: false, ChannelBindings.None), SaslFailure.ChannelBindingUnavailable, "channel-binding-not-supported");
        AssertFailed(Step("p=tls-unique", isPlus: true, Bindings, offersPlus: false), SaslFailure.ChannelBindingUnavailable, "channel-binding-not-supported");
    }

    [Fact]
    public void PLUS_without_a_binding_is_refused() => AssertFailed(Step("n", isPlus: true, Bindings), SaslFailure.Malformed, "other-error");

    [Fact]
    public void Binding_with_the_plain_name_is_taken_and_checked()
    {
        var options = ClientOptions() with { Bindings = Bindings };
        Assert.IsType<SaslStep.Proved>(Run(Server(Hash, isPlus: false, Bindings), new ScramClient(Hash, isPlus: true, options), _ => Credentials(Hash)).Server);
        var other = options with { Bindings = Bindings with { Exporter = Bytes("another channel") } };
        AssertFailed(
            Run(Server(Hash, isPlus: false, Bindings), new ScramClient(Hash, isPlus: true, other), _ => Credentials(Hash)).Server,
            SaslFailure.ChannelBindingMismatch,
            "channel-bindings-dont-match");
    }

    [Fact]
    public void Somebody_in_the_middle_is_noticed()
    {
        var client = new ScramClient(Hash, isPlus: true, ClientOptions() with { Bindings = Bindings with { Exporter = Bytes("the channel to the middle") } });
        AssertFailed(
            Run(Server(Hash, isPlus: true, Bindings), client, _ => Credentials(Hash)).Server, SaslFailure.ChannelBindingMismatch, "channel-bindings-dont-match");
    }

    [Fact]
    public void A_wrong_channel_with_a_wrong_password_is_a_wrong_password()
    {
        var client = new ScramClient(Hash, isPlus: true, ClientOptions("crayon") with { Bindings = Bindings with { Exporter = Bytes("other") } });
        AssertFailed(Run(Server(Hash, isPlus: true, Bindings), client, _ => Credentials(Hash)).Server, SaslFailure.BadCredentials, "invalid-proof");
    }

    [Fact]
    public void A_flag_that_was_changed_on_the_way_is_noticed()
    {
        // The attacker turns p= into n, so that nothing is bound; the last message still tells.
        var client = new ScramClient(Hash, isPlus: true, ClientOptions() with { Bindings = Bindings });
        var (step, _) = Run(
            Server(Hash, isPlus: false, Bindings),
            client,
            _ => Credentials(Hash),
            (number, message) => number == 0 ? Bytes(Said(message).Replace("p=tls-exporter", "n", StringComparison.Ordinal)) : message);
        AssertFailed(step, SaslFailure.ChannelBindingMismatch, "channel-bindings-dont-match");
    }

    [Fact]
    public void An_identity_that_was_changed_on_the_way_is_noticed()
    {
        var client = new ScramClient(Hash, isPlus: false, ClientOptions() with { AuthorizationId = "admin" });
        var (step, _) = Run(
            Server(Hash),
            client,
            _ => Credentials(Hash),
            (number, message) => number == 0 ? Bytes(Said(message).Replace("a=admin", "a=other", StringComparison.Ordinal)) : message);
        AssertFailed(step, SaslFailure.ChannelBindingMismatch, "channel-bindings-dont-match");
    }

    [Fact]
    public void Bindings_print_their_names_only()
    {
        Assert.Equal("ChannelBindings { tls-exporter tls-server-end-point tls-unique }", Bindings.ToString());
        Assert.True(ChannelBindings.None.IsEmpty);
        Assert.False(Bindings.IsEmpty);
    }

    private static SaslStep Step(string flag, bool isPlus, ChannelBindings bindings, bool? offersPlus = null) =>
        Server(Hash, isPlus, bindings, offersPlus).Step(Bytes($"{flag},,n=user,r={ClientNonce}"));
}
