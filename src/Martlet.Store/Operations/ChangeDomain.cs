using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Changes a domain that is there. NoSuchDomain, and what <see cref="SetDomain"/> refuses.</summary>
/// <param name="Name">Lower case A-labels.</param>
/// <param name="Change">Gives the domain as it is to be, under the same name; runs on the writer thread.</param>
public sealed record ChangeDomain(string Name, Func<DomainEntry, DomainEntry> Change) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context) =>
        context.Directory.Contents.Domains.GetValueOrDefault(Name) is { } domain ? new SetDomain(Change(domain) with { Name = Name }).Stage(context) : Refusal.NoSuchDomain;
}
