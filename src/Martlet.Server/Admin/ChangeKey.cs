using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Changes what a key is called, and whether IMAP connections with it begin logged in.</summary>
/// <param name="Fingerprint">SHA-256 of the public key as base64url.</param>
/// <param name="Name">What its owner calls it; null leaves it.</param>
/// <param name="MayPreauth">Whether IMAP connections with it begin logged in; null leaves it.</param>
/// <param name="Account">An address of the account whose key it has to be; null for a key of anybody.</param>
public sealed record ChangeKey(string Fingerprint, string? Name = null, bool? MayPreauth = null, string? Account = null) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var name = Name?.Trim();
        if (name is not null && AddKey.NameProblem(name, context.Store.Limits) is { } problem)
        {
            return problem;
        }

        if (!AdminNames.IsKeyOf(context, Fingerprint, Account))
        {
            return AdminRunner.Refused(Refusal.NoSuchKey, Fingerprint);
        }

        var result = await context.Store.Settings.ChangeKeyAsync(Fingerprint, key => key with { Name = name ?? key.Name, MayPreauth = MayPreauth ?? key.MayPreauth });
        return result.Refusal == Refusal.None && context.Store.Directory.FindKey(Fingerprint) is { } changed
            ? AdminReply.Done($"The key '{changed.Name}' is changed.") with { Keys = [KeySummary.Of(changed, context.Store.Directory)] }
            : AdminRunner.Refused(result.Refusal == Refusal.None ? Refusal.NoSuchKey : result.Refusal, Fingerprint);
    }
}
