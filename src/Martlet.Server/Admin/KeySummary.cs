using Martlet.Server.Accounts;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>A key that logs in, in a list.</summary>
/// <param name="Fingerprint">SHA-256 of the public key as base64url, 43 characters.</param>
/// <param name="Account">Name of the account.</param>
/// <param name="Address">Address of the account that it logs in with.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Type">Kind and size: ed25519, ecdsa-p256, rsa-3072.</param>
/// <param name="ImapPreauth">Whether IMAP connections with it begin logged in.</param>
/// <param name="LogsIn">Whether it logs in: false when the address is not the account's any more.</param>
/// <param name="Added">When, UTC.</param>
public sealed record KeySummary(string Fingerprint, string Account, string Address, string Name, string Type, bool ImapPreauth, bool LogsIn, DateTimeOffset Added)
{
    internal static KeySummary Of(LoginKey key, AccountDirectory directory) => new(
        key.Fingerprint, directory.Find(key.Account)?.Name ?? "", key.Address, key.Name, key.Type, key.MayPreauth,
        LoginGrant.KeyOf(directory, key.Fingerprint) is not null, DateTimeOffset.FromUnixTimeSeconds(key.Added));
}
