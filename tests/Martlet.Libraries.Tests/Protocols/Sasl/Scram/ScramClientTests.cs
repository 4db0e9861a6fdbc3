using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Scram;

public sealed class ScramClientTests
{
    private const string Nonce = ClientNonce + ServerNonce;
    private const string Salt16 = "W22ZaJ0SNY7soEsUEjb6gQ==";

    [Fact]
    public void Names_are_escaped() =>
        Assert.Equal(
            $"n,a==3D=2C,n=a=2Cb=3Dc,r={ClientNonce}",
            Said(new ScramClient(ScramHash.Sha1, isPlus: false, ClientOptions() with { AuthenticationId = "a,b=c", AuthorizationId = "=," }).InitialResponse));

    [Fact]
    public void What_cannot_be_sent_is_a_bug_of_the_caller()
    {
        Assert.Throws<ArgumentException>(() => Client(options => options with { Nonce = "a,b" }));
        Assert.Throws<ArgumentException>(() => Client(options => options with { Nonce = "" }));
        Assert.Throws<ArgumentException>(() => Client(options => options with { AuthenticationId = "" }));
        Assert.Throws<ArgumentException>(() => Client(options => options with { AuthenticationId = "a\0" }));
        Assert.Throws<ArgumentException>(() => Client(options => options with { AuthorizationId = "a\0" }));
        Assert.Throws<ArgumentException>(() => ScramNonce.From(new byte[15]));
        Assert.Equal("AAAAAAAAAAAAAAAAAAAAAA", ScramNonce.From(new byte[16]));
    }

    [Theory]
    [InlineData("", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce, SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",i=4096,s=" + Salt16, SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=!,i=4096", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=04096", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=-4096", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4096,", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4096,i=1", SaslClientFailure.Malformed)]
    [InlineData("r=" + Nonce + "\u00fc,s=" + Salt16 + ",i=4096", SaslClientFailure.Malformed)]
    [InlineData("m=1,r=" + Nonce + ",s=" + Salt16 + ",i=4096", SaslClientFailure.ExtensionNotSupported)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4096,m=1", SaslClientFailure.ExtensionNotSupported)]
    [InlineData("r=" + ClientNonce + ",s=" + Salt16 + ",i=4096", SaslClientFailure.NonceMismatch)]
    [InlineData("r=x" + Nonce + ",s=" + Salt16 + ",i=4096", SaslClientFailure.NonceMismatch)]
    [InlineData("r=FYKO+d2lbbFgONRv9qkxdawL3rf,s=" + Salt16 + ",i=4096", SaslClientFailure.NonceMismatch)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4095", SaslClientFailure.TooFewIterations)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=10000001", SaslClientFailure.TooManyIterations)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4294971392", SaslClientFailure.TooManyIterations)]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=99999999999999999999999999", SaslClientFailure.TooManyIterations)]
    [InlineData("r=" + Nonce + ",s=AAAAAAAAAA==,i=4096", SaslClientFailure.BadSalt)] // Seven bytes.
    public void Servers_that_want_something_else_are_refused(string serverFirst, SaslClientFailure failure) =>
        Assert.Equal(new SaslClientStep.Failed(failure), Client().Step(Bytes(serverFirst)));

    [Theory]
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4096")]
    [InlineData("r=" + Nonce + ",s=AAAAAAAAAAA=,i=4096")] // Eight bytes.
    [InlineData("r=" + Nonce + ",s=" + Salt16 + ",i=4096,x=extension,y=1")]
    public void Servers_within_the_limits_are_answered(string serverFirst) => Assert.IsType<SaslClientStep.Respond>(Client().Step(Bytes(serverFirst)));

    [Fact]
    public void Lengths_have_limits()
    {
        Assert.IsType<SaslClientStep.Respond>(Client().Step(Bytes($"r={Nonce},s={Convert.ToBase64String(new byte[256])},i=4096")));
        Assert.Equal(
            new SaslClientStep.Failed(SaslClientFailure.BadSalt), Client().Step(Bytes($"r={Nonce},s={Convert.ToBase64String(new byte[257])},i=4096")));
        Assert.IsType<SaslClientStep.Respond>(Client().Step(Bytes($"r={ClientNonce}{new string('x', 256)},s={Salt16},i=4096")));
        Assert.Equal(
            new SaslClientStep.Failed(SaslClientFailure.Malformed), Client().Step(Bytes($"r={ClientNonce}{new string('x', 257)},s={Salt16},i=4096")));
        var start = $"r={Nonce},s={Salt16},i=4096,x=";
        Assert.IsType<SaslClientStep.Respond>(Client().Step(Bytes(start + new string('x', 8192 - start.Length))));
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Malformed), Client().Step(Bytes(start + new string('x', 8193 - start.Length))));
        var atLimit = Client(options => options with { Limits = new SaslLimits { ScramIterationsMax = 5000 } });
        Assert.IsType<SaslClientStep.Respond>(atLimit.Step(Bytes($"r={Nonce},s={Salt16},i=5000")));
    }

    [Theory]
    [InlineData("e=invalid-proof", "invalid-proof")]
    [InlineData("e=other-error,x=1", "other-error")]
    [InlineData("e=\r\n\u001b[31mred", "???[31mred")]
    [InlineData("e=", "")]
    public void Errors_of_the_server_are_told_in_place_of_either_message(string message, string error)
    {
        var expected = new SaslClientStep.Failed(SaslClientFailure.ServerError, error);
        Assert.Equal(expected, Client().Step(Bytes(message)));
        var client = Client();
        client.Step(Bytes($"r={Nonce},s={Salt16},i=4096"));
        Assert.Equal(expected, client.Step(Bytes(message)));
        Assert.False(client.IsComplete);
    }

    [Fact]
    public void Errors_are_cut() =>
        Assert.Equal(
            new string('x', 128), Assert.IsType<SaslClientStep.Failed>(Client().Step(Bytes("e=" + new string('x', 5000)))).ServerError);

    [Theory]
    [InlineData("v=AAAA", SaslClientFailure.BadServerSignature)]
    [InlineData("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", SaslClientFailure.BadServerSignature)]
    [InlineData("", SaslClientFailure.Malformed)]
    [InlineData("v=", SaslClientFailure.Malformed)]
    [InlineData("v=!!!!", SaslClientFailure.Malformed)]
    [InlineData("x=1,v=AAAA", SaslClientFailure.Malformed)]
    [InlineData("v=AAAA,v=BBBB", SaslClientFailure.Malformed)]
    public void A_server_that_does_not_know_the_password_is_not_believed(string serverFinal, SaslClientFailure failure)
    {
        var client = Client();
        client.Step(Bytes($"r={Nonce},s={Salt16},i=4096"));
        Assert.Equal(new SaslClientStep.Failed(failure), client.Step(Bytes(serverFinal)));
        Assert.False(client.IsComplete);
    }

    [Fact]
    public void Nothing_comes_after_the_end()
    {
        var client = Client();
        Run(Server(ScramHash.Sha1), client, _ => Credentials(ScramHash.Sha1));
        Assert.True(client.IsComplete);
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Unexpected), client.Step([]));
        Assert.False(client.IsComplete);
    }

    [Fact]
    public void Passwords_that_nobody_can_prepare_are_taken_as_they_are()
    {
        // Another server may have stored them so; ours has not, and it is only a wrong password.
        var client = Client(options => options with { Password = "tab\t" });
        Assert.IsType<SaslStep.Failed>(Run(Server(ScramHash.Sha1), client, _ => Credentials(ScramHash.Sha1)).Server);
    }

    private static ScramClient Client(Func<ScramClientOptions, ScramClientOptions>? change = null) =>
        new(ScramHash.Sha1, isPlus: false, change?.Invoke(ClientOptions()) ?? ClientOptions());
}
