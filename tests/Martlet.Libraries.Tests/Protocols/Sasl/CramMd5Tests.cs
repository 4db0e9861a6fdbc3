using System.Security.Cryptography;
using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

public sealed class CramMd5Tests
{
    // RFC 2195 §2.
    private const string Challenge = "<1896.697170952@postoffice.reston.mci.net>";
    private const string Response = "tim b913a602c7eda7a495b4e6e7334d3890";

    private static CramMd5Server Server => new(Challenge, Decoy, SaslLimits.Default);

    [Fact]
    public void Server_takes_what_the_RFC_prints()
    {
        var server = Server;
        Assert.Equal(Challenge, Said(server.FirstChallenge));
        Assert.False(server.TakesInitialResponse);
        Assert.Equal(new SaslStep.NeedSecret("tim", "", "CRAM-MD5"), server.Step(Bytes(Response)));
        Assert.Equal(new SaslStep.Proved("", "tim", null), server.Resume(CramMd5Secret.FromPassword("tanstaaftanstaaf")));
    }

    [Fact]
    public void Client_says_what_the_RFC_prints()
    {
        var client = new CramMd5Client("tim", "tanstaaftanstaaf", SaslLimits.Default);
        Assert.Null(client.InitialResponse);
        Assert.False(client.IsComplete);
        Assert.Equal(Response, Said(Assert.IsType<SaslClientStep.Respond>(client.Step(Bytes(Challenge))).Data));
        Assert.True(client.IsComplete);
        Assert.Equal(new SaslClientStep.Failed(SaslClientFailure.Unexpected), client.Step(Bytes(Challenge)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(55)]
    [InlineData(56)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(128)]
    [InlineData(1000)]
    public void States_give_the_digest_of_the_runtime(int length)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(i => (char)('!' + (i % 90))));
        foreach (var textLength in new[] { 1, 55, 56, 63, 64, 65, 119, 120, 200, 1024 })
        {
            var text = new string('x', textLength);
            var client = new CramMd5Client("a", password, SaslLimits.Default);
#pragma warning disable CA5351 // It is what the mechanism is made of.
            var expected = Convert.ToHexStringLower(HMACMD5.HashData(Encoding.ASCII.GetBytes(password), Encoding.ASCII.GetBytes(text)));
#pragma warning restore CA5351
            Assert.Equal("a " + expected, Said(Assert.IsType<SaslClientStep.Respond>(client.Step(Bytes(text))).Data));
        }
    }

    [Fact]
    public void A_secret_survives_the_database()
    {
        var secret = CramMd5Secret.FromPassword("tanstaaftanstaaf")!;
        Assert.StartsWith("CRAM-MD5$", secret.Encode(), StringComparison.Ordinal);
        Assert.True(SaslSecret.TryParse(secret.Encode(), out var read));
        Assert.Equal(secret, read);
        Assert.Equal(secret.GetHashCode(), read.GetHashCode());
        Assert.NotEqual(secret, CramMd5Secret.FromPassword("tanstaaftanstaag"));
        Assert.Throws<ArgumentException>(() => new CramMd5Secret(new byte[15], new byte[16]));
        Assert.Throws<ArgumentException>(() => new CramMd5Secret(new byte[16], new byte[17]));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" b913a602c7eda7a495b4e6e7334d3890")]
    [InlineData("b913a602c7eda7a495b4e6e7334d3890")]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d389")]
    [InlineData("timXb913a602c7eda7a495b4e6e7334d3890")]
    [InlineData("tim B913A602C7EDA7A495B4E6E7334D3890")]
    [InlineData("tim b913a602c7eda7a495b4e6e7334d389g")]
    [InlineData("t\0m b913a602c7eda7a495b4e6e7334d3890")]
    public void Other_responses_are_refused(string response) => Assert.Equal(new SaslStep.Failed(SaslFailure.Malformed), Server.Step(Bytes(response)));

    [Fact]
    public void Names_may_have_spaces_and_have_a_limit()
    {
        const string digest = " b913a602c7eda7a495b4e6e7334d3890";
        Assert.Equal("tim  smith ", Assert.IsType<SaslStep.NeedSecret>(Server.Step(Bytes("tim  smith " + digest))).AuthenticationId);
        Assert.IsType<SaslStep.NeedSecret>(Server.Step(Bytes(new string('a', 1020) + digest)));
        Assert.IsType<SaslStep.Failed>(Server.Step(Bytes(new string('a', 1021) + digest)));
        Assert.IsType<SaslStep.Failed>(Server.Step([0xFC, .. Bytes(digest)]));
    }

    [Fact]
    public void Unknown_users_fail_like_wrong_passwords()
    {
        var (unknown, wrong) = (Server, Server);
        unknown.Step(Bytes(Response));
        wrong.Step(Bytes(Response));
        Assert.Equal(unknown.Resume(null), wrong.Resume(CramMd5Secret.FromPassword("wrong")));
    }

    [Fact]
    public void Misuse_is_a_bug_of_the_caller()
    {
        var server = Server;
        Assert.Throws<InvalidOperationException>(() => server.Resume(null));
        server.Step(Bytes(Response));
        Assert.Throws<InvalidOperationException>(() => server.Step(Bytes(Response)));
        Assert.Throws<ArgumentException>(() => server.Resume(Credentials(ScramHash.Sha1)));
        server.Resume(null);
        Assert.Throws<InvalidOperationException>(() => server.Resume(null));
    }

    [Fact]
    public void Challenges_are_message_ids()
    {
        Assert.Equal("<000102030405060708090a0b0c0d0e0f.42@mail.example>", CramMd5Server.MakeChallenge(Enumerable.Range(0, 16).Select(i => (byte)i).ToArray(), 42, "mail.example"));
        Assert.Throws<ArgumentException>(() => CramMd5Server.MakeChallenge(new byte[15], 42, "mail.example"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Clients_take_challenges_up_to_a_limit(int length, bool isTaken) =>
        Assert.Equal(isTaken, new CramMd5Client("a", "b", SaslLimits.Default).Step(new byte[length]) is SaslClientStep.Respond);
}
