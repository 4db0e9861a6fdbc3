using System.Globalization;
using System.Security.Cryptography;
using Martlet.Server.Accounts;
using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Makes a token with which a program does what the administrator may. It is shown once.</summary>
/// <param name="Administrator">Whose.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Days">How long it is taken; null for ever.</param>
public sealed record AddToken(string Administrator, string Name, int? Days = null) : AdminRequest
{
    private const int DaysMax = 3660;
    private const int TokenBytes = 32;

    /// <summary>The hash under which a token is kept.</summary>
    public static string HashOf(string token) => TokenHash.Of(token);

    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        if (Days is < 1 or > DaysMax)
        {
            return AdminReply.Refused(string.Create(CultureInfo.InvariantCulture, $"A token is taken for 1 to {DaysMax} days, or for ever."));
        }

        var administrator = Administrator.ToLowerInvariant();
        var token = "mt_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var now = context.Time.GetUtcNow();
        var result = await context.Store.Settings.AddTokenAsync(new ApiToken(
            HashOf(token), Name, administrator, now.ToUnixTimeSeconds(), Days is { } days ? now.AddDays(days).ToUnixTimeSeconds() : null));
        return result.Refusal switch
        {
            Refusal.None => AdminReply.Done($"The token '{Name}' of {administrator} is made. It is shown this once.") with { Token = token },
            Refusal.AlreadyExists => AdminReply.Refused($"{administrator} has a token '{Name}' already."),
            Refusal.BadName => AdminReply.Refused($"A token's name is one line of 1 to {context.Store.Limits.KeyNameCharsMax} characters."),
            var refusal => AdminRunner.Refused(refusal, administrator),
        };
    }
}
