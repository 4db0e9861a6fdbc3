using System.Globalization;
using Martlet.Network.Tls;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Lets a TLS client key log in to an account.</summary>
/// <param name="Address">Address that it logs in with.</param>
/// <param name="Pem">A certificate, or a public key, in PEM. Only the key in it matters.</param>
/// <param name="MayPreauth">Whether IMAP connections with it begin logged in.</param>
/// <param name="Name">What its owner calls it; null for the certificate's name, or a number.</param>
public sealed record AddKey(string Address, string Pem, bool MayPreauth, string? Name = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (ClientKeyPem.Read(Pem, out var reason) is not { Key: var key } pem)
        {
            return AdminReply.Refused(reason);
        }

        var (directory, limits) = (context.Store.Directory, context.Store.Limits);
        if (directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var name = Name?.Trim() ?? pem.CommonName ?? Numbered(directory.KeysOf(account.Id));
        if (NameProblem(name, limits) is { } problem)
        {
            return problem;
        }

        var added = new LoginKey(key.Fingerprint, account.Id, address, name, key.Type, MayPreauth, context.Time.GetUtcNow().ToUnixTimeSeconds());
        var result = await context.Store.AddKeyAsync(added);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"The key '{name}' logs in as {address}.") with { Keys = [KeySummary.Of(added, directory)] },
            Refusal.AlreadyExists => AdminReply.Refused(Taken(directory, added)),
            Refusal.LimitReached => AdminReply.Refused($"{account.Name} has {limits.KeysPerAccountMax} keys; no account has more. Remove one first."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }

    /// <summary>Why a text cannot be the name of a key, or null.</summary>
    internal static AdminReply? NameProblem(string name, StoreLimits limits) => name.Length == 0 || name.Length > limits.KeyNameCharsMax || !ClientKeyPem.IsPrintable(name)
        ? AdminReply.Refused($"The name of a key is one line of 1 to {limits.KeyNameCharsMax} characters.")
        : null;

    /// <inheritdoc/>
    public override string ToString() => $"AddKey {Address}";

    // Whose it is stays untold: a user's page says the same words.
    private static string Taken(AccountDirectory directory, LoginKey added) => directory.FindKey(added.Fingerprint) is { } there && there.Account == added.Account
        ? $"This key logs in to that account already: it is '{there.Name}'."
        : $"The key {added.Fingerprint} belongs to another account already, and a key logs in to one account only. Make a new one.";

    private static string Numbered(IReadOnlyList<LoginKey> keys)
    {
        var names = keys.Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        var number = 1;
        while (names.Contains(Numbered(number)))
        {
            number++;
        }

        return Numbered(number);
    }

    private static string Numbered(int number) => string.Create(CultureInfo.InvariantCulture, $"key {number}");
}
