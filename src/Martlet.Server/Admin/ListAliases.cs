namespace Martlet.Server.Admin;

/// <summary>All aliases.</summary>
public sealed record ListAliases : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(AdminReply.Done("") with
    {
        Aliases = [.. context.Store.Directory.Current.Aliases.Values.Select(alias => new AliasSummary(alias.Address, alias.Members, alias.Description))],
    });
}

/// <summary>An alias in a list.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Members">Addresses of accounts that get its mail.</param>
/// <param name="Description">The administrator's note.</param>
public sealed record AliasSummary(string Address, IReadOnlyList<string> Members, string Description);
