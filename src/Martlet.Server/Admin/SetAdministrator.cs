using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes somebody an administrator, or sets another password, which ends that one's sessions on the pages.</summary>
/// <param name="Name">What is typed to sign in.</param>
/// <param name="Password">Password.</param>
public sealed record SetAdministrator(string Name, string Password) : AdminRequest
{
    /// <summary>Whether it is refused when that one is there.</summary>
    public bool MustBeNew { get; init; }

    /// <summary>Whether it is refused when that one is not there.</summary>
    public bool MustExist { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var name = Name.ToLowerInvariant();
        if (AdminNames.PasswordProblem(Password) is { } problem)
        {
            return problem;
        }

        var isThere = context.Store.Directory.Current.Administrators.ContainsKey(name);
        if (isThere ? MustBeNew : MustExist)
        {
            return AdminRunner.Refused(isThere ? Refusal.AlreadyExists : Refusal.NoSuchAdministrator, name);
        }

        if (await context.Passwords.EncodeAsync(Password, cancel) is not { } encoded)
        {
            return AdminNames.BadPassword;
        }

        var result = await context.Store.Settings.SetAdministratorAsync(name, encoded.Hash, MustBeNew);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done(isThere ? $"The password of the administrator {name} is changed." : $"{name} is an administrator now."),
            Refusal.BadName => AdminReply.Refused("An administrator's name is 1 to 64 letters, digits and signs of -_.@"),
            var refusal => AdminRunner.Refused(refusal, name),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"SetAdministrator {Name}";
}
