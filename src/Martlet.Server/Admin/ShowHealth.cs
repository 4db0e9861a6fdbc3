namespace Martlet.Server.Admin;

/// <summary>Looks how the running server is.</summary>
public sealed record ShowHealth : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (context.Health is not { } health)
        {
            return AdminReply.Refused("No server is running on this data folder.");
        }

        var report = await health.CheckAsync(cancel);
        return (report.IsServing ? AdminReply.Done("") : AdminReply.Refused("")) with { Health = report };
    }
}
