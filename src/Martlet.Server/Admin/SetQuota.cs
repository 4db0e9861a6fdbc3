using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Sets the limits of an account. Mail that is over a new limit stays; no more comes in until there is room.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Bytes">Limit for the bytes of all messages; 0 is the server's default, -1 none, null leaves it.</param>
/// <param name="Messages">Limit for their number; the same.</param>
public sealed record SetQuota(string Address, long? Bytes = null, long? Messages = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (Bytes < QuotaLimits.None || Messages < QuotaLimits.None)
        {
            return AdminReply.Refused("A limit is a number above 0, none, or the default.");
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var result = await context.Store.SetQuotaAsync(account.Id, Bytes, Messages);
        return result.Refusal == Refusal.None ? AdminReply.Done($"The limits of {account.Name} are changed.") : AdminRunner.Refused(result.Refusal, address);
    }
}
