using System.Collections.Immutable;
using Martlet.Store.Operations;

namespace Martlet.Server.Settings;

/// <summary>
/// What has to change to bring the server from one configuration to another: changes in an order in which each is allowed (what refers to an address goes before it
/// and comes after it), and a sentence for each difference.
/// </summary>
internal sealed class SettingsPlan
{
    private readonly SettingsDocument _now;
    private readonly SettingsDocument _wanted;
    private readonly List<DirectoryChange> _changes = [];
    private readonly List<string> _sentences = [];

    private SettingsPlan(SettingsDocument now, SettingsDocument wanted)
    {
        _now = now;
        _wanted = wanted;
    }

    /// <summary>Changes, in order.</summary>
    public IReadOnlyList<DirectoryChange> Changes => _changes;

    /// <summary>Differences in an administrator's words.</summary>
    public IReadOnlyList<string> Sentences => _sentences;

    /// <summary>Accounts that would go, with their mail.</summary>
    public IReadOnlyList<string> RemovedAccounts { get; private set; } = [];

    /// <summary>Administrators that are new and have no password.</summary>
    public IReadOnlyList<string> WithoutPassword { get; private set; } = [];

    /// <summary>Makes the plan.</summary>
    /// <param name="now">As it is, with secrets.</param>
    /// <param name="wanted">As it is to be.</param>
    public static SettingsPlan Make(SettingsDocument now, SettingsDocument wanted)
    {
        var plan = new SettingsPlan(now, wanted);
        plan.Describe();
        plan.Order();
        return plan;
    }

    private void Order()
    {
        var (domains, accounts, aliases) = (_now.Domains.ToDictionary(domain => domain.Name, StringComparer.Ordinal), ByName(_now.Accounts), _now.Aliases.ToDictionary(alias => alias.Address, StringComparer.Ordinal));
        var (wantedDomains, wantedAccounts) = (_wanted.Domains.ToDictionary(domain => domain.Name, StringComparer.Ordinal), ByName(_wanted.Accounts));
        RemovedAccounts = [.. accounts.Keys.Where(name => !wantedAccounts.ContainsKey(name)).Order(StringComparer.Ordinal)];

        // What sends mail on lets go first.
        _changes.AddRange(_now.Domains.Where(domain => domain.CatchAll is not null && wantedDomains.GetValueOrDefault(domain.Name) != domain).Select(domain => new SetDomain(domain with { CatchAll = null })));
        if (_wanted.Settings is { } settings && settings.Postmaster != _now.Settings!.Postmaster)
        {
            _changes.Add(new SetServerSettings(before => before with { Postmaster = null }));
        }

        _changes.AddRange(_now.Aliases.Where(alias => !_wanted.Aliases.Contains(alias)).Select(alias => new RemoveAlias(alias.Address)));
        _changes.AddRange(RemovedAccounts.Select(name => new TrimAccount(name, Addresses: null, ImmutableHashSet<string>.Empty)));
        foreach (var account in _now.Accounts.Where(account => wantedAccounts.ContainsKey(account.Name)))
        {
            Trim(account, wantedAccounts[account.Name]);
        }

        // Domains that go, also those that come again with another rule of case; then what is new, from the ground up.
        _changes.AddRange(_now.Domains.Where(domain => !wantedDomains.ContainsKey(domain.Name)).Select(domain => new RemoveDomain(domain.Name)));
        _changes.AddRange(_wanted.Domains.Where(domain => domains.GetValueOrDefault(domain.Name) != domain).Select(domain => new SetDomain(domain with { CatchAll = null })));
        _changes.AddRange(_wanted.Accounts.Where(account => !accounts.TryGetValue(account.Name, out var before) || !IsSame(before, account)).Select(account => new PutAccount(account)));
        _changes.AddRange(_wanted.Aliases.Where(alias => !_now.Aliases.Contains(alias)).Select(alias => new SetAlias(alias)));
        _changes.AddRange(_wanted.Domains.Where(domain => domain.CatchAll is not null && domains.GetValueOrDefault(domain.Name) != domain).Select(domain => new SetDomain(domain)));
        if (_wanted.Settings is { } wanted && wanted != _now.Settings)
        {
            _changes.Add(new SetServerSettings(_ => wanted));
        }

        OrderAdministrators();
    }

    private void Trim(AccountSettings now, AccountSettings wanted)
    {
        var kept = now.Keys.Where(key => wanted.Keys.Any(other => other with { Account = key.Account } == key)).Select(key => key.Fingerprint).ToImmutableHashSet(StringComparer.Ordinal);
        if (kept.Count < now.Keys.Length || now.Addresses.Except(wanted.Addresses, StringComparer.Ordinal).Any())
        {
            _changes.Add(new TrimAccount(now.Name, wanted.Addresses.ToImmutableHashSet(StringComparer.Ordinal), kept));
        }
    }

    private void OrderAdministrators()
    {
        var there = _now.Administrators.ToDictionary(entry => entry.Name, entry => entry.PasswordHash, StringComparer.Ordinal);
        WithoutPassword = [.. _wanted.Administrators.Where(entry => entry.PasswordHash is null && !there.ContainsKey(entry.Name)).Select(entry => entry.Name)];
        _changes.AddRange(_wanted.Administrators.Where(entry => entry.PasswordHash is { } hash && there.GetValueOrDefault(entry.Name) != hash)
            .Select(entry => new SetAdministrator(entry.Name, entry.PasswordHash!)));
        var wanted = _wanted.Administrators.Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        _changes.AddRange(there.Keys.Where(name => !wanted.Contains(name)).Select(name => new RemoveAdministrator(name)));
    }

    private void Describe()
    {
        if (_wanted.Settings is { } settings && settings != _now.Settings)
        {
            _sentences.Add("change the server's settings");
        }

        Compare("domain", _now.Domains, _wanted.Domains, domain => domain.Name, (one, other) => one == other);
        Compare("account", _now.Accounts, _wanted.Accounts, account => account.Name, IsSame);
        Compare("alias", _now.Aliases, _wanted.Aliases, alias => alias.Address, (one, other) => one == other);
        Compare("administrator", _now.Administrators, _wanted.Administrators, entry => entry.Name, (one, other) => other.PasswordHash is null || one == other);
    }

    private void Compare<T>(string what, ImmutableArray<T> now, ImmutableArray<T> wanted, Func<T, string> nameOf, Func<T, T, bool> isSame)
    {
        var before = now.ToDictionary(nameOf, StringComparer.Ordinal);
        foreach (var item in wanted)
        {
            if (!before.Remove(nameOf(item), out var there))
            {
                _sentences.Add($"add {what} {nameOf(item)}");
            }
            else if (!isSame(there, item))
            {
                _sentences.Add($"change {what} {nameOf(item)}{(item is AccountSettings account ? Difference((AccountSettings)(object)there!, account) : "")}");
            }
        }

        _sentences.AddRange(before.Keys.Order(StringComparer.Ordinal).Select(name => $"remove {what} {name}{(what == "account" ? " with its mail" : "")}"));
    }

    private static string Difference(AccountSettings now, AccountSettings wanted)
    {
        var parts = new List<string>();
        void Note(bool differs, string what)
        {
            if (differs)
            {
                parts.Add(what);
            }
        }

        Note(now.DisplayName != wanted.DisplayName, "name");
        Note(now.DisabledText != wanted.DisabledText, "logins");
        Note((now.QuotaBytes, now.QuotaMessages) != (wanted.QuotaBytes, wanted.QuotaMessages), "quota");
        Note(!now.HiddenCapabilities.SequenceEqual(wanted.HiddenCapabilities), "hidden capabilities");
        Note(!now.Addresses.SequenceEqual(wanted.Addresses), "addresses");
        Note(!SameKeys(now, wanted), "keys");
        Note(!SamePassword(now, wanted), "password");
        return $": {string.Join(", ", parts)}";
    }

    private static bool IsSame(AccountSettings now, AccountSettings wanted) =>
        now.DisplayName == wanted.DisplayName && now.DisabledText == wanted.DisabledText && now.QuotaBytes == wanted.QuotaBytes && now.QuotaMessages == wanted.QuotaMessages
        && now.HiddenCapabilities.Order(StringComparer.OrdinalIgnoreCase).SequenceEqual(wanted.HiddenCapabilities.Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase)
        && now.Addresses.SequenceEqual(wanted.Addresses) && SameKeys(now, wanted) && SamePassword(now, wanted);

    private static bool SamePassword(AccountSettings now, AccountSettings wanted) => wanted.PasswordHash is null || (now.PasswordHash == wanted.PasswordHash && now.Secrets == wanted.Secrets);

    private static bool SameKeys(AccountSettings now, AccountSettings wanted) =>
        now.Keys.Length == wanted.Keys.Length && now.Keys.All(key => wanted.Keys.Any(other => other with { Account = key.Account } == key));

    private static Dictionary<string, AccountSettings> ByName(ImmutableArray<AccountSettings> accounts) => accounts.ToDictionary(account => account.Name, StringComparer.Ordinal);
}
