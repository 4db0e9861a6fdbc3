using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Sets the password of an account.</summary>
public sealed record SetPassword(string Address, string Password) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (AdminNames.Address(Address, context) is not { } address)
        {
            return AdminNames.BadAddress(Address);
        }

        if (AdminNames.PasswordProblem(Password) is { } problem)
        {
            return problem;
        }

        if (context.Store.Directory.FindAddress(address) is not { } account)
        {
            return AdminRunner.Refused(Refusal.NoSuchAccount, address);
        }

        if (await context.Passwords.EncodeAsync(Password, cancel) is not { } encoded)
        {
            return AdminNames.BadPassword;
        }

        var result = await context.Store.SetPasswordAsync(account.Id, encoded.Hash, encoded.Secrets);
        return result.Refusal == Refusal.None
            ? AdminReply.Done($"The password of {account.Name} is changed; sessions that used the old one have ended.")
            : AdminRunner.Refused(result.Refusal, address);
    }

    /// <inheritdoc/>
    public override string ToString() => $"SetPassword {Address}";
}
