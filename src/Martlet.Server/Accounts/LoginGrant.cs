using Martlet.Store;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>Somebody is logged in: as whom, and by what. It holds as long as that could log in again.</summary>
/// <param name="Account">Whose mail it is.</param>
/// <param name="Address">Normalized address that was logged in as: one of the account's.</param>
/// <param name="PasswordNumber">Number of the password it was done with; null when it was a key.</param>
/// <param name="Key">Fingerprint of the key it was done with; null when it was a password.</param>
public sealed record LoginGrant(Account Account, string Address, int? PasswordNumber, string? Key)
{
    /// <summary>
    /// Whether it still holds: the account is there, has the address and is not disabled, the password is not another one, the key was not removed. Cheap enough for each command;
    /// <see cref="Account.Subscribe"/> wakes whoever waits when the answer may have changed.
    /// </summary>
    public bool Holds(AccountDirectory directory) =>
        !Account.IsRemoved
        && directory.FindAddress(Address)?.Id == Account.Id
        && directory.Find(Account.Id) is { Access: { IsDisabled: false } access }
        && (PasswordNumber is null || PasswordNumber == access.PasswordNumber)
        && (Key is null || KeyOf(directory, Key)?.Account == Account.Id);

    /// <summary>The key of that fingerprint; null when nobody has it, or when the address it logs in as is not its account's any more.</summary>
    public static LoginKey? KeyOf(AccountDirectory directory, string fingerprint) =>
        directory.FindKey(fingerprint) is { } key && directory.FindAddress(key.Address)?.Id == key.Account ? key : null;
}
