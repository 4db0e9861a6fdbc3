using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Makes mail for a domain ours, or sets it up anew. BadName for separators that are none or a description that is too long, NoSuchAddress for a catch-all that is
/// not there, InUse for another rule of case while the domain has addresses.
/// </summary>
/// <param name="Domain">The domain.</param>
/// <param name="MustBeNew">Whether AlreadyExists is the answer when it is there.</param>
public sealed record SetDomain(DomainEntry Domain, bool MustBeNew = false) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        var before = state.Domains.GetValueOrDefault(Domain.Name);
        if (before is not null && MustBeNew)
        {
            return Refusal.AlreadyExists;
        }

        if (Domain.Separators.Length != Domain.Separators.Distinct().Count() || Domain.Separators.Any(c => !DomainEntry.SeparatorChars.Contains(c, StringComparison.Ordinal))
            || !context.Limits.IsDescription(Domain.Description))
        {
            return Refusal.BadName;
        }

        if (before is not null && before.IsCaseSensitive != Domain.IsCaseSensitive && state.HasAddressesIn(Domain.Name))
        {
            return Refusal.InUse;
        }

        if (Domain.CatchAll is { } target && !state.IsTarget(target))
        {
            return Refusal.NoSuchAddress;
        }

        if (Domain != before)
        {
            context.Directory.Update(state with { Domains = state.Domains.SetItem(Domain.Name, Domain) });
            context.Batch.Domains.Add(new(Domain.Name, Domain));
        }

        return Refusal.None;
    }
}

/// <summary>Ends a domain. NoSuchDomain; InUse while it has addresses or aliases.</summary>
/// <param name="Name">Lower case A-labels.</param>
public sealed record RemoveDomain(string Name) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Domains.ContainsKey(Name))
        {
            return Refusal.NoSuchDomain;
        }

        if (state.HasAddressesIn(Name))
        {
            return Refusal.InUse;
        }

        context.Directory.Update(state with { Domains = state.Domains.Remove(Name) });
        context.Batch.Domains.Add(new(Name, Entry: null));
        return Refusal.None;
    }
}
