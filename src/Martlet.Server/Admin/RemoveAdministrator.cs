using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Takes an administrator away, with sessions and tokens.</summary>
/// <param name="Name">Name.</param>
public sealed record RemoveAdministrator(string Name) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var name = Name.ToLowerInvariant();
        var result = await context.Store.Settings.RemoveAdministratorAsync(name);
        return result.Refusal == Refusal.None ? AdminReply.Done($"{name} is no administrator any more.") : AdminRunner.Refused(result.Refusal, name);
    }
}
