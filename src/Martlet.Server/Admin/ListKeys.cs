namespace Martlet.Server.Admin;

/// <summary>Keys that log in, by account and name.</summary>
/// <param name="Address">An address of the account whose keys are wanted; null for those of all.</param>
public sealed record ListKeys(string? Address = null) : AdminRequest
{
    /// <summary>Words that account, address, name or fingerprint has in it; null for all keys.</summary>
    public string? Search { get; init; }

    /// <summary>Keys at most, from 1 to 10,000; null for all.</summary>
    public int? Limit { get; init; }

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (ListPart.Problem(Limit) is { } wrong)
        {
            return wrong;
        }

        if (AdminNames.OnlyOf(Address, context, out var account) is { } problem)
        {
            return problem;
        }

        var directory = context.Store.Directory;
        var keys = account is null ? directory.Current.Keys.Values : directory.KeysOf(account.Id);
        return AdminReply.Done("") with
        {
            Keys =
            [
                .. keys.Select(key => KeySummary.Of(key, directory)).Where(key => ListPart.IsFound(Search, key.Account, key.Address, key.Name, key.Fingerprint)).OrderBy(key => key.Account, StringComparer.Ordinal)
                    .ThenBy(key => key.Name, StringComparer.Ordinal).ThenBy(key => key.Fingerprint, StringComparer.Ordinal)
                    .Take(Limit ?? int.MaxValue),
            ],
        };
    }
}
