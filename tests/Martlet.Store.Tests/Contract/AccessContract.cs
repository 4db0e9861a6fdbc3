using Martlet.Store.Changes;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>Passwords, keys and addresses: what decides who gets in.</summary>
public abstract class AccessContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    [Fact]
    public async Task A_password_has_a_number_that_only_another_password_changes()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var number = anna.Row.Access.PasswordNumber;
        var signal = new ChangeSignal();
        using var subscription = anna.Subscribe(signal);

        Assert.True((await test.Store.SetPasswordAsync(anna.Id, "hash", "secret 1\nsecret 2")).IsDone);

        Assert.True(signal.IsSet);
        Assert.Equal(number + 1, anna.Row.Access.PasswordNumber);
        Assert.Equal(Refusal.Changed, (await test.Store.RecodePasswordAsync(anna.Id, number, "old password, stronger", "")).Refusal);
        Assert.True((await test.Store.RecodePasswordAsync(anna.Id, number + 1, "stronger", "secret 3")).IsDone);
        var expected = new AccountAccess { PasswordHash = "stronger", Secrets = "secret 3", PasswordNumber = number + 1 };
        Assert.Equal(expected, anna.Row.Access);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal((expected, expected), (anna.Row.Access, test.Store.Directory.Find(anna.Id)!.Access));
        Assert.DoesNotContain("stronger", anna.Row.Access.ToString(), StringComparison.Ordinal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.RecodePasswordAsync(new AccountId(9), 1, "", "")).Refusal);
    }

    [Fact]
    public async Task A_disabled_account_keeps_its_text_and_wakes_its_sessions()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var signal = new ChangeSignal();
        using var subscription = anna.Subscribe(signal);

        Assert.True((await test.Store.SetDisabledAsync(anna.Id, "Call us.")).IsDone);

        Assert.True(signal.IsSet && anna.Row.Access.IsDisabled);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal("Call us.", test.Store.Directory.Find(anna.Id)!.Access.DisabledText);
        Assert.True((await test.Store.SetDisabledAsync(anna.Id, text: null)).IsDone);
        Assert.False(test.Store.Directory.Find(anna.Id)!.Access.IsDisabled);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.SetDisabledAsync(new AccountId(9), "")).Refusal);
    }

    [Fact]
    public async Task A_key_belongs_to_one_account_until_it_is_removed()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { KeysPerAccountMax = 2, KeyNameCharsMax = 10 });
        await using var _ = test;
        var bob = await test.AddAccountAsync("bob");
        var phone = Key("f1", anna);
        Assert.True((await test.Store.AddKeyAsync(phone)).IsDone);

        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddKeyAsync(Key("f1", bob))).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.AddKeyAsync(Key("f2", anna) with { Address = "bob@example.org" })).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.AddKeyAsync(Key("f2", anna) with { Account = new AccountId(9) })).Refusal);
        foreach (var name in (string[])["", "01234567890", "two\nlines"])
        {
            Assert.Equal(Refusal.BadName, (await test.Store.AddKeyAsync(Key("f2", anna) with { Name = name })).Refusal);
        }

        var laptop = Key("f2", anna) with { Name = "0123456789", MayPreauth = false };
        Assert.True((await test.Store.AddKeyAsync(laptop)).IsDone);
        Assert.Equal(Refusal.LimitReached, (await test.Store.AddKeyAsync(Key("f3", anna))).Refusal);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal([laptop, phone], test.Store.Directory.KeysOf(anna.Id));
        Assert.Equal(phone, test.Store.Directory.FindKey("f1"));

        var signal = new ChangeSignal();
        using var subscription = anna.Subscribe(signal);
        Assert.Equal(phone, (await test.Store.RemoveKeyAsync("f1")).Value);
        Assert.True(signal.IsSet);
        Assert.Equal(Refusal.NoSuchKey, (await test.Store.RemoveKeyAsync("f1")).Refusal);
        Assert.Null(test.Store.Directory.FindKey("f1"));
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
        Assert.Null(test.Store.Directory.FindKey("f2"));
        await test.ReopenAsync();
        Assert.Empty(test.Store.Directory.Current.Keys);
        Assert.Empty((await test.Store.CheckAsync(CheckDepth.Deep)).Findings);
    }

    [Fact]
    public async Task A_key_is_renamed_and_switched_and_is_otherwise_the_same()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { KeyNameCharsMax = 10 });
        await using var _ = test;
        var phone = Key("f1", anna);
        Assert.True((await test.Store.AddKeyAsync(phone)).IsDone);

        Assert.True((await test.Store.Settings.ChangeKeyAsync("f1", key => key with { Name = "0123456789", MayPreauth = false, Address = "bob@example.org", Added = 1 })).IsDone);
        Assert.Equal(phone with { Name = "0123456789", MayPreauth = false }, test.Store.Directory.FindKey("f1"));
        foreach (var name in (string[])["", "01234567890", "two\nlines"])
        {
            Assert.Equal(Refusal.BadName, (await test.Store.Settings.ChangeKeyAsync("f1", key => key with { Name = name })).Refusal);
        }

        Assert.Equal(Refusal.NoSuchKey, (await test.Store.Settings.ChangeKeyAsync("f2", key => key)).Refusal);
        await test.ReopenAsync();
        Assert.Equal(phone with { Name = "0123456789", MayPreauth = false }, test.Store.Directory.FindKey("f1"));
        Assert.Empty((await test.Store.CheckAsync(CheckDepth.Deep)).Findings);
    }

    [Fact]
    public async Task An_account_has_several_addresses_and_keeps_the_first()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { AddressesPerAccountMax = 2 });
        await using var _ = test;
        Assert.True((await test.Store.AddAddressAsync(anna.Id, "ann@example.org")).IsDone);

        Assert.Equal(anna.Id, test.Store.Directory.FindAddress("ann@example.org")!.Id);
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddAddressAsync(anna.Id, "ann@example.org")).Refusal);
        Assert.Equal(Refusal.LimitReached, (await test.Store.AddAddressAsync(anna.Id, "an@example.org")).Refusal);
        Assert.Equal(Refusal.NoSuchDomain, (await test.Store.AddAddressAsync(anna.Id, "ann@example.net")).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.AddAddressAsync(new AccountId(9), "a@example.org")).Refusal);
        await test.ReopenAsync();
        Assert.Equal(["ann@example.org", "anna@example.org"], test.Store.Directory.AddressesOf(anna.Id));
        Assert.Equal(Refusal.InUse, (await test.Store.RemoveAddressAsync("anna@example.org")).Refusal);
        Assert.Equal(anna.Id, (await test.Store.RemoveAddressAsync("ann@example.org")).Value);
        Assert.Equal(Refusal.NoSuchAccount, (await test.Store.RemoveAddressAsync("ann@example.org")).Refusal);
    }

    private static LoginKey Key(string fingerprint, Account account) => new(fingerprint, account.Id, account.Name, "phone", "ed25519", MayPreauth: true, Added: 1_700_000_000);
}
