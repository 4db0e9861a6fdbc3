using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Sets what holds for the whole server. NoSuchAddress for a postmaster that is not there; BadName for a limit below 0 or a text that is too long.</summary>
/// <param name="Change">Gives the new settings; runs on the writer thread.</param>
public sealed record SetServerSettings(Func<ServerSettings, ServerSettings> Change) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        var settings = Change(state.Settings);
        if (settings.QuotaBytes < 0 || settings.QuotaMessages < 0 || !context.Limits.IsDescription(settings.LogLevels))
        {
            return Refusal.BadName;
        }

        if (settings.Postmaster is { } postmaster && !state.IsTarget(postmaster))
        {
            return Refusal.NoSuchAddress;
        }

        if (settings != state.Settings)
        {
            context.Directory.Update(state with { Settings = settings });
            context.Batch.ServerSettings = settings;
        }

        return Refusal.None;
    }
}
