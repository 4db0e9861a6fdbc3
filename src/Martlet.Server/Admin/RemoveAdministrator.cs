using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Takes an administrator away, with sessions and tokens. The last one stays unless it is said: nobody could sign in on the pages any more.</summary>
/// <param name="Name">Name.</param>
public sealed record RemoveAdministrator(string Name) : AdminRequest
{
    /// <summary>Whether the last one goes too.</summary>
    public bool EvenLast { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var name = Name.ToLowerInvariant();
        var result = await context.Store.Settings.RemoveAdministratorAsync(name, keepsLast: !EvenLast);
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"{name} is no administrator any more."),
            Refusal.InUse => AdminReply.Refused($"{name} is the last administrator: nobody could sign in on these pages any more. Make another one first; martlet admin rm takes away the last one too."),
            var refusal => AdminRunner.Refused(refusal, name),
        };
    }
}
