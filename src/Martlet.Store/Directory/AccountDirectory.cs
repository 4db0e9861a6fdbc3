using Martlet.Store.Model;

namespace Martlet.Store.Directory;

/// <summary>Who is here: looked at for every recipient and every login, so it is all in memory.</summary>
/// <remarks>Thread safe. Changes come through the store's operations only.</remarks>
public sealed class AccountDirectory
{
    private volatile DirectoryState _current;

    internal AccountDirectory(DirectoryState state) => _current = state;

    /// <summary>Everything at this moment.</summary>
    public DirectoryState Current => _current;

    /// <summary>Whether the domain is one of ours, in whatever state.</summary>
    /// <param name="domain">Lower case A-labels.</param>
    public bool HasDomain(string domain) => _current.Domains.ContainsKey(domain);

    /// <summary>The domain; null when it is not ours.</summary>
    /// <param name="domain">Lower case A-labels.</param>
    public DomainEntry? FindDomain(string domain) => _current.Domains.GetValueOrDefault(domain);

    /// <summary>The alias of a normalized address.</summary>
    public AliasEntry? FindAlias(string address) => _current.Aliases.GetValueOrDefault(address);

    /// <summary>The account of a normalized address (localpart as compared, at sign, lower-case domain).</summary>
    public AccountEntry? FindAddress(string address)
    {
        var state = _current;
        return state.Addresses.TryGetValue(address, out var id) ? state.Accounts.GetValueOrDefault(id) : null;
    }

    /// <summary>The account of that number.</summary>
    public AccountEntry? Find(AccountId id) => _current.Accounts.GetValueOrDefault(id);

    /// <summary>The key of that fingerprint; null when nobody has it.</summary>
    public LoginKey? FindKey(string fingerprint) => _current.Keys.GetValueOrDefault(fingerprint);

    /// <summary>Keys of an account, by name. O(keys of all accounts).</summary>
    public IReadOnlyList<LoginKey> KeysOf(AccountId account) =>
        [.. _current.Keys.Values.Where(key => key.Account == account).OrderBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Fingerprint, StringComparer.Ordinal)];

    /// <summary>Addresses of an account, sorted. O(addresses of all accounts).</summary>
    public IReadOnlyList<string> AddressesOf(AccountId account) =>
        [.. _current.Addresses.Where(entry => entry.Value == account).Select(entry => entry.Key).Order(StringComparer.Ordinal)];

    internal void Publish(DirectoryState state) => _current = state;
}
