using Martlet.Server.Accounts;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>
/// Checks the password of an account once more, before its owner changes something that lets others in: whoever finds a browser open must not get further than it. Wrong
/// ones count and slow down like those of logins.
/// </summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Password">Its password now.</param>
public sealed record ConfirmPassword(string Address, string Password) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) =>
        AdminNames.Address(Address, context) is not { } address ? AdminNames.BadAddress(Address)
        : context.Store.Directory.FindAddress(address) is not { } account ? AdminRunner.Refused(Refusal.NoSuchAccount, address)
        : await ProblemAsync(context, account, Password, cancel) ?? AdminReply.Done("The password is right.");

    /// <summary>Why a password is not the account's, or null.</summary>
    internal static async Task<AdminReply?> ProblemAsync(AdminContext context, AccountEntry account, string password, CancellationToken cancel)
    {
        if (context is not { Logins: { } logins, Client: { } client })
        {
            return await context.Passwords.Hasher.VerifyAsync(password, account.Access.PasswordHash, cancel) == true ? null : Wrong;
        }

        var result = await logins.LoginAsync(account.Name, password, client, "CONFIRM", cancel: cancel);
        return result.Refusal switch
        {
            LoginRefusal.None => null,
            LoginRefusal.Throttled or LoginRefusal.TooManyFailures => AdminReply.Refused("Too many wrong passwords. Nothing was checked; wait some minutes and try again."),
            _ => Wrong,
        };
    }

    private static readonly AdminReply Wrong = AdminReply.Refused("The current password is wrong.");

    /// <inheritdoc/>
    public override string ToString() => $"ConfirmPassword {Address}";
}
