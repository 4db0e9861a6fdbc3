using Martlet.Store.Model;
using Martlet.Store.Writing;

namespace Martlet.Store.Operations;

/// <summary>
/// Keeps a session of the web pages. What is over <see cref="StoreLimits.SessionsPerOwnerMax"/> goes, the oldest first, and so does what has expired of the same owner.
/// NoSuchAccount, NoSuchAdministrator, AlreadyExists.
/// </summary>
/// <param name="Session">The session.</param>
public sealed record AddSession(WebSession Session) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        if (Session.Account is { } account ? context.Find(account) is null : !state.Administrators.ContainsKey(Session.Administrator ?? ""))
        {
            return Session.Account is null ? Refusal.NoSuchAdministrator : Refusal.NoSuchAccount;
        }

        if (state.Sessions.ContainsKey(Session.Id))
        {
            return Refusal.AlreadyExists;
        }

        var now = context.Now.ToUnixTimeSeconds();
        var others = state.Sessions.Values.Where(other => other.Account == Session.Account && other.Administrator == Session.Administrator).OrderByDescending(other => other.Created)
            .ThenBy(other => other.Id, StringComparer.Ordinal).ToList();
        var over = others.Where((other, i) => i >= context.Limits.SessionsPerOwnerMax - 1 || other.Expires <= now).Select(other => other.Id).ToHashSet(StringComparer.Ordinal);
        new RemoveSessions(other => over.Contains(other.Id)).Stage(context);

        var session = Session with { Client = Cut(Session.Client, context.Limits.LoginTextCharsMax), Remote = Cut(Session.Remote, context.Limits.LoginTextCharsMax) };
        state = context.Directory.Contents;
        context.Directory.Update(state with { Sessions = state.Sessions.Add(session.Id, session) });
        context.Batch.Sessions.Add(new(session.Id, session));
        return Refusal.None;
    }

    // Half of a pair is no text: the database would give back another one.
    private static string Cut(string text, int charsMax) =>
        (text.Length <= charsMax ? text : text[..(charsMax - (char.IsHighSurrogate(text[charsMax - 1]) ? 1 : 0))]).Replace('\0', '?');
}

/// <summary>Ends sessions of the web pages. Refuses nothing.</summary>
/// <param name="Which">Says which; runs on the writer thread.</param>
public sealed record RemoveSessions(Func<WebSession, bool> Which) : DirectoryChange
{
    internal override Refusal Stage(WriteContext context)
    {
        var state = context.Directory.Contents;
        var ids = state.Sessions.Values.Where(Which).Select(session => session.Id).ToList();
        if (ids.Count > 0)
        {
            context.Directory.Update(state with { Sessions = state.Sessions.RemoveRange(ids) });
            context.Batch.Sessions.AddRange(ids.Select(id => new Engine.WebSessionRow(id, Session: null)));
        }

        return Refusal.None;
    }
}
