namespace Martlet.Server.Admin;

/// <summary>Tokens of all administrators.</summary>
public sealed record ListTokens : AdminRequest
{
    /// <inheritdoc/>
    public override Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel) => Task.FromResult(AdminReply.Done("") with
    {
        Tokens = [.. context.Store.Directory.Current.Tokens.Values.OrderBy(token => token.Administrator, StringComparer.Ordinal).ThenBy(token => token.Name, StringComparer.Ordinal)
            .Select(token => new TokenSummary(
                token.Administrator, token.Name, DateTimeOffset.FromUnixTimeSeconds(token.Created),
                token.Expires is { } expires ? DateTimeOffset.FromUnixTimeSeconds(expires) : null))],
    });
}

/// <summary>A token in a list.</summary>
/// <param name="Administrator">Whose.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Expires">From when on it is not taken; null for never.</param>
public sealed record TokenSummary(string Administrator, string Name, DateTimeOffset Created, DateTimeOffset? Expires = null);
