using System.Collections.Immutable;
using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Makes an alias, or gives it other members. NoSuchDomain; AlreadyExists when an account has the address; NoSuchAddress for a member that no account has; LimitReached;
/// BadName for no members or a description that is too long.
/// </summary>
/// <param name="Alias">The alias; its members in any order.</param>
/// <param name="MustBeNew">Whether AlreadyExists is the answer when it is there.</param>
public sealed record SetAlias(AliasEntry Alias, bool MustBeNew = false) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        var before = state.Aliases.GetValueOrDefault(Alias.Address);
        if (!state.Domains.ContainsKey(Alias.Address[(Alias.Address.LastIndexOf('@') + 1)..]))
        {
            return Refusal.NoSuchDomain;
        }

        if (state.Addresses.ContainsKey(Alias.Address) || (before is not null && MustBeNew))
        {
            return Refusal.AlreadyExists;
        }

        if (Alias.Members.IsEmpty || !context.Limits.IsDescription(Alias.Description))
        {
            return Refusal.BadName;
        }

        var members = Alias.Members.ToImmutableSortedSet(StringComparer.Ordinal).ToImmutableArray();
        if (members.Length > context.Limits.AliasMembersMax)
        {
            return Refusal.LimitReached;
        }

        if (members.Any(member => !state.Addresses.ContainsKey(member)))
        {
            return Refusal.NoSuchAddress;
        }

        var alias = Alias with { Members = members };
        if (alias != before)
        {
            context.Directory.Update(state with { Aliases = state.Aliases.SetItem(alias.Address, alias) });
            context.Batch.Aliases.Add(new(alias.Address, alias));
        }

        return Refusal.None;
    }
}

/// <summary>Ends an alias. NoSuchAddress; InUse while a domain's catch-all or the server's postmaster is it.</summary>
/// <param name="Address">Normalized address.</param>
public sealed record RemoveAlias(string Address) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Aliases.ContainsKey(Address))
        {
            return Refusal.NoSuchAddress;
        }

        if (state.RefersTo(Address))
        {
            return Refusal.InUse;
        }

        context.Directory.Update(state with { Aliases = state.Aliases.Remove(Address) });
        context.Batch.Aliases.Add(new(Address, Alias: null));
        return Refusal.None;
    }
}
