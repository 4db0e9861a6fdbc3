using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Signs browsers out of the pages of an account.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Id">The session to end; null for all.</param>
/// <param name="Except">A session that stays; null for none.</param>
public sealed record EndWebSessions(string Address, string? Id = null, string? Except = null) : AdminRequest
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

        bool IsMeant(WebSession session) => session.Account == account.Id && (Id is null || session.Id == Id) && session.Id != Except;
        if (Id is not null && !context.Store.Directory.Current.Sessions.Values.Any(IsMeant))
        {
            return AdminReply.Refused("There is no such session any more.");
        }

        await context.Store.Settings.RemoveSessionsAsync(IsMeant);
        return AdminReply.Done(Id is null ? $"Browsers are signed out of {account.Name}." : "The session is ended.");
    }
}
