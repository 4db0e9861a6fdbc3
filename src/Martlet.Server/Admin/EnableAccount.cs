using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Allows logins to an account again.</summary>
/// <param name="Address">An address of the account.</param>
public sealed record EnableAccount(string Address) : AdminRequest
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

        var result = await context.Store.SetDisabledAsync(account.Id, text: null);
        return result.Refusal == Refusal.None ? AdminReply.Done($"{account.Name} may log in.") : AdminRunner.Refused(result.Refusal, address);
    }
}
