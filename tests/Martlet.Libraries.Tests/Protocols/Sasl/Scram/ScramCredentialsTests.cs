using System.Security.Cryptography;
using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.CramMd5;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl.Scram;

public sealed class ScramCredentialsTests
{
    private const string Stored = "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    [Fact]
    public void Text_form_is_that_of_the_standard()
    {
        var credentials = ScramCredentials.FromPassword(ScramHash.Sha256, "pencil", Convert.FromBase64String("W22ZaJ0SNY7soEsUEjb6gQ=="), 4096)!;
        Assert.Equal(Stored, credentials.Encode());
        Assert.True(SaslSecret.TryParse(Stored, out var read));
        Assert.Equal(credentials, read);
        Assert.Equal(credentials.GetHashCode(), read.GetHashCode());
        Assert.Equal("SCRAM-SHA-256", read.Kind);
        Assert.NotEqual(credentials, Credentials(ScramHash.Sha256));
        Assert.NotEqual(Credentials(ScramHash.Sha256, "a"), Credentials(ScramHash.Sha256, "b"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$")]
    [InlineData("$$$")]
    [InlineData("SCRAM-SHA-512$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("scram-sha-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-1$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$0:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$04096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$-1:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$9999999999:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:!$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPL")]
    [InlineData("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=")]
    [InlineData("CRAM-MD5$")]
    [InlineData("CRAM-MD5$AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("CRAM-MD5$AAAAAAAAAAAAAAAAAAAAAA==:AAAA")]
    [InlineData("CRAM-MD5$AAAA:AAAAAAAAAAAAAAAAAAAAAA==")]
    public void Other_texts_are_not_read(string text) => Assert.False(SaslSecret.TryParse(text, out _));

    [Fact]
    public void Salts_have_a_limit()
    {
        Assert.True(SaslSecret.TryParse(With(256), out _));
        Assert.False(SaslSecret.TryParse(With(257), out _));
        Assert.False(SaslSecret.TryParse(With(2000), out _)); // The whole text has one too.
        Assert.Throws<ArgumentException>(() => new ScramCredentials(ScramHash.Sha1, new byte[257], 1, new byte[20], new byte[20]));
        Assert.Throws<ArgumentException>(() => new ScramCredentials(ScramHash.Sha1, default, 1, new byte[20], new byte[20]));
        Assert.Throws<ArgumentException>(() => new ScramCredentials(ScramHash.Sha1, new byte[8], 0, new byte[20], new byte[20]));
        Assert.Throws<ArgumentException>(() => new ScramCredentials(ScramHash.Sha1, new byte[8], 1, new byte[19], new byte[20]));
        Assert.Throws<ArgumentException>(() => new ScramCredentials(ScramHash.Sha1, new byte[8], 1, new byte[20], new byte[21]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ScramCredentials.FromPassword(ScramHash.Sha1, "secret", new byte[15]));

        static string With(int saltBytes) => Stored.Replace("W22ZaJ0SNY7soEsUEjb6gQ==", Convert.ToBase64String(new byte[saltBytes]), StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_are_prepared()
    {
        Assert.Equal(Credentials(ScramHash.Sha1, "pass w\u00F6rd"), Credentials(ScramHash.Sha1, "pass\u00A0wo\u0308rd"));
        Assert.Null(ScramCredentials.FromPassword(ScramHash.Sha1, "", Salt));
        Assert.Null(ScramCredentials.FromPassword(ScramHash.Sha1, "tab\there", Salt));
        Assert.Equal(CramMd5Secret.FromPassword("pass w\u00F6rd"), CramMd5Secret.FromPassword("pass\u00A0wo\u0308rd"));
        Assert.Null(CramMd5Secret.FromPassword(""));
    }

    [Fact]
    public void Weaker_ones_than_new_ones_are_known()
    {
        Assert.False(ScramCredentials.FromPassword(ScramHash.Sha1, "secret", Salt)!.IsWeakerThanNew);
        Assert.True(Credentials(ScramHash.Sha256).IsWeakerThanNew);
        Assert.True(ScramCredentials.FromPassword(ScramHash.Sha256, "secret", Salt.AsMemory(0, 12), ScramHash.IterationsSha256)!.IsWeakerThanNew);
        Assert.All(ScramHash.All, hash => Assert.InRange(hash.Iterations, 4096, ScramHash.IterationsOfClientsMax));
    }

    [Fact]
    public void Secrets_do_not_print_themselves()
    {
        Assert.Equal("ScramCredentials { SCRAM-SHA-1 }", Credentials(ScramHash.Sha1).ToString());
        Assert.Equal("CramMd5Secret { CRAM-MD5 }", CramMd5Secret.FromPassword("secret")!.ToString());
        Assert.DoesNotContain("pencil", ClientOptions().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_hash_is_another_row()
    {
        var sha512 = new ScramHash("SCRAM-SHA-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes, 100_000);
        var client = new ScramClient(sha512, isPlus: true, ClientOptions() with { Bindings = Bindings });
        Assert.Equal("SCRAM-SHA-512-PLUS", client.Mechanism);
        Assert.IsType<SaslStep.Proved>(Run(Server(sha512, isPlus: true, Bindings), client, _ => Credentials(sha512)).Server);
        Assert.Equal(64, Decoy.ForScram(sha512, "user").StoredKey.Length);
    }
}
