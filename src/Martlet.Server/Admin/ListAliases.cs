namespace Martlet.Server.Admin;

/// <summary>Aliases, by address.</summary>
public sealed record ListAliases : AdminRequest
{
    /// <summary>Words that the address, a member or the note has in it; null for all aliases.</summary>
    public string? Search { get; init; }

    /// <summary>The list begins after this alias; null for the beginning.</summary>
    public string? After { get; init; }

    /// <summary>Aliases at most, from 1 to 10,000; null for all.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (ListPart.Problem(Limit) is { } problem)
        {
            return Task.FromResult(problem);
        }

        var found = context.Store.Directory.Current.Aliases.Values
            .Where(alias => ListPart.IsFound(Search, alias.Address, alias.Description) || alias.Members.Any(member => ListPart.IsFound(Search, member)))
            .OrderBy(alias => alias.Address, StringComparer.Ordinal);
        var part = ListPart.Take(found, alias => alias.Address, After, Limit, out var next);
        return Task.FromResult(AdminReply.Done("") with { Aliases = [.. part.Select(alias => new AliasSummary(alias.Address, alias.Members, alias.Description))], Next = next });
    }
}

/// <summary>An alias in a list.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Members">Addresses of accounts that get its mail.</param>
/// <param name="Description">The administrator's note.</param>
public sealed record AliasSummary(string Address, IReadOnlyList<string> Members, string Description);
