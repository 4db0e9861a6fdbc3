namespace Martlet.Server.Admin;

/// <summary>All accounts with what they hold. Loads each account, about a millisecond one.</summary>
public sealed record ListAccounts : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var accounts = new List<AccountSummary>();
        foreach (var entry in context.Store.Directory.Current.Accounts.Values.OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            if (context.Store.OpenAccount(entry.Id) is { } account)
            {
                accounts.Add(new AccountSummary(entry.Name, account.Row.Messages, account.Row.Bytes, entry.Access.PasswordHash is not null));
            }
        }

        return Task.FromResult(AdminReply.Done("") with { Accounts = accounts });
    }
}
