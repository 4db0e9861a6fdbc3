using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Gives an administrator a token for programs. NoSuchAdministrator, AlreadyExists (also for a name the administrator has given), BadName, LimitReached.</summary>
/// <param name="Token">The token.</param>
public sealed record AddToken(ApiToken Token) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Administrators.ContainsKey(Token.Administrator))
        {
            return Refusal.NoSuchAdministrator;
        }

        if (Token.Name.Length == 0 || Token.Name.Length > context.Limits.KeyNameCharsMax || Token.Name.Any(char.IsControl))
        {
            return Refusal.BadName;
        }

        var others = state.Tokens.Values.Where(token => token.Administrator == Token.Administrator).ToList();
        if (state.Tokens.ContainsKey(Token.Hash) || others.Exists(token => token.Name == Token.Name))
        {
            return Refusal.AlreadyExists;
        }

        if (others.Count >= context.Limits.TokensPerAdministratorMax)
        {
            return Refusal.LimitReached;
        }

        context.Directory.Update(state with { Tokens = state.Tokens.Add(Token.Hash, Token) });
        context.Batch.Tokens.Add(new(Token.Hash, Token));
        return Refusal.None;
    }
}

/// <summary>Takes a token away. NoSuchKey.</summary>
/// <param name="Hash">Of the token.</param>
public sealed record RemoveToken(string Hash) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Tokens.ContainsKey(Hash))
        {
            return Refusal.NoSuchKey;
        }

        context.Directory.Update(state with { Tokens = state.Tokens.Remove(Hash) });
        context.Batch.Tokens.Add(new(Hash, Token: null));
        return Refusal.None;
    }
}
