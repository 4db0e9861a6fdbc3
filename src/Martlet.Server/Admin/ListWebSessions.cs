using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Browsers that are signed in to the pages of an account, the newest first.</summary>
/// <param name="Address">An address of the account.</param>
public sealed record ListWebSessions(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var now = context.Time.GetUtcNow().ToUnixTimeSeconds();
        return AdminReply.Done("") with
        {
            WebSessions =
            [
                .. context.Store.Directory.Current.Sessions.Values
                    .Where(session => session.Account == account.Id && session.Expires > now && session.PasswordNumber == account.Access.PasswordNumber)
                    .OrderByDescending(session => session.Created).ThenBy(session => session.Id, StringComparer.Ordinal).Select(WebSessionSummary.Of),
            ],
        };
    }
}

/// <summary>A browser that is signed in.</summary>
/// <param name="Id">Names the session; signs nobody in.</param>
/// <param name="Address">Address it was done with.</param>
/// <param name="Remote">The peer's address then.</param>
/// <param name="Client">What the browser says it is; may be empty.</param>
/// <param name="Created">When, UTC.</param>
/// <param name="Expires">When it ends in any case; without use it ends earlier.</param>
public sealed record WebSessionSummary(string Id, string Address, string Remote, string Client, DateTimeOffset Created, DateTimeOffset Expires)
{
    internal static WebSessionSummary Of(WebSession session) => new(
        session.Id, session.Address, session.Remote, session.Client, DateTimeOffset.FromUnixTimeSeconds(session.Created), DateTimeOffset.FromUnixTimeSeconds(session.Expires));
}
