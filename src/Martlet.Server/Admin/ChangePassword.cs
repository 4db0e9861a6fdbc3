using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Changes the password of an account for its owner, who has to know the one there is.</summary>
/// <param name="Address">An address of the account.</param>
/// <param name="Current">Its password now.</param>
/// <param name="Password">The new one.</param>
public sealed record ChangePassword(string Address, string Current, string Password) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        // Before the current one is checked: a new one that is not taken must not cost a try.
        if (AdminNames.PasswordProblem(Password) is { } problem)
        {
            return problem;
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        return await ConfirmPassword.ProblemAsync(context, account, Current, cancel) ?? await new SetPassword(address, Password).RunAsync(context, cancel);
    }

    /// <inheritdoc/>
    public override string ToString() => $"ChangePassword {Address}";
}
