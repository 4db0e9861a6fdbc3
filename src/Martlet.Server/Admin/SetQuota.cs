using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Sets the limits of an account. Mail that is over a new limit stays; no more comes in until there is room.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Bytes">Limit for the bytes of all messages; 0 is none, null leaves it.</param>
/// <param name="Messages">Limit for their number; 0 is none, null leaves it.</param>
public sealed record SetQuota(string Address, long? Bytes = null, long? Messages = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (Bytes < 0 || Messages < 0)
        {
            return AdminReply.Refused("A limit is a number above 0, or none.");
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var result = await context.Store.SetQuotaAsync(account.Id, Bytes, Messages);
        return result.Refusal == Refusal.None ? AdminReply.Done($"The limits of {account.Name} are changed.") : AdminRunner.Refused(result.Refusal, address);
    }
}
