using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes an account with a password.</summary>
public sealed record AddAccount(string Address, string Password) : AdminRequest
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

        // Looked at before the hash is made, which takes a while by design; the store looks again.
        if (context.Store.Directory.FindAddress(address) is not null)
        {
            return AdminRunner.Refused(Refusal.AlreadyExists, address);
        }

        if (await context.Passwords.EncodeAsync(Password, cancel) is not { } encoded)
        {
            return AdminNames.BadPassword;
        }

        var result = await context.Store.AddAccountAsync(address, encoded.Hash, encoded.Secrets);
        return result.Refusal == Refusal.None ? AdminReply.Done($"Account {address} is made.") : AdminRunner.Refused(result.Refusal, address);
    }

    /// <inheritdoc/>
    public override string ToString() => $"AddAccount {Address}";
}
