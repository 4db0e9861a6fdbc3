using System.Collections.Immutable;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>An account as a configuration file has it: everything that an administrator sets, and no mail.</summary>
/// <param name="Name">Normalized address; the account is made when no account has that name.</param>
public sealed record AccountSettings(string Name)
{
    /// <summary>Name of the person.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>Limit for bytes, as in <see cref="Engine.AccountRow.QuotaBytes"/>.</summary>
    public long QuotaBytes { get; init; }

    /// <summary>Limit for messages.</summary>
    public long QuotaMessages { get; init; }

    /// <summary>Capabilities that are not announced.</summary>
    public ImmutableArray<string> HiddenCapabilities { get; init; } = [];

    /// <summary>What logins are told instead of being let in; null for an account that is not disabled.</summary>
    public string? DisabledText { get; init; }

    /// <summary>Encoded password hash; null leaves the password as it is.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>Encoded secrets of the same password.</summary>
    public string Secrets { get; init; } = "";

    /// <summary>Its addresses but the name, sorted.</summary>
    public ImmutableArray<string> Addresses { get; init; } = [];

    /// <summary>Its keys; their account number is not looked at.</summary>
    public ImmutableArray<LoginKey> Keys { get; init; } = [];

    /// <summary>Without hash and secrets: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(AccountSettings)} {{ {Name} }}";
}

/// <summary>
/// Makes an account as it is to be, or brings one there. Addresses and keys that it is not to have are taken away by <see cref="TrimAccount"/> before, so that they
/// can move between accounts. NoSuchDomain, AlreadyExists, BadName, LimitReached, NoSuchAccount for a key of an address that is not its own.
/// </summary>
/// <param name="Settings">How it is to be.</param>
public sealed record PutAccount(AccountSettings Settings) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Addresses.TryGetValue(Settings.Name, out var id) || state.Accounts[id].Name != Settings.Name)
        {
            var added = new AddAccount(Settings.Name, AccountAccess.None with { PasswordNumber = 1 }, context.Cache).Apply(context);
            if (!added.IsDone)
            {
                return added.Refusal;
            }

            id = added.Value.Id;
        }

        return SetUp(context, id) is var refusal and not Refusal.None ? refusal : Add(context, id);
    }

    private Refusal SetUp(WriteContext context, AccountId id)
    {
        var row = context.Find(id)!.Row;
        if (Settings.DisplayName.Length > context.Limits.DisplayNameCharsMax || Settings.DisplayName.Any(char.IsControl)
            || Settings.QuotaBytes < QuotaLimits.None || Settings.QuotaMessages < QuotaLimits.None)
        {
            return Refusal.BadName;
        }

        var hide = new HideCapabilities(id, Settings.HiddenCapabilities, [.. row.HiddenCapabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(Settings.HiddenCapabilities)]);
        return hide.Apply(context) is { IsDone: false } refused ? refused.Refusal : new ChangeAccount(id, old => old with
        {
            DisplayName = Settings.DisplayName,
            QuotaBytes = Settings.QuotaBytes,
            QuotaMessages = Settings.QuotaMessages,
            Access = Password(old.Access) with { DisabledText = Settings.DisabledText },
        }).Apply(context).Refusal;
    }

    private AccountAccess Password(AccountAccess access) =>
        Settings.PasswordHash is null || (Settings.PasswordHash == access.PasswordHash && Settings.Secrets == access.Secrets)
            ? access
            : access with { PasswordHash = Settings.PasswordHash, Secrets = Settings.Secrets, PasswordNumber = access.PasswordNumber + 1 };

    private Refusal Add(WriteContext context, AccountId id)
    {
        foreach (var address in Settings.Addresses)
        {
            if (context.Directory.Contents.Addresses.GetValueOrDefault(address) != id && new AddAddress(id, address).Apply(context) is { IsDone: false } refused)
            {
                return refused.Refusal;
            }
        }

        foreach (var key in Settings.Keys.Select(key => key with { Account = id }))
        {
            if (context.Directory.Contents.Keys.GetValueOrDefault(key.Fingerprint) != key && new AddKey(key).Apply(context) is { IsDone: false } refused)
            {
                return refused.Refusal;
            }
        }

        return Refusal.None;
    }
}

/// <summary>Takes addresses and keys from an account that it is not to have any more, or the whole account with its mail. NoSuchAccount, InUse.</summary>
/// <param name="Name">Name of the account.</param>
/// <param name="Addresses">Addresses it keeps, besides its name; null removes the account.</param>
/// <param name="Keys">Fingerprints of keys it keeps, as they are.</param>
public sealed record TrimAccount(string Name, IReadOnlySet<string>? Addresses, IReadOnlySet<string> Keys) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Addresses.TryGetValue(Name, out var id) || state.Accounts[id].Name != Name)
        {
            return Refusal.NoSuchAccount;
        }

        if (Addresses is null)
        {
            return new RemoveAccount(id).Apply(context).Refusal;
        }

        foreach (var key in state.Keys.Values.Where(key => key.Account == id && !Keys.Contains(key.Fingerprint)))
        {
            new RemoveKey(key.Fingerprint).Apply(context);
        }

        foreach (var address in state.Addresses.Where(entry => entry.Value == id && entry.Key != Name && !Addresses.Contains(entry.Key)).Select(entry => entry.Key))
        {
            if (new RemoveAddress(address).Apply(context) is { IsDone: false } refused)
            {
                return refused.Refusal;
            }
        }

        return Refusal.None;
    }
}
