using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>One key, whoever has it.</summary>
/// <param name="Fingerprint">SHA-256 of the public key as base64url.</param>
public sealed record GetKey(string Fingerprint) : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var directory = context.Store.Directory;
        return Task.FromResult(directory.FindKey(Fingerprint) is { } key
            ? AdminReply.Done("") with { Keys = [KeySummary.Of(key, directory)] }
            : AdminRunner.Refused(Refusal.NoSuchKey, Fingerprint));
    }
}
