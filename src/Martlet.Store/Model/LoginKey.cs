namespace Martlet.Store.Model;

/// <summary>A TLS client key that logs in to an account.</summary>
/// <param name="Fingerprint">What it is known by, over all accounts: SHA-256 of the public key as base64url.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Address">Normalized address of the account that it logs in as. When the address comes to belong to another account, the key logs in nobody.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Type">Kind and size, for people: ed25519.</param>
/// <param name="MayPreauth">Whether IMAP connections with it begin logged in (PREAUTH).</param>
/// <param name="Added">When, in seconds since 1970.</param>
public sealed record LoginKey(string Fingerprint, AccountId Account, string Address, string Name, string Type, bool MayPreauth, long Added);
