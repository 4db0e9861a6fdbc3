using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>Makes an administrator, or gives one another password, which ends the sessions of the one before. BadName, LimitReached, AlreadyExists.</summary>
/// <param name="Name">Lower case, 1 to 64 ASCII letters, digits and <c>-_.@</c>.</param>
/// <param name="PasswordHash">Encoded hash.</param>
/// <param name="MustBeNew">Whether AlreadyExists is the answer when that one is there.</param>
public sealed record SetAdministrator(string Name, string PasswordHash, bool MustBeNew = false) : DirectoryChange
{
    private const int NameCharsMax = 64;

    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        var before = state.Administrators.GetValueOrDefault(Name);
        if (before is not null && MustBeNew)
        {
            return Refusal.AlreadyExists;
        }

        if (Name.Length is 0 or > NameCharsMax || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.' or '@'))
        {
            return Refusal.BadName;
        }

        if (before is null && state.Administrators.Count >= context.Limits.AdministratorsMax)
        {
            return Refusal.LimitReached;
        }

        if (before?.PasswordHash == PasswordHash)
        {
            return Refusal.None;
        }

        // The number goes on where one of that name was removed and made again: numbers are never used twice while a session could know them.
        var entry = new Administrator(Name, PasswordHash, (before?.PasswordNumber ?? (int)(context.Now.ToUnixTimeSeconds() & 0x3fffffff)) + 1);
        new RemoveSessions(session => session.Administrator == Name).Stage(context);
        context.Directory.Update(context.Directory.Contents with { Administrators = state.Administrators.SetItem(Name, entry) });
        context.Batch.Administrators.Add(new(Name, entry));
        return Refusal.None;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(SetAdministrator)} {Name}";
}

/// <summary>Takes an administrator away, with sessions and tokens. NoSuchAdministrator, InUse.</summary>
/// <param name="Name">Name.</param>
/// <param name="KeepsLast">Whether it is refused when there is no other one.</param>
public sealed record RemoveAdministrator(string Name, bool KeepsLast = false) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (!state.Administrators.ContainsKey(Name))
        {
            return Refusal.NoSuchAdministrator;
        }

        if (KeepsLast && state.Administrators.Count == 1)
        {
            return Refusal.InUse;
        }

        new RemoveSessions(session => session.Administrator == Name).Stage(context);
        foreach (var token in state.Tokens.Values.Where(token => token.Administrator == Name))
        {
            new RemoveToken(token.Hash).Stage(context);
        }

        state = context.Directory.Contents;
        context.Directory.Update(state with { Administrators = state.Administrators.Remove(Name) });
        context.Batch.Administrators.Add(new(Name, Entry: null));
        return Refusal.None;
    }
}
