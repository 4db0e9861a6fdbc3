using Martlet.Server.Admin;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>Addresses and disabled accounts, through the control socket and on the data folder.</summary>
public sealed class AccountRequestTests
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_address_is_added_listed_and_removed(bool isRunning)
    {
        await using var admin = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        await admin.ExpectDoneAsync(new AddAddress("ADA@example.org", "Al@Example.org"), $"al@example.org is an address of {Ada} now.");
        Assert.Equal(
            [new AddressSummary(Ada, Ada), new AddressSummary("al@example.org", Ada), new AddressSummary(Bob, Bob)], (await admin.RunAsync(new ListAddresses())).Addresses!);
        Assert.Equal([new AddressSummary(Bob, Bob)], (await admin.RunAsync(new ListAddresses(Bob))).Addresses!);
        Assert.Equal([Ada, "al@example.org"], (await admin.RunAsync(new ShowAccount("al@example.org"))).Account!.Addresses);
        await admin.ExpectDoneAsync(new RemoveAddress("AL@example.org"), "Nobody has the address al@example.org any more.");
        Assert.Equal([new AddressSummary(Ada, Ada)], (await admin.RunAsync(new ListAddresses(Ada))).Addresses!);
    }

    [Theory]
    [InlineData("@example.org")]
    [InlineData("*@example.org")]
    [InlineData("ada-*@example.org")]
    [InlineData("\"*\"@example.org")]
    [InlineData("%@example.org")]
    public async Task Patterns_are_no_addresses(string pattern)
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: false, Ada);
        await admin.ExpectRefusedAsync(
            new AddAddress(Ada, pattern), $"'{pattern}' looks like a pattern; an address is one name, as in ada@example.org, and there is no address for all.");
    }

    [Fact]
    public async Task Addresses_that_cannot_be_are_refused()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, new StoreLimits { AddressesPerAccountMax = 2 }, Ada, Bob);
        await admin.ExpectRefusedAsync(new AddAddress(Ada, "al"), "'al' is not an address; write it as in ada@example.org.");
        await admin.ExpectRefusedAsync(new AddAddress("ada", "al@example.org"), "'ada' is not an address; write it as in ada@example.org.");
        await admin.ExpectRefusedAsync(new AddAddress("carol@example.org", "al@example.org"), "There is no account carol@example.org; martlet account list shows those there are.");
        await admin.ExpectRefusedAsync(new AddAddress(Ada, "ada@example.net"), "example.net is not one of our domains; add it first: martlet domain add example.net");
        await admin.ExpectRefusedAsync(new AddAddress(Ada, Bob), $"{Bob} exists already.");
        await admin.ExpectRefusedAsync(new AddAddress(Ada, Ada), $"{Ada} exists already.");
        await admin.ExpectDoneAsync(new AddAddress(Ada, "a1@example.org"), $"a1@example.org is an address of {Ada} now.");
        await admin.ExpectRefusedAsync(new AddAddress(Ada, "a2@example.org"), $"{Ada} has 2 addresses; no account has more.");
        await admin.ExpectRefusedAsync(new RemoveAddress(Ada), $"{Ada} is the name of its account and stays as long as the account.");
        await admin.ExpectRefusedAsync(new RemoveAddress("al"), "'al' is not an address; write it as in ada@example.org.");
        await admin.ExpectRefusedAsync(new RemoveAddress("al@example.org"), "Nobody has the address al@example.org; martlet address list shows those there are.");
        await admin.ExpectRefusedAsync(new ListAddresses("carol@example.org"), "There is no account carol@example.org; martlet account list shows those there are.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_is_disabled_and_enabled(bool isRunning)
    {
        await using var admin = await AdminStore.OpenAsync(isRunning, Ada);
        Assert.Null((await admin.RunAsync(new ShowAccount(Ada))).Account!.DisabledText);
        await admin.ExpectDoneAsync(new DisableAccount(Ada), $"Nobody logs in to {Ada} any more; its sessions have ended, and mail still comes in.");
        Assert.Equal("", (await admin.RunAsync(new ShowAccount(Ada))).Account!.DisabledText);
        await admin.RunAsync(new DisableAccount("ADA@example.org", "Call us."));
        Assert.Equal("Call us.", (await admin.RunAsync(new ShowAccount(Ada))).Account!.DisabledText);
        await admin.ExpectDoneAsync(new EnableAccount(Ada), $"{Ada} may log in.");
        Assert.Null((await admin.RunAsync(new ShowAccount(Ada))).Account!.DisabledText);
    }

    [Fact]
    public async Task What_a_disabled_account_is_told_fits_into_a_reply_of_every_protocol()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: false, Ada);
        const string Wrong = "The text is one line of ASCII letters, digits, signs and spaces, and does not begin with '['.";
        foreach (var text in new[] { "[ALERT] Call us.", "a\r\n250 OK", "a\tb", "\u00c9" })
        {
            await admin.ExpectRefusedAsync(new DisableAccount(Ada, text), Wrong);
        }

        await admin.ExpectRefusedAsync(new DisableAccount(Ada, new string('a', 201)), "The text is too long: at most 200 characters.");
        Assert.Equal(AdminStatus.Done, (await admin.RunAsync(new DisableAccount(Ada, new string('a', 200)))).Status);
        await admin.ExpectRefusedAsync(new DisableAccount(Bob), "There is no account bob@example.org; martlet account list shows those there are.");
        await admin.ExpectRefusedAsync(new EnableAccount(Bob), "There is no account bob@example.org; martlet account list shows those there are.");
        await admin.ExpectRefusedAsync(new EnableAccount("ada"), "'ada' is not an address; write it as in ada@example.org.");
    }
}
