using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>The domains that are ours, with their rules.</summary>
public sealed record ListDomains : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var state = context.Store.Directory.Current;
        return Task.FromResult(AdminReply.Done("") with { Domains = [.. state.Domains.Values.Select(domain => DomainSummary.Of(domain, state))] });
    }
}

/// <summary>A domain in a list.</summary>
/// <param name="Name">Lower case A-labels.</param>
/// <param name="State">How far it is served.</param>
/// <param name="Separators">Characters that stand before a detail; empty for none.</param>
/// <param name="IsCaseSensitive">Whether Ada@ and ada@ are told apart.</param>
/// <param name="Description">The administrator's note.</param>
/// <param name="Addresses">Addresses of accounts in it.</param>
/// <param name="Aliases">Aliases in it.</param>
/// <param name="CatchAll">Address that gets what nobody has; null for none.</param>
public sealed record DomainSummary(
    string Name, DomainState State, string Separators, bool IsCaseSensitive, string Description, int Addresses, int Aliases, string? CatchAll = null)
{
    internal static DomainSummary Of(DomainEntry domain, DirectoryState state)
    {
        var end = "@" + domain.Name;
        return new DomainSummary(
            domain.Name, domain.State, domain.Separators, domain.IsCaseSensitive, domain.Description,
            state.Addresses.Keys.Count(address => address.EndsWith(end, StringComparison.Ordinal)), state.Aliases.Keys.Count(address => address.EndsWith(end, StringComparison.Ordinal)), domain.CatchAll);
    }
}
