using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Ends a domain that has no accounts.</summary>
public sealed record RemoveDomain(string Domain) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Domain(Domain) is not { } domain)
        {
            return AdminNames.BadDomain(Domain);
        }

        var result = await context.Store.Settings.RemoveDomainAsync(domain);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"Mail for {domain} is no longer ours."),
            Refusal.NoSuchDomain => AdminReply.Refused($"{domain} is not one of our domains; martlet domain list shows them."),
            var refusal => AdminRunner.Refused(refusal, domain),
        };
    }
}
