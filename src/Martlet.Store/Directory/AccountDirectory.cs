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

    /// <summary>Whether mail for the domain is ours.</summary>
    /// <param name="domain">Lower case A-labels.</param>
    public bool HasDomain(string domain) => _current.Domains.Contains(domain);

    /// <summary>The account of a normalized address (localpart as compared, at sign, lower-case domain).</summary>
    public AccountEntry? FindAddress(string address)
    {
        var state = _current;
        return state.Addresses.TryGetValue(address, out var id) ? state.Accounts.GetValueOrDefault(id) : null;
    }

    /// <summary>The account of that number.</summary>
    public AccountEntry? Find(AccountId id) => _current.Accounts.GetValueOrDefault(id);

    internal void Publish(DirectoryState state) => _current = state;
}
