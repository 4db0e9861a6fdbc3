namespace Martlet.Server.Admin;

/// <summary>The domains that are ours.</summary>
public sealed record ListDomains : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var domains = context.Store.Directory.Current.Domains;
        return Task.FromResult(AdminReply.Done("") with { Domains = [.. domains] });
    }
}
