using Martlet.Server.Accounts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

public sealed class PasswordHasherTests
{
    private static readonly PasswordCost Cheap = new(MemoryKiB: 8, Passes: 1);

    [Fact]
    public async Task A_password_matches_its_hash_and_nothing_else()
    {
        using var hasher = new PasswordHasher(Cheap);
        var hash = await hasher.HashAsync("secret");
        Assert.StartsWith("$argon2id$v=19$m=8,t=1,p=1$", hash, StringComparison.Ordinal);
        Assert.True(await hasher.VerifyAsync("secret", hash));
        Assert.False(await hasher.VerifyAsync("Secret", hash));
        Assert.False(await hasher.VerifyAsync("", hash));
        Assert.NotEqual(hash, await hasher.HashAsync("secret"));
    }

    [Fact]
    public async Task The_default_cost_is_19_MiB_and_two_passes()
    {
        using var hasher = new PasswordHasher();
        Assert.StartsWith("$argon2id$v=19$m=19456,t=2,p=1$", await hasher.HashAsync("secret"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Composed_and_decomposed_letters_are_the_same_password()
    {
        using var hasher = new PasswordHasher(Cheap);
        Assert.True(await hasher.VerifyAsync("cafe\u0301", await hasher.HashAsync("caf\u00e9")));
    }

    [Fact]
    public async Task A_hash_of_another_program_is_understood()
    {
        // Made with the reference program: echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 (RFC 9106 authors' test vectors).
        const string encoded = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        using var hasher = new PasswordHasher(Cheap);
        Assert.True(await hasher.VerifyAsync("password", encoded));
        Assert.False(await hasher.VerifyAsync("passwort", encoded));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=16$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=999999999,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=8,t=0,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$")]
    [InlineData("$argon2id$v=19$m=8,t=1,p=1$*$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=-8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    public async Task What_is_no_hash_matches_no_password(string? encoded)
    {
        using var hasher = new PasswordHasher(Cheap);
        Assert.False(await hasher.VerifyAsync("secret", encoded));
    }

    [Fact]
    public async Task No_more_than_two_are_computed_at_once()
    {
        using var hasher = new PasswordHasher(new PasswordCost(MemoryKiB: 1024, Passes: 1));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => hasher.HashAsync("secret")));
        Assert.Equal(10, hasher.Computed);
        Assert.InRange(hasher.MostAtOnce, 1, 2);
    }

    [Theory]
    [InlineData(256 * 1024, true)]
    [InlineData((256 * 1024) + 1, false)]
    [InlineData(8, true)]
    [InlineData(7, false)]
    public void Memory_has_limits(int memoryKiB, bool isSound) => Assert.Equal(isSound, new PasswordCost(memoryKiB).IsSound);
}
