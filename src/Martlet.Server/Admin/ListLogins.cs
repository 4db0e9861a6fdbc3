using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>The history of an account's logins, the newest first. What happened in the last seconds may not be in it yet.</summary>
/// <param name="Limit">Entries at most, from 1 to <see cref="LimitMax"/>.</param>
/// <param name="Address">An address of the account; null for attempts that named no account, those of administrators among them.</param>
public sealed record ListLogins(int Limit, string? Address = null) : AdminRequest
{
    /// <summary>Most entries of one request.</summary>
    public const int LimitMax = 10_000;

    /// <summary>Whether those of all accounts and of none are given together; there is no address then. Reads the history of each account.</summary>
    public bool IsOfAll { get; init; }

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (Limit is < 1 or > LimitMax)
        {
            return AdminReply.Refused($"The limit is a number from 1 to {LimitMax}.");
        }

        if (IsOfAll)
        {
            return Address is null ? AdminReply.Done("") with { Logins = ReadAll(context) } : AdminReply.Refused("Either an address is given or the logins of all are wanted.");
        }

        var account = LoginEntry.Nobody;
        if (Address is not null)
        {
            if (AdminNames.Address(Address, context) is not { } address)
            {
                return AdminNames.BadAddress(Address);
            }

            if (context.Store.Directory.FindAddress(address) is not { } entry)
            {
                return AdminRunner.Refused(Refusal.NoSuchAccount, address);
            }

            account = entry.Id;
        }

        return AdminReply.Done("") with { Logins = [.. context.Store.Logins.Read(account, Limit).Select(LoginSummary.Of)] };
    }

    private List<LoginSummary> ReadAll(AdminContext context)
    {
        var newest = new List<LoginEntry>();
        foreach (var account in context.Store.Directory.Current.Accounts.Keys.Prepend(LoginEntry.Nobody))
        {
            newest.AddRange(context.Store.Logins.Read(account, Limit));
            if (newest.Count > 2 * LimitMax)
            {
                newest = Newest(newest);
            }
        }

        return [.. Newest(newest).Select(LoginSummary.Of)];
    }

    private List<LoginEntry> Newest(List<LoginEntry> logins) => [.. logins.OrderByDescending(login => login.Last).Take(Limit)];
}
