using Martlet.Protocols.Smtp;
using Martlet.Server.Delivery;

namespace Martlet.Server.Admin;

/// <summary>Explains where mail for an address would go, step by step, by the very code that decides it for mail.</summary>
/// <param name="Address">Any address.</param>
public sealed record LookupAddress(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (!EmailAddress.TryParse(Address, out var address))
        {
            return AdminNames.BadAddress(Address);
        }

        var steps = new List<string>();
        var found = new AddressResolver(context.Store.Directory, context.Hostname).Resolve(address, steps);
        var accounts = new List<string>();
        foreach (var id in found.Accounts)
        {
            if (context.Store.OpenAccount(id) is { } account)
            {
                accounts.Add(account.Name);
                steps.Add(Describe(context, account));
            }
        }

        return AdminReply.Done("") with { Lookup = new LookupResult(address.ToString(), found.Kind.ToString(), accounts, steps, found.Alias) };
    }

    private static string Describe(AdminContext context, Store.Account account)
    {
        var limits = context.Store.QuotaOf(account);
        return limits.IsFull(account.Row) ? $"The account {account.Name} is full: its mail is put off (452 4.2.2) until there is room."
            : account.Row.Access.IsDisabled ? $"It would arrive in INBOX of {account.Name}, where logins are refused for now."
            : $"It would arrive in INBOX of {account.Name}.";
    }
}

/// <summary>Where mail for an address would go.</summary>
/// <param name="Address">As it is written in envelopes.</param>
/// <param name="Kind">How it was found: Address, Detail, Reserved, CatchAll; or NotOurs, NoSuchMailbox.</param>
/// <param name="Accounts">Names of the accounts that get it.</param>
/// <param name="Steps">How it was found, in sentences.</param>
/// <param name="Alias">Alias through which; null for none.</param>
public sealed record LookupResult(string Address, string Kind, IReadOnlyList<string> Accounts, IReadOnlyList<string> Steps, string? Alias = null);
