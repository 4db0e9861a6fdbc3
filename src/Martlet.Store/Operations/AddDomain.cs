using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Makes mail for a domain ours.</summary>
/// <param name="domain">Lower case A-labels.</param>
internal sealed class AddDomain(string domain) : StoreOperation<Done>
{
    protected override StoreResult<Done> Apply(WriteContext context)
    {
        var directory = context.Directory;
        if (directory.Contents.Domains.Contains(domain))
        {
            return Refusal.AlreadyExists;
        }

        directory.Update(directory.Contents with { Domains = directory.Contents.Domains.Add(domain) });
        context.Batch.Domains.Add(new(domain, Exists: true));
        return default(Done);
    }
}

/// <summary>Ends a domain that has no addresses any more.</summary>
internal sealed class RemoveDomain(string domain) : StoreOperation<Done>
{
    protected override StoreResult<Done> Apply(WriteContext context)
    {
        var directory = context.Directory;
        if (!directory.Contents.Domains.Contains(domain))
        {
            return Refusal.NoSuchDomain;
        }

        if (directory.Contents.Addresses.Keys.Any(address => address.EndsWith("@" + domain, StringComparison.Ordinal)))
        {
            return Refusal.InUse;
        }

        directory.Update(directory.Contents with { Domains = directory.Contents.Domains.Remove(domain) });
        context.Batch.Domains.Add(new(domain, Exists: false));
        return default(Done);
    }
}
