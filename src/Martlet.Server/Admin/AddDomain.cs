using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes mail for a domain ours.</summary>
/// <param name="Domain">Domain name.</param>
/// <param name="State">How far it is served from now on.</param>
public sealed record AddDomain(string Domain, DomainState State = DomainState.Live) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Domain(Domain) is not { } domain)
        {
            return AdminNames.BadDomain(Domain);
        }

        var result = await context.Store.Settings.AddDomainAsync(new DomainEntry { Name = domain, State = State });
        return result.Refusal != Refusal.None ? AdminRunner.Refused(result.Refusal, domain)
            : AdminReply.Done(State == DomainState.Draft ? $"{domain} is noted as a draft; mail for it is refused until it is set to receive or live." : $"Mail for {domain} is ours now.");
    }
}
