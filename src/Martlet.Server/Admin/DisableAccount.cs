using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Refuses all logins to an account and ends its sessions. Its mail stays, and more comes in.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Text">What whoever proves to be its owner is told; empty for a sentence that says no more than that.</param>
public sealed record DisableAccount(string Address, string Text = "") : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (AdminNames.DisabledTextProblem(Text) is { } problem)
        {
            return problem;
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var result = await context.Store.SetDisabledAsync(account.Id, Text);
        return result.Refusal == Refusal.None
            ? AdminReply.Done($"Nobody logs in to {account.Name} any more; its sessions have ended, and mail still comes in.")
            : AdminRunner.Refused(result.Refusal, address);
    }
}
