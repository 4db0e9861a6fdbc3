using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>What an account holds, what it may hold, who gets in, and what is hidden from its clients.</summary>
public sealed record ShowAccount(string Address) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(Run(context));

    private AdminReply Run(AdminContext context)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (context.Store.Directory.FindAddress(address) is not { } entry || context.Store.OpenAccount(entry.Id) is not { Row: var row })
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        var limits = QuotaLimits.Of(row, context.Store.Directory.Current.Settings);
        var addresses = context.Store.Directory.AddressesOf(entry.Id);
        return AdminReply.Done("") with
        {
            Account = new AccountDetails(
                entry.Name, row.Messages, row.Bytes, entry.Access.PasswordHash is not null, row.HiddenCapabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries),
                Limit(limits.Messages), Limit(limits.Bytes))
            {
                DisplayName = entry.DisplayName,
                IsDefaultMessagesMax = row.QuotaMessages == 0,
                IsDefaultBytesMax = row.QuotaBytes == 0,
                Addresses = addresses,
                Aliases = [.. context.Store.Directory.Current.Aliases.Values.Where(alias => alias.Members.Any(addresses.Contains)).Select(alias => alias.Address)],
                Keys = context.Store.Directory.KeysOf(entry.Id).Count,
                DisabledText = entry.Access.DisabledText,
            },
        };
    }

    private static long? Limit(long stored) => stored == 0 ? null : stored;
}
