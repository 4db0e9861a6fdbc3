using System.Collections.Immutable;
using Martlet.Protocols.Smtp;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Delivery;

/// <summary>
/// Says where mail for an address goes: the one place where domains, the rule of case, addresses, aliases, details, reserved addresses and catch-alls come together, for
/// RCPT, for who may send as whom, and for <c>martlet lookup</c>, which shows the steps. It changes nothing.
/// </summary>
/// <remarks>Thread safe. Each call looks at one moment of the directory; a few look-ups in memory.</remarks>
/// <param name="directory">Who is here.</param>
/// <param name="hostname">The server's own name.</param>
public sealed class AddressResolver(AccountDirectory directory, string hostname)
{
    private static readonly ImmutableArray<string> Reserved = ["postmaster", "abuse"];

    /// <summary>Whether a localpart is one that every domain answers for (RFC 5321 §4.5.1, RFC 2142 §4): given out by administrators only.</summary>
    public static bool IsReserved(string localpart) => Reserved.Contains(localpart, StringComparer.OrdinalIgnoreCase);

    /// <summary>Where mail for an address goes.</summary>
    /// <param name="address">Address, with or without detail.</param>
    /// <param name="steps">Told each step in plain words; null when nobody asks.</param>
    public Resolution Resolve(EmailAddress address, ICollection<string>? steps = null)
    {
        var state = directory.Current;
        var name = address.Domain.Text;
        var domain = state.Domains.GetValueOrDefault(name);
        if (domain is null or { State: DomainState.Draft })
        {
            if (domain is null && name == hostname && IsReserved(address.Localpart) && state.Settings.Postmaster is { } own)
            {
                steps?.Add($"{name} is the server's own name, and {address.Localpart} is reserved: it goes to the server's postmaster, {own}.");
                return Follow(state, own, ResolutionKind.Reserved, domain, steps);
            }

            steps?.Add(domain is null ? $"{name} is not one of our domains." : $"{name} is a draft: mail for it is refused as if it were not ours.");
            return new Resolution(ResolutionKind.NotOurs, domain, [], null);
        }

        steps?.Add($"{name} is one of our domains, {Describe(domain)}.");
        if (domain.State == DomainState.Disabled)
        {
            steps?.Add("Mail for it is put off: peers are told to try again later (450).");
        }

        return Find(state, domain, address, steps);
    }

    /// <summary>Where mail for &lt;postmaster&gt; without a domain goes (RFC 5321 §4.5.1): the server's, else the first postmaster of a domain.</summary>
    /// <param name="address">Whom it reaches; the bare name when nobody.</param>
    public Resolution ResolvePostmaster(out string address)
    {
        var state = directory.Current;
        var candidates = state.Domains.Keys.Prepend(hostname).Select(domain => $"postmaster@{domain}");
        var target = state.Settings.Postmaster ?? candidates.FirstOrDefault(state.IsTarget);
        address = target is null ? "postmaster" : EmailAddress.Write(target);
        return target is null ? new Resolution(ResolutionKind.NoSuchMailbox, null, [], null) : Follow(state, target, ResolutionKind.Reserved, null, null);
    }

    private static Resolution Find(DirectoryState state, DomainEntry domain, EmailAddress address, ICollection<string>? steps)
    {
        if (TryTarget(state, domain, address, ResolutionKind.Address, steps) is { } found)
        {
            return found;
        }

        if (steps is not null && domain.Separators.Length > 0 && address.WithoutDetail(domain.Separators).Any())
        {
            steps.Add($"No account or alias has {Key(domain, address)} itself; what stands behind {string.Join(" or ", domain.Separators.AsEnumerable())} may be a detail.");
        }

        foreach (var shorter in address.WithoutDetail(domain.Separators))
        {
            if (TryTarget(state, domain, shorter, ResolutionKind.Detail, steps) is { } detail)
            {
                return detail;
            }
        }

        if (state.Settings.Postmaster is { } postmaster && IsReserved(address.Localpart))
        {
            steps?.Add($"{address.Localpart} is reserved and nobody has it here: it goes to the server's postmaster, {postmaster}.");
            return Follow(state, postmaster, ResolutionKind.Reserved, domain, steps);
        }

        if (domain.CatchAll is { } catchAll)
        {
            steps?.Add($"Nobody has it: the domain's catch-all takes it, {catchAll}.");
            return Follow(state, catchAll, ResolutionKind.CatchAll, domain, steps);
        }

        steps?.Add("Nobody has it, and the domain has no catch-all: it is refused (550 5.1.1).");
        return new Resolution(ResolutionKind.NoSuchMailbox, domain, [], null);
    }

    private static Resolution? TryTarget(DirectoryState state, DomainEntry domain, EmailAddress address, ResolutionKind kind, ICollection<string>? steps)
    {
        var key = Key(domain, address);
        return state.IsTarget(key) ? Follow(state, key, kind, domain, steps) : null;
    }

    private static Resolution Follow(DirectoryState state, string target, ResolutionKind kind, DomainEntry? domain, ICollection<string>? steps)
    {
        if (state.Addresses.TryGetValue(target, out var account))
        {
            steps?.Add($"{target} is an address of the account {state.Accounts[account].Name}.");
            return new Resolution(kind, domain, [account], null);
        }

        var alias = state.Aliases[target];
        var accounts = alias.Members.Select(member => state.Addresses[member]).Distinct().ToImmutableArray();
        steps?.Add($"{target} is an alias with {alias.Members.Length} {(alias.Members.Length == 1 ? "member" : "members")}: {string.Join(", ", alias.Members)}.");
        return new Resolution(kind, domain, accounts, target);
    }

    private static string Key(DomainEntry domain, EmailAddress address) => domain.IsCaseSensitive ? address.NormalizedExact : address.Normalized;

    private static string Describe(DomainEntry domain) => domain.State switch
    {
        DomainState.Live => "live",
        DomainState.Receive => "receiving only",
        _ => "disabled",
    } + (domain.IsCaseSensitive ? ", with Ada@ and ada@ told apart" : "");
}

/// <summary>By what an address was found, or why not.</summary>
public enum ResolutionKind
{
    /// <summary>The domain is not served here.</summary>
    NotOurs,

    /// <summary>The domain is served, and nobody has the address.</summary>
    NoSuchMailbox,

    /// <summary>An account or alias has it.</summary>
    Address,

    /// <summary>It is a detail of an address that is there.</summary>
    Detail,

    /// <summary>It is reserved, and the server's postmaster gets it.</summary>
    Reserved,

    /// <summary>The domain's catch-all gets it.</summary>
    CatchAll,
}

/// <summary>Where mail for an address goes.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Domain">The domain; null when it is not ours.</param>
/// <param name="Accounts">Accounts that get it, each once; empty when nobody does.</param>
/// <param name="Alias">The alias through which; null for an account's address.</param>
public sealed record Resolution(ResolutionKind Kind, DomainEntry? Domain, ImmutableArray<AccountId> Accounts, string? Alias)
{
    /// <summary>Whether somebody gets it.</summary>
    public bool IsFound => !Accounts.IsEmpty;
}
