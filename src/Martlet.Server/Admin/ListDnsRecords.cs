using System.Net;
using Martlet.Server.Autoconfig;
using Martlet.Server.Setup;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>The DNS records that a domain needs, with the reason for each.</summary>
/// <param name="Domain">One of our domains.</param>
/// <param name="Addresses">The server's public addresses; null or empty for those that the machine has.</param>
public sealed record ListDnsRecords(string Domain, IReadOnlyList<string>? Addresses = null) : AdminRequest
{
    private const int AddressesMax = 16;

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (AdminNames.Domain(Domain) is not { } domain)
        {
            return AdminNames.BadDomain(Domain);
        }

        if (!context.Store.Directory.HasDomain(domain))
        {
            return AdminRunner.Refused(Refusal.NoSuchDomain, domain);
        }

        if (!context.Config.Hostname.Contains('.', StringComparison.Ordinal))
        {
            return AdminReply.Refused($"The server's name is {context.Config.Hostname}, which nobody else can find; name its configuration with --config FILE.");
        }

        var addresses = new List<IPAddress>();
        foreach (var text in Addresses ?? [])
        {
            if (!IPAddress.TryParse(text, out var address) || addresses.Count == AddressesMax)
            {
                return AdminReply.Refused($"'{text}' is not an IP address, or one too many: there are up to {AddressesMax}.");
            }

            addresses.Add(address);
        }

        return AdminReply.Done("") with
        {
            DnsRecords = DnsRecords.For(domain, ClientSettings.Of(context.Config), addresses.Count > 0 ? addresses : HostAddresses.Find(context.Config)),
        };
    }
}
