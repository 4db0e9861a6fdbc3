namespace Martlet.Server.Admin;

/// <summary>Addresses and whose they are, sorted.</summary>
/// <param name="Account">An address of the account whose addresses are wanted; null for those of all.</param>
public sealed record ListAddresses(string? Account = null) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (AdminNames.OnlyOf(Account, context, out var account) is { } problem)
        {
            return problem;
        }

        var state = context.Store.Directory.Current;
        return AdminReply.Done("") with
        {
            Addresses =
            [
                .. state.Addresses.Where(entry => account is null || entry.Value == account.Id).OrderBy(entry => entry.Key, StringComparer.Ordinal)
                    .Select(entry => new AddressSummary(entry.Key, state.Accounts[entry.Value].Name)),
            ],
        };
    }
}
