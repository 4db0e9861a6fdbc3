using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Signs browsers of an administrator out.</summary>
/// <param name="Name">Name.</param>
/// <param name="Except">A session that stays; null for none.</param>
public sealed record EndAdministratorSessions(string Name, string? Except = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var name = Name.ToLowerInvariant();
        if (!context.Store.Directory.Current.Administrators.ContainsKey(name))
        {
            return AdminRunner.Refused(Refusal.NoSuchAdministrator, name);
        }

        await context.Store.Settings.RemoveSessionsAsync(session => session.Administrator == name && session.Id != Except);
        return AdminReply.Done(Except is null ? $"{name} is signed out everywhere." : $"All other browsers of {name} are signed out.");
    }
}
