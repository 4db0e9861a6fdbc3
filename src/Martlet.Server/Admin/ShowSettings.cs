namespace Martlet.Server.Admin;

/// <summary>What holds for the whole server.</summary>
public sealed record ShowSettings : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var settings = context.Store.Directory.Current.Settings;
        return Task.FromResult(AdminReply.Done("") with
        {
            Settings = new SettingsSummary(settings.LogLevels, Limit(settings.QuotaBytes), Limit(settings.QuotaMessages), settings.Postmaster),
        });
    }

    private static long? Limit(long stored) => stored == 0 ? null : stored;
}

/// <summary>What holds for the whole server.</summary>
/// <param name="LogLevels">Levels set while running; empty for those of the command line.</param>
/// <param name="QuotaBytes">Bytes that an account without a limit of its own may hold; null is no limit.</param>
/// <param name="QuotaMessages">Messages that an account without a limit of its own may hold; null is no limit.</param>
/// <param name="Postmaster">Gets what goes to postmaster and abuse of domains that have neither; null for none.</param>
public sealed record SettingsSummary(string LogLevels, long? QuotaBytes = null, long? QuotaMessages = null, string? Postmaster = null);
