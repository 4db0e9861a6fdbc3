using Martlet.Protocols.Sasl;
using Martlet.Protocols.Sasl.Scram;
using Xunit;
using static Martlet.Libraries.Tests.Protocols.Sasl.Exchange;

namespace Martlet.Libraries.Tests.Protocols.Sasl;

public sealed class SaslDecoyTests
{
    [Fact]
    public void A_name_gets_the_same_salt_each_time_in_any_spelling()
    {
        var salt = Salt(Decoy, "jürgen@example.org");
        Assert.Equal(salt, Salt(Decoy, "jürgen@example.org"));
        Assert.Equal(salt, Salt(Decoy, "JÜRGEN@example.org"));
        Assert.Equal(salt, Salt(Decoy, "ju\u0308rgen@EXAMPLE.org"));
        Assert.Equal(salt, Salt(Decoy, "ｊürgen@example.org"));
        Assert.NotEqual(salt, Salt(Decoy, "jurgen@example.org"));
        Assert.NotEqual(Salt(Decoy, "two words"), Salt(Decoy, "two  words")); // Refused by the profile, and told apart all the same.
    }

    [Fact]
    public void The_caller_can_normalize_as_its_accounts_do()
    {
        var decoy = new SaslDecoy(new byte[32], name => name.Split('+')[0]);
        Assert.Equal(Salt(decoy, "a+1"), Salt(decoy, "a+2"));
    }

    [Fact]
    public void Names_hashes_and_installations_get_different_ones()
    {
        var all = new[]
        {
            Salt(Decoy, "a"), Salt(Decoy, "b"), Convert.ToHexString(Decoy.ForScram(ScramHash.Sha1, "a").Salt.Span), Salt(new SaslDecoy(new byte[32]), "a"),
        };
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    [Fact]
    public void They_look_like_new_ones()
    {
        foreach (var hash in ScramHash.All)
        {
            var decoy = Decoy.ForScram(hash, "nobody");
            Assert.Equal((hash, hash.Iterations, ScramCredentials.SaltBytes), (decoy.Hash, decoy.Iterations, decoy.Salt.Length));
            Assert.False(decoy.IsWeakerThanNew);
            Assert.False(decoy.StoredKey.Span.SequenceEqual(decoy.ServerKey.Span));
        }

        Assert.NotEqual(Decoy.ForCramMd5("a"), Decoy.ForCramMd5("b"));
        Assert.Equal(Decoy.ForCramMd5("a"), Decoy.ForCramMd5("A"));
    }

    [Fact]
    public void Short_keys_are_refused() => Assert.Throws<ArgumentException>(() => new SaslDecoy(new byte[31]));

    private static string Salt(SaslDecoy decoy, string name) => Convert.ToHexString(decoy.ForScram(ScramHash.Sha256, name).Salt.Span);
}
