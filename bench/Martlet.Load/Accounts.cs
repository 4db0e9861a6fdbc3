using System.Globalization;
using Martlet.Server.Accounts;
using Martlet.Store;

namespace Martlet.Load;

/// <summary>The accounts of a measured store.</summary>
internal static class Accounts
{
    public const string Domain = "example.org";
    public const string Password = "load";

    public static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"user{number}@{Domain}");

    public static async Task<List<Account>> EnsureAsync(MailStore store, int count)
    {
        if (!store.Directory.HasDomain(Domain))
        {
            await store.Settings.AddDomainAsync(Domain);
        }

        using var hasher = new PasswordHasher();
        var encoded = await new PasswordEncoder(hasher, withCramMd5: true).EncodeAsync(Password);
        var accounts = new List<Account>();
        for (var i = 0; i < count; i++)
        {
            if (store.Directory.FindAddress(Address(i)) is null)
            {
                await store.AddAccountAsync(Address(i), encoded!.Hash, encoded.Secrets);
            }

            accounts.Add(store.OpenAccount(store.Directory.FindAddress(Address(i))!.Id)!);
        }

        return accounts;
    }
}
