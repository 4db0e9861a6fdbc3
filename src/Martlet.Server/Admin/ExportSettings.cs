using Martlet.Server.Settings;

namespace Martlet.Server.Admin;

/// <summary>Everything that is set up, as text that <see cref="ApplySettings"/> reads.</summary>
/// <param name="WithSecrets">Whether password hashes and secrets are in it.</param>
public sealed record ExportSettings(bool WithSecrets = false) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) =>
        Task.FromResult(AdminReply.Done("") with { ConfigText = SettingsWriter.Write(SettingsWriter.Take(context.Store, WithSecrets)) });
}
