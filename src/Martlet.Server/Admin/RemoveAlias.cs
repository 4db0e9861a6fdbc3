using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Ends an alias.</summary>
/// <param name="Address">Its address.</param>
public sealed record RemoveAlias(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        var result = await context.Store.Settings.RemoveAliasAsync(address);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"The alias {address} is gone."),
            Refusal.NoSuchAddress => AdminReply.Refused($"There is no alias {address}; martlet alias list shows those there are."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }
}
