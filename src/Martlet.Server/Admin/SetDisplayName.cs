using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Sets the name of the person whose account it is.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Name">The name; empty for none.</param>
public sealed record SetDisplayName(string Address, string Name) : AdminRequest
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

        var result = await context.Store.Settings.SetDisplayNameAsync(account.Id, Name);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done(Name.Length == 0 ? $"{account.Name} has no name any more." : $"{account.Name} is {Name}."),
            Refusal.BadName => AdminReply.Refused($"A name is one line of at most {context.Store.Limits.DisplayNameCharsMax} characters."),
            var refusal => AdminRunner.Refused(refusal, address),
        };
    }
}
