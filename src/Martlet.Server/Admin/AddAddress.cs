using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Gives an account one more address: mail to it arrives there, and it is one more name to log in with.</summary>
/// <param name="Account">An address of the account.</param>
/// <param name="Address">The new one, in one of our domains.</param>
public sealed record AddAddress(string Account, string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Account, context) is not { } name)
        {
            return AdminNames.BadAddress(Account);
        }

        // Valid in a localpart (RFC 5321 §4.1.2), and never meant: whoever writes it wants all addresses of a domain, or of a pattern.
        if (Address.StartsWith('@') || Address.AsSpan().ContainsAny('*', '%'))
        {
            return AdminReply.Refused($"'{Address}' looks like a pattern; an address is one name, as in ada@example.org, and there is no address for all.");
        }

        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (context.Store.Directory.FindAddress(name) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, name);
        }

        var result = await context.Store.AddAddressAsync(account.Id, address);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"{address} is an address of {account.Name} now."),
            Refusal.NoSuchAccount => AdminRunner.Refused(Refusal.NoSuchAccount, name),
            Refusal.LimitReached => AdminReply.Refused($"{account.Name} has {context.Store.Limits.AddressesPerAccountMax} addresses; no account has more."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }
}
