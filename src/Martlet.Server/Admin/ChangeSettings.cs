using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Changes what holds for the whole server; what is null stays as it is.</summary>
public sealed record ChangeSettings : AdminRequest
{
    /// <summary>Bytes that an account without a limit of its own may hold; 0 is no limit.</summary>
    public long? QuotaBytes { get; init; }

    /// <summary>Messages that an account without a limit of its own may hold; 0 is no limit.</summary>
    public long? QuotaMessages { get; init; }

    /// <summary>Address of an account or alias that gets what goes to postmaster and abuse of every domain that has neither; <c>none</c> for none.</summary>
    public string? Postmaster { get; init; }

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (QuotaBytes < 0 || QuotaMessages < 0)
        {
            return AdminReply.Refused("A limit is a number above 0, or none.");
        }

        if (AdminNames.Target(Postmaster, context, out var target) is { } problem)
        {
            return problem;
        }

        var result = await context.Store.Settings.ChangeSettingsAsync(settings => settings with
        {
            QuotaBytes = QuotaBytes ?? settings.QuotaBytes,
            QuotaMessages = QuotaMessages ?? settings.QuotaMessages,
            Postmaster = Postmaster is null ? settings.Postmaster : target,
        });
        return result.Refusal == Refusal.None ? AdminReply.Done("The settings are changed.") : AdminRunner.Refused(result.Refusal, target ?? "the server");
    }
}
