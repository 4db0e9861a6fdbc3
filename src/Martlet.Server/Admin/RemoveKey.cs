using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Takes a key away: it logs in no more, and sessions that it opened end.</summary>
/// <param name="Fingerprint">SHA-256 of the public key as base64url.</param>
/// <param name="Account">An address of the account whose key it has to be; null for a key of anybody.</param>
public sealed record RemoveKey(string Fingerprint, string? Account = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (!AdminNames.IsKeyOf(context, Fingerprint, Account))
        {
            return AdminRunner.Refused(Refusal.NoSuchKey, Fingerprint);
        }

        var result = await context.Store.RemoveKeyAsync(Fingerprint);
        return result.IsDone
            ? AdminReply.Done($"The key '{result.Value.Name}' of {result.Value.Address} logs in no more; sessions that it opened have ended.")
            : AdminRunner.Refused(result.Refusal, Fingerprint);
    }
}
