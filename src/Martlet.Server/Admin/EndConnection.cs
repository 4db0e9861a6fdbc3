using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Ends a connection of a mail program. The program may log in again, unless its password or key is another matter by then.</summary>
/// <param name="Address">An address of the account that is logged in there.</param>
/// <param name="Cid">Name of the connection.</param>
public sealed record EndConnection(string Address, string Cid) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(
        AdminNames.Address(Address, context) is not { } address ? AdminNames.BadAddress(Address)
        : context.Store.Directory.FindAddress(address) is not { } account ? AdminRunner.Refused(Refusal.NoSuchAccount, address)
        : context.Logins?.Open.End(account.Id, Cid) == true ? AdminReply.Done($"The connection {Cid} is asked to end.")
        : AdminReply.Refused("There is no such connection any more."));
}
