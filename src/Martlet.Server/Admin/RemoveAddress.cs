using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Takes an address from its account; the one that is the account's name stays.</summary>
/// <param name="Address">The address.</param>
public sealed record RemoveAddress(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        var keys = context.Store.Directory.Current.Keys.Values.Count(key => key.Address == address);
        var result = await context.Store.RemoveAddressAsync(address);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"Nobody has the address {address} any more." + (keys == 0 ? "" : " The keys that logged in with it are gone too.")),
            Refusal.NoSuchAccount => AdminReply.Refused($"Nobody has the address {address}; martlet address list shows those there are."),
            Refusal.InUse when context.Store.Directory.FindAddress(address)?.Name == address =>
                AdminReply.Refused($"{address} is the name of its account and stays as long as the account."),
            Refusal.InUse => AdminReply.Refused($"An alias, a catch-all or the postmaster sends mail to {address}; change that first. martlet config export shows which."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }
}
