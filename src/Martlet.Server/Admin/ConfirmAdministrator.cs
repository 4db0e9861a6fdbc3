using Martlet.Server.Accounts;

namespace Martlet.Server.Admin;

/// <summary>
/// Checks the password of an administrator once more, before something is done that lets others in or shows secrets: whoever finds a browser open must not get further
/// than it. Wrong ones count like those of sign-ins.
/// </summary>
/// <param name="Name">Name.</param>
/// <param name="Password">Password now.</param>
public sealed record ConfirmAdministrator(string Name, string Password) : AdminRequest
{
    private const string Wrong = "Your password is wrong.";

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (context is not { Administrators: { } gate, Client: { } client })
        {
            var there = context.Store.Directory.Current.Administrators.GetValueOrDefault(Name.ToLowerInvariant());
            return await context.Passwords.Hasher.VerifyAsync(Password, there?.PasswordHash, cancel) == true ? AdminReply.Done("The password is right.") : AdminReply.Refused(Wrong);
        }

        var result = await gate.ByPasswordAsync(Name, Password, client, "CONFIRM", cancel);
        return result.Refusal switch
        {
            LoginRefusal.None => AdminReply.Done("The password is right."),
            LoginRefusal.Throttled or LoginRefusal.TooManyFailures => AdminReply.Refused("Too many wrong passwords. Nothing was checked; wait some minutes and try again."),
            _ => AdminReply.Refused(Wrong),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"ConfirmAdministrator {Name}";
}
