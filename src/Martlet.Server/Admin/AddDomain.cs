using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes mail for a domain ours.</summary>
public sealed record AddDomain(string Domain) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Domain(Domain) is not { } domain)
        {
            return AdminNames.BadDomain(Domain);
        }

        var result = await context.Store.AddDomainAsync(domain);
        return result.Refusal == Refusal.None ? AdminReply.Done($"Mail for {domain} is ours now.") : AdminRunner.Refused(result.Refusal, domain);
    }
}
