using System.Text;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Scram;

public sealed class ScramServerTests
{
    private const string First = $"n,,n=user,r={ClientNonce}";
    private const string Nonce = ClientNonce + ServerNonce;

    [Theory]
    [InlineData("n,,n=user,r=12345678", "user", "")]
    [InlineData("n,a=admin,n=user,r=12345678", "user", "admin")]
    [InlineData("n,a=x=2Cy=3Dz,n=a=3D=2Cb,r=12345678", "a=,b", "x,y=z")]
    [InlineData("n,,n=jürgen@bücher.example,r=12345678", "jürgen@bücher.example", "")]
    [InlineData("n,,n= a b ,r=!~-+/=<>", " a b ", "")]
    [InlineData("n,,n=user,r=12345678,x=1,y=a=b,z=ü", "user", "")] // Extensions are skipped (RFC 5802 §5.1).
    public void Name_and_identity_are_read(string message, string name, string authorizationId) =>
        Assert.Equal(new SaslStep.NeedSecret(name, authorizationId, "SCRAM-SHA-256"), Server(ScramHash.Sha256).Step(Bytes(message)));

    [Theory]
    [InlineData("", "other-error")]
    [InlineData("n", "other-error")]
    [InlineData("n,", "other-error")]
    [InlineData("n,,", "other-error")]
    [InlineData("n=user,r=12345678", "other-error")]
    [InlineData("N,,n=user,r=12345678", "other-error")]
    [InlineData("nn,,n=user,r=12345678", "other-error")]
    [InlineData("p=,,n=user,r=12345678", "other-error")]
    [InlineData("p=tls unique,,n=user,r=12345678", "other-error")]
    [InlineData("n,user,n=user,r=12345678", "other-error")]
    [InlineData("n,a=,n=user,r=12345678", "invalid-username-encoding")]
    [InlineData("n,a==2D,n=user,r=12345678", "invalid-username-encoding")]
    [InlineData("n,,n=,r=12345678", "other-error")]
    [InlineData("n,,n=us=er,r=12345678", "invalid-username-encoding")]
    [InlineData("n,,n=user=,r=12345678", "invalid-username-encoding")]
    [InlineData("n,,n=user=2,r=12345678", "invalid-username-encoding")]
    [InlineData("n,,n=user=2c,r=12345678", "invalid-username-encoding")]
    [InlineData("n,,r=12345678,n=user", "other-error")]
    [InlineData("n,,n=user", "other-error")]
    [InlineData("n,,n=user,r=", "other-error")]
    [InlineData("n,,n=user,r=1234567", "other-error")]
    [InlineData("n,,n=user,r=1234 5678", "other-error")]
    [InlineData("n,,n=user,r=1234567ü", "other-error")]
    [InlineData("n,,n=user,r=12345678,", "other-error")]
    [InlineData("n,,n=user,r=12345678,x", "other-error")]
    [InlineData("n,,n=user,r=12345678,x=", "other-error")]
    [InlineData("n,,n=user,r=12345678,1=a", "other-error")]
    [InlineData("n,,n=user,r=12345678,r=87654321", "other-error")] // Not an extension: nobody may think the second counts.
    [InlineData("n,,n=user,r=12345678,n=other", "other-error")]
    [InlineData("n,,m=must,n=user,r=12345678", "extensions-not-supported")]
    [InlineData("n,,n=user,r=12345678,m=must", "extensions-not-supported")]
    [InlineData("n,,n=user,r=12345678,x=1,m=must", "extensions-not-supported")]
    [InlineData("n,,n=us\0er,r=12345678", "invalid-encoding")]
    public void Other_first_messages_are_refused(string message, string error) =>
        AssertFailed(Server(ScramHash.Sha256).Step(Bytes(message)), SaslFailure.Malformed, error);

    [Fact]
    public void What_is_not_UTF8_is_refused() =>
        AssertFailed(Server(ScramHash.Sha256).Step([.. "n,,n="u8, 0xFC, .. ",r=12345678"u8]), SaslFailure.Malformed, "invalid-encoding");

    [Theory]
    [InlineData(1020, 1020, 256, true)]
    [InlineData(1021, 1, 8, false)]
    [InlineData(1, 1021, 8, false)]
    [InlineData(1, 1, 257, false)]
    [InlineData(1, 1, 7, false)]
    public void Names_and_nonces_have_limits(int authorizationId, int name, int nonce, bool isTaken)
    {
        var message = $"n,a={new string('a', authorizationId)},n={new string('b', name)},r={new string('c', nonce)}";
        Assert.Equal(isTaken, Server(ScramHash.Sha1).Step(Bytes(message)) is SaslStep.NeedSecret);
    }

    [Fact]
    public void Escaped_names_count_as_what_they_mean()
    {
        Assert.IsType<SaslStep.NeedSecret>(Server(ScramHash.Sha1).Step(Bytes($"n,,n={Repeat("=2C", 1020)},r=12345678")));
        Assert.IsType<SaslStep.Failed>(Server(ScramHash.Sha1).Step(Bytes($"n,,n={Repeat("=2C", 1021)},r=12345678")));
    }

    [Fact]
    public void Messages_have_a_limit()
    {
        const string start = "n,,n=user,r=12345678,x=";
        Assert.IsType<SaslStep.NeedSecret>(Server(ScramHash.Sha1).Step(Bytes(start + new string('x', 8192 - start.Length))));
        AssertFailed(Server(ScramHash.Sha1).Step(Bytes(start + new string('x', 8193 - start.Length))), SaslFailure.Malformed, "other-error");

        var server = AtFinal(ScramHash.Sha1);
        var final = $"c=biws,r={Nonce},x=";
        const string proof = ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        AssertFailed(server.Step(Bytes(final + new string('x', 8192 - final.Length - proof.Length) + proof)), SaslFailure.BadCredentials, "invalid-proof");
        AssertFailed(
            AtFinal(ScramHash.Sha1).Step(Bytes(final + new string('x', 8193 - final.Length - proof.Length) + proof)), SaslFailure.Malformed, "other-error");
    }

    [Theory]
    [InlineData("", "other-error")]
    [InlineData("c=biws", "other-error")]
    [InlineData("c=biws,r=" + Nonce, "other-error")]
    [InlineData("c=biws,r=" + Nonce + ",p=", "other-error")]
    [InlineData("c=,r=" + Nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "other-error")]
    [InlineData("r=" + Nonce + ",c=biws,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "other-error")]
    [InlineData("c=biws,r=" + Nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=,x=1", "other-error")]
    [InlineData("c=biws,r=" + Nonce + ",m=1,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "extensions-not-supported")]
    [InlineData("c=biws,r=" + Nonce + "x,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "other-error")]
    [InlineData("c=biws,r=" + ClientNonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "other-error")]
    [InlineData("c=biws,r=" + Nonce + ",p=AAAA", "invalid-encoding")] // Shorter than the hash.
    [InlineData("c=biws,r=" + Nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid-encoding")]
    [InlineData("c=biws,r=" + Nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAB=", "invalid-encoding")] // Bits that do not count.
    [InlineData("c=biws,r=" + Nonce + ",p=AAAAAAAAAAAAA AAAAAAAAAAAAAA=", "invalid-encoding")]
    [InlineData("c=biws,r=" + Nonce + ",p=AAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid-encoding")]
    [InlineData("c=biws,r=" + Nonce + ",x=\0,p=AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "invalid-encoding")]
    public void Other_final_messages_are_refused(string message, string error) =>
        AssertFailed(AtFinal(ScramHash.Sha1).Step(Bytes(message)), SaslFailure.Malformed, error);

    [Fact]
    public void Extensions_of_the_final_message_are_skipped_and_proved()
    {
        var client = new ScramClient(ScramHash.Sha256, isPlus: false, ClientOptions());
        var server = Server(ScramHash.Sha256);
        server.Step(client.InitialResponse!.Value.Span);
        var serverFirst = Assert.IsType<SaslStep.Challenge>(server.Resume(Credentials(ScramHash.Sha256))).Data;

        // The client's own proof does not cover it, so it is made here.
        var without = $"c=biws,r={Nonce},x=extension";
        var auth = Bytes($"n=user,r={ClientNonce},{Said(serverFirst)},{without}");
        var salted = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2("pencil", Salt, 4096, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
        var clientKey = System.Security.Cryptography.HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = System.Security.Cryptography.HMACSHA256.HashData(System.Security.Cryptography.SHA256.HashData(clientKey), auth);
        var proof = Convert.ToBase64String(clientKey.Zip(signature, (a, b) => (byte)(a ^ b)).ToArray());
        Assert.IsType<SaslStep.Proved>(server.Step(Bytes($"{without},p={proof}")));
    }

    [Fact]
    public void Unknown_users_look_like_wrong_passwords()
    {
        var (unknown, wrong) = (Server(ScramHash.Sha256), Server(ScramHash.Sha256));
        unknown.Step(Bytes(First));
        wrong.Step(Bytes(First));
        var unknownFirst = Said(Assert.IsType<SaslStep.Challenge>(unknown.Resume(null)).Data);
        var wrongFirst = Said(Assert.IsType<SaslStep.Challenge>(wrong.Resume(Credentials(ScramHash.Sha256, iterations: ScramHash.IterationsSha256))).Data);
        Assert.Equal(wrongFirst.Length, unknownFirst.Length);
        Assert.Equal(wrongFirst.Split(",i=")[1], unknownFirst.Split(",i=")[1]);

        const string final = $"c=biws,r={Nonce},p=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
        AssertFailed(unknown.Step(Bytes(final)), SaslFailure.BadCredentials, "invalid-proof");
        AssertFailed(wrong.Step(Bytes(final)), SaslFailure.BadCredentials, "invalid-proof");
    }

    [Fact]
    public void Nobody_knows_a_password_for_an_unknown_user()
    {
        var (step, _) = Run(Server(ScramHash.Sha1), new ScramClient(ScramHash.Sha1, isPlus: false, ClientOptions()), _ => null);
        AssertFailed(step, SaslFailure.BadCredentials, "invalid-proof");
    }

    [Fact]
    public void Misuse_is_a_bug_of_the_caller()
    {
        var server = Server(ScramHash.Sha256);
        Assert.Throws<InvalidOperationException>(() => server.Resume(null));
        server.Step(Bytes(First));
        Assert.Throws<InvalidOperationException>(() => server.Step(Bytes(First)));
        Assert.Throws<ArgumentException>(() => server.Resume(Credentials(ScramHash.Sha1)));
        server.Resume(null);
        server.Step([]);
        Assert.Throws<InvalidOperationException>(() => server.Step([]));
        Assert.Throws<ArgumentException>(() => new ScramServer(ScramHash.Sha1, false, new ScramServerOptions { Nonce = "a,b", Decoy = Decoy }));
        Assert.Throws<ArgumentException>(() => new ScramServer(ScramHash.Sha1, false, new ScramServerOptions { Nonce = "", Decoy = Decoy }));
    }

    internal static void AssertFailed(SaslStep step, SaslFailure reason, string error)
    {
        var failed = Assert.IsType<SaslStep.Failed>(step);
        Assert.Equal((reason, "e=" + error), (failed.Reason, Said(failed.ServerFinal)));
    }

    private static ScramServer AtFinal(ScramHash hash)
    {
        var server = Server(hash);
        server.Step(Bytes(First));
        server.Resume(Credentials(hash, iterations: 1));
        return server;
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
