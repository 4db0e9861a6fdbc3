using Martlet.Store.Model;

namespace Martlet.Server.Admin;

/// <summary>Takes a token away.</summary>
/// <param name="Administrator">Whose.</param>
/// <param name="Name">What it is called.</param>
public sealed record RemoveToken(string Administrator, string Name) : AdminRequest
{
    /// <inheritdoc/>
    public override async Task<AdminReply> RunAsync(AdminContext context, CancellationToken cancel)
    {
        var administrator = Administrator.ToLowerInvariant();
        var token = context.Store.Directory.Current.Tokens.Values.FirstOrDefault(token => token.Administrator == administrator && token.Name == Name);
        var result = token is null ? Refusal.NoSuchKey : (await context.Store.Settings.RemoveTokenAsync(token.Hash)).Refusal;
        return result == Refusal.None ? AdminReply.Done($"The token '{Name}' is not taken any more.")
            : AdminReply.Refused($"{administrator} has no token '{Name}'; martlet admin token list shows those there are.");
    }
}
