namespace Martlet.Server.Admin;

/// <summary>Takes a key away: it logs in no more, and sessions that it opened end.</summary>
/// <param name="Fingerprint">SHA-256 of the public key as base64url.</param>
public sealed record RemoveKey(string Fingerprint) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var result = await context.Store.RemoveKeyAsync(Fingerprint);
        return result.IsDone
            ? AdminReply.Done($"The key '{result.Value.Name}' of {result.Value.Address} logs in no more; sessions that it opened have ended.")
            : AdminRunner.Refused(result.Refusal, Fingerprint);
    }
}
