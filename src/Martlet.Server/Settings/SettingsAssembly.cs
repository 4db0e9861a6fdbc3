using System.Collections.Immutable;
using Martlet.Protocols.Smtp;
using Martlet.Server.Config;
using Martlet.Store.Model;
using Martlet.Store.Operations;

namespace Martlet.Server.Settings;

/// <summary>Puts the blocks of a configuration together: what one alone cannot know (which domains there are, which addresses are taken) is looked at here.</summary>
internal sealed class SettingsAssembly
{
    private readonly List<DomainDraft> _domains = [];
    private readonly List<AccountDraft> _accounts = [];
    private readonly List<AliasDraft> _aliases = [];
    private readonly List<AdministratorDraft> _administrators = [];
    private readonly Dictionary<string, DomainDraft> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);
    private ServerDraft? _server;

    /// <summary>What is wrong, by line.</summary>
    public List<ConfigProblem> Problems { get; } = [];

    public ServerDraft Begin(ServerDraft draft)
    {
        if (_server is not null)
        {
            Problem(draft.Line, $"the server's settings are already in line {_server.Line}.");
        }

        return _server = draft;
    }

    public DomainDraft Begin(DomainDraft draft)
    {
        if (!_byName.TryAdd(draft.Name, draft))
        {
            Problem(draft.Line, $"the domain {draft.Name} is already in line {_byName[draft.Name].Line}.");
        }

        _domains.Add(draft);
        return draft;
    }

    public AccountDraft Begin(AccountDraft draft)
    {
        _accounts.Add(draft);
        return draft;
    }

    public AliasDraft Begin(AliasDraft draft)
    {
        _aliases.Add(draft);
        return draft;
    }

    public AdministratorDraft Begin(AdministratorDraft draft)
    {
        if (_administrators.Find(other => other.Name == draft.Name) is { } other)
        {
            Problem(draft.Line, $"the administrator {draft.Name} is already in line {other.Line}.");
        }

        _administrators.Add(draft);
        return draft;
    }

    /// <summary>The document; nothing worth when there are problems.</summary>
    public SettingsDocument Finish()
    {
        // Addresses of accounts first: what sends mail on refers to them.
        var accounts = _accounts.Select(Account).ToImmutableArray();
        var members = _targets.ToImmutableHashSet(StringComparer.Ordinal);
        var aliases = _aliases.Select(alias => Alias(alias, members)).ToImmutableArray();
        var domains = _domains.Select(draft => new DomainEntry
        {
            Name = draft.Name,
            State = draft.State,
            Separators = draft.Separators,
            IsCaseSensitive = draft.IsCaseSensitive,
            Description = draft.Description,
            CatchAll = Target(draft.CatchAll, _targets),
        }).OrderBy(domain => domain.Name, StringComparer.Ordinal).ToImmutableArray();
        var server = _server is null ? null : new ServerSettings
        {
            QuotaBytes = _server.QuotaBytes,
            QuotaMessages = _server.QuotaMessages,
            Postmaster = Target(_server.Postmaster, _targets),
            LogLevels = _server.LogLevels,
        };
        return new SettingsDocument(
            server, domains, [.. accounts.OrderBy(account => account.Name, StringComparer.Ordinal)], [.. aliases.OrderBy(alias => alias.Address, StringComparer.Ordinal)],
            [.. _administrators.Select(draft => new AdministratorSettings(draft.Name, draft.PasswordHash)).OrderBy(entry => entry.Name, StringComparer.Ordinal)]);
    }

    private AccountSettings Account(AccountDraft draft)
    {
        var name = Claim(draft.Line, draft.Name);
        _targets.Add(name);
        var addresses = draft.Addresses.Select(at => Claim(at.Line, at.Address)).Order(StringComparer.Ordinal).ToImmutableArray();
        _targets.UnionWith(addresses);
        if (draft.PasswordHash is null && draft.Secrets.Count > 0)
        {
            Problem(draft.Line, "a secret comes with the password it is of.");
        }

        var keys = draft.Keys.Select(key => new LoginKey(key.Fingerprint, default, KeyAddress(key, name, addresses), key.Name, key.Type, key.MayPreauth, key.Added)).ToImmutableArray();
        return new AccountSettings(name)
        {
            DisplayName = draft.DisplayName,
            DisabledText = draft.DisabledText,
            QuotaBytes = draft.QuotaBytes,
            QuotaMessages = draft.QuotaMessages,
            HiddenCapabilities = [.. draft.HiddenCapabilities],
            PasswordHash = draft.PasswordHash,
            Secrets = string.Join('\n', draft.Secrets),
            Addresses = addresses,
            Keys = keys,
        };
    }

    private string KeyAddress(KeyDraft key, string name, ImmutableArray<string> addresses)
    {
        var address = Key(key.Address.Address);
        if (address != name && !addresses.Contains(address, StringComparer.Ordinal))
        {
            Problem(key.Address.Line, $"the key logs in as {address}, which is not an address of this account.");
        }

        if (!_taken.TryAdd("key " + key.Fingerprint, key.Address.Line))
        {
            Problem(key.Address.Line, $"the key is already in line {_taken["key " + key.Fingerprint]}.");
        }

        return address;
    }

    private AliasEntry Alias(AliasDraft draft, ImmutableHashSet<string> accounts)
    {
        var address = Claim(draft.Line, draft.Address);
        _targets.Add(address);
        if (draft.Members.Count == 0)
        {
            Problem(draft.Line, "the alias has no member.");
        }

        return new AliasEntry(address, [.. draft.Members.Select(member => Target(member, accounts)!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], draft.Description);
    }

    private string Claim(int line, EmailAddress address)
    {
        var key = Key(address);
        if (!_byName.ContainsKey(address.Domain.Text))
        {
            Problem(line, $"{address.Domain.Text} is not one of the domains in this file.");
        }

        if (!_taken.TryAdd(key, line))
        {
            Problem(line, $"the address {key} is already in line {_taken[key]}.");
        }

        return key;
    }

    private string? Target(AddressAt? at, IReadOnlySet<string> targets)
    {
        if (at is null)
        {
            return null;
        }

        var key = Key(at.Address);
        if (!targets.Contains(key))
        {
            Problem(at.Line, $"{key} is not there: mail can be sent on to what this file has only.");
        }

        return key;
    }

    private string Key(EmailAddress address) => _byName.GetValueOrDefault(address.Domain.Text) is { IsCaseSensitive: true } ? address.NormalizedExact : address.Normalized;

    private void Problem(int line, string reason) => Problems.Add(new ConfigProblem(line, reason));
}
