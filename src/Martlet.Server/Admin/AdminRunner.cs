using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Carries out requests for every way in (command line, pages, HTTP API) and turns failures of the world into replies.</summary>
public static class AdminRunner
{
    /// <summary>Carries out a request.</summary>
    public static async Task<AdminReply> RunAsync(AdminRequest request, AdminContext context, CancellationToken cancel)
    {
        try
        {
            var reply = await request.RunAsync(context, cancel);
            if (reply.Status == AdminStatus.Done)
            {
                // Whatever was changed: who may not be logged in any more is not left to the next command that the client may never send.
                context.Logins?.Open.EndThoseNotHeld(context.Store.Directory);
            }

            return reply;
        }
        catch (StoreException e)
        {
            return AdminReply.Failed(e.Failure switch
            {
                StoreFailure.DiskFull => "The disk is full; nothing was changed. Make room and run it again.",
                StoreFailure.Stopping => "The server is stopping; run it again when it is done.",
                _ => $"The store failed: {e.Message}",
            });
        }
    }

    /// <summary>The sentence for a refusal of the store.</summary>
    internal static AdminReply Refused(Refusal refusal, string what) => AdminReply.Refused(refusal switch
    {
        Refusal.NoSuchAccount => $"There is no account {what}; martlet account list shows those there are.",
        Refusal.NoSuchDomain => $"{what[(what.LastIndexOf('@') + 1)..]} is not one of our domains; add it first: martlet domain add {what[(what.LastIndexOf('@') + 1)..]}",
        Refusal.AlreadyExists => $"{what} exists already.",
        Refusal.InUse => $"{what} is still in use: addresses are in it, or an alias, a catch-all or the postmaster sends mail to it; change those first.",
        Refusal.NoSuchAddress => $"No account or alias has the address {what}; martlet address list and martlet alias list show those there are.",
        Refusal.NoSuchAdministrator => $"There is no administrator {what}; martlet admin list shows those there are.",
        Refusal.BadName => $"'{what}' cannot be the name of a mailbox.",
        Refusal.OverQuota => $"{what} is over its quota.",
        Refusal.NoSuchKey => $"Nobody has the key {what}; martlet config tlspubkey list shows those there are.",
        Refusal.LimitReached => $"{what} has reached a limit.",
        _ => $"{what}: refused ({refusal}).",
    });
}
