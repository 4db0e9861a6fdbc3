using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>The history of an account's logins, the newest first. What happened in the last seconds may not be in it yet.</summary>
/// <param name="Limit">Entries at most, from 1 to <see cref="LimitMax"/>.</param>
/// <param name="Address">An address of the account; null for attempts that named no account.</param>
public sealed record ListLogins(int Limit, string? Address = null) : AdminRequest
{
    /// <summary>Most entries of one request.</summary>
    public const int LimitMax = 10_000;

    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (Limit is < 1 or > LimitMax)
        {
            return AdminReply.Refused($"The limit is a number from 1 to {LimitMax}.");
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
}
