using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Hides IMAP capabilities from the clients of an account, or shows them again: for a client that announces what it cannot do, as one that enables UIDONLY and then
/// uses sequence numbers.
/// </summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Hide">Names to hide.</param>
/// <param name="Show">Names not to hide any more.</param>
public sealed record SetCapabilities(string Address, IReadOnlyList<string> Hide, IReadOnlyList<string> Show) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        var hide = new List<string>(Hide.Count);
        foreach (var name in Hide)
        {
            // As it is announced, whatever the case it was typed in.
            if (context.HideableCapabilities.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } known)
            {
                return AdminReply.Refused($"'{name}' is not a capability that can be hidden. Those are: {string.Join(' ', context.HideableCapabilities)}");
            }

            hide.Add(known);
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        // Shown again is also what this version does not know any more.
        var result = await context.Store.HideCapabilitiesAsync(account.Id, hide, Show);
        return result.Refusal == Refusal.None
            ? AdminReply.Done($"The capabilities for {account.Name} are changed; clients learn of it at their next login.")
            : AdminRunner.Refused(result.Refusal, address);
    }
}
