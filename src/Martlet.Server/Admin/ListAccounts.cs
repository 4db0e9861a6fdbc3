using Martlet.Store.Directory;

namespace Martlet.Server.Admin;

/// <summary>Accounts with what they hold, by name. Loads each account it gives, about a millisecond one; by fullness, all that are found.</summary>
public sealed record ListAccounts : AdminRequest
{
    /// <summary>Words that an address or the name of the person has in it; null for all accounts.</summary>
    public string? Search { get; init; }

    /// <summary>The list begins after this account; null for the beginning.</summary>
    public string? After { get; init; }

    /// <summary>Accounts at most, from 1 to 10,000; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether the fullest come first, those without a limit by size behind them.</summary>
    public bool IsByFullness { get; init; }

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context, cancel));

    private AdminReply Run(AdminContext context, CancellationToken cancel)
    {
        if (ListPart.Problem(Limit) is { } problem)
        {
            return problem;
        }

        if (IsByFullness && After is not null)
        {
            return AdminReply.Refused("A list by fullness has no next part; give a higher limit.");
        }

        var state = context.Store.Directory.Current;
        var found = Find(state).OrderBy(entry => entry.Name, StringComparer.Ordinal);
        string? next = null;
        IEnumerable<AccountEntry> part = IsByFullness ? found : ListPart.Take(found, entry => entry.Name, After, Limit, out next);
        var accounts = new List<AccountSummary>();
        foreach (var entry in part)
        {
            cancel.ThrowIfCancellationRequested();
            if (context.Store.OpenAccount(entry.Id) is { Row: var row })
            {
                accounts.Add(AccountSummary.Of(entry, row, state.Settings));
            }
        }

        if (IsByFullness)
        {
            accounts = [.. accounts.OrderByDescending(account => account.Share).ThenByDescending(account => account.Bytes).Take(Limit ?? int.MaxValue)];
        }

        return AdminReply.Done("") with { Accounts = accounts, Next = next };
    }

    private IEnumerable<AccountEntry> Find(DirectoryState state)
    {
        if (string.IsNullOrEmpty(Search))
        {
            return state.Accounts.Values;
        }

        var byAddress = state.Addresses.Where(entry => ListPart.IsFound(Search, entry.Key)).Select(entry => entry.Value).ToHashSet();
        return state.Accounts.Values.Where(entry => byAddress.Contains(entry.Id) || ListPart.IsFound(Search, entry.DisplayName));
    }
}
