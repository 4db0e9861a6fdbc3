using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Removes an account with all its mail.</summary>
public sealed record RemoveAccount(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var result = await context.Store.RemoveAccountAsync(account.Id, AdminContext.Origin);
        return result.Refusal == Refusal.None ? AdminReply.Done($"Account {account.Name} and its mail are gone.") : AdminRunner.Refused(result.Refusal, address);
    }
}
