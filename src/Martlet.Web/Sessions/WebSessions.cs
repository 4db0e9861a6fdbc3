using System.Net;
using Martlet.Server.Accounts;
using Martlet.Store;
using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Web.Sessions;

/// <summary>
/// Sessions of the pages. They are kept in the store, so that a restart signs nobody out and ending one works at once and everywhere; when each was last used is kept in
/// memory only. A session holds as long as its password could be used again (ADR 0016): asked at each request.
/// </summary>
/// <remarks>Thread safe.</remarks>
internal sealed class WebSessions(MailStore store, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _lastUse = new(StringComparer.Ordinal);
    // A session that was made by an earlier process was last used before it ended; counting from here gives it too much and never too little.
    private readonly DateTimeOffset _start = time.GetUtcNow();

    /// <summary>Finds the session of a token and notes that it is used.</summary>
    /// <param name="token">From the cookie; may be anything.</param>
    /// <param name="realm">Where it has to be from.</param>
    /// <returns>Null when there is none, or when it holds no more.</returns>
    public SignedIn? Find(string token, SessionRealm realm)
    {
        var directory = store.Directory;
        if (token.Length == 0 || directory.Current.Sessions.GetValueOrDefault(Tokens.Hash(token)) is not { } session || !IsOf(session, realm))
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (now.ToUnixTimeSeconds() >= session.Expires || now - LastUse(session) >= realm.IdleMax || Owner(directory, session, token) is not { } user)
        {
            return null;
        }

        lock (_lock)
        {
            _lastUse[session.Id] = now;
        }

        return user;
    }

    /// <summary>When a session was last used, as far as it is known.</summary>
    public DateTimeOffset LastUse(WebSession session)
    {
        var created = DateTimeOffset.FromUnixTimeSeconds(session.Created);
        lock (_lock)
        {
            return _lastUse.TryGetValue(session.Id, out var last) ? last : created > _start ? created : _start;
        }
    }

    /// <summary>Sessions of an account that still hold, the newest first.</summary>
    public IReadOnlyList<WebSession> Of(AccountId account) => Held(session => session.Account == account, SessionRealm.Account);

    /// <summary>Sessions of an administrator that still hold, the newest first.</summary>
    public IReadOnlyList<WebSession> Of(string administrator) => Held(session => session.Administrator == administrator, SessionRealm.Administrator);

    /// <summary>Starts a session of a user; the oldest ends when there are too many.</summary>
    /// <returns>Its token; null when the account is gone meanwhile.</returns>
    public Task<string?> StartAsync(LoginGrant grant, IPAddress remote, string client) =>
        StartAsync(SessionRealm.Account, (id, created, expires) => new WebSession(
            id, grant.Account.Id, Administrator: null, grant.Address, grant.PasswordNumber ?? -1, created, expires, Text(remote), LogText.Line(client, ClientCharsMax)));

    /// <summary>Starts a session of an administrator.</summary>
    /// <returns>Its token; null when the administrator is gone meanwhile.</returns>
    public Task<string?> StartAsync(Administrator administrator, IPAddress remote, string client) =>
        StartAsync(SessionRealm.Administrator, (id, created, expires) => new WebSession(
            id, Account: null, administrator.Name, "", administrator.PasswordNumber, created, expires, Text(remote), LogText.Line(client, ClientCharsMax)));

    /// <summary>Ends a session: signing out.</summary>
    public Task EndAsync(SignedIn user) => EndAsync(session => session.Id == user.Session.Id);

    /// <summary>Ends what has expired; for the start of the server.</summary>
    public Task EndExpiredAsync()
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return EndAsync(session => session.Expires <= now);
    }

    private const int ClientCharsMax = 200;

    private async Task<string?> StartAsync(SessionRealm realm, Func<string, long, long, WebSession> make)
    {
        var token = Tokens.Make();
        var now = time.GetUtcNow();
        var session = make(Tokens.Hash(token), now.ToUnixTimeSeconds(), (now + realm.AgeMax).ToUnixTimeSeconds());
        var result = await store.Settings.AddSessionAsync(session);
        Forget();
        return result.Refusal == Refusal.None ? token : null;
    }

    private async Task EndAsync(Func<WebSession, bool> which)
    {
        await store.Settings.RemoveSessionsAsync(which);
        Forget();
    }

    // Times of sessions that are no more.
    private void Forget()
    {
        var sessions = store.Directory.Current.Sessions;
        lock (_lock)
        {
            foreach (var id in _lastUse.Keys.Where(id => !sessions.ContainsKey(id)).ToList())
            {
                _lastUse.Remove(id);
            }
        }
    }

    private List<WebSession> Held(Func<WebSession, bool> which, SessionRealm realm)
    {
        var (directory, now) = (store.Directory, time.GetUtcNow());
        return
        [
            .. directory.Current.Sessions.Values.Where(which)
                .Where(session => session.Expires > now.ToUnixTimeSeconds() && now - LastUse(session) < realm.IdleMax && Owner(directory, session, token: "") is not null)
                .OrderByDescending(session => session.Created).ThenBy(session => session.Id, StringComparer.Ordinal),
        ];
    }

    private static bool IsOf(WebSession session, SessionRealm realm) => realm == SessionRealm.Account ? session.Account is not null : session.Administrator is not null;

    // The same rule as for logins of mail programs (LoginGrant.Holds).
    private static SignedIn? Owner(AccountDirectory directory, WebSession session, string token)
    {
        if (session.Account is { } id)
        {
            return directory.Find(id) is { Access: { IsDisabled: false } access } entry && access.PasswordNumber == session.PasswordNumber
                && directory.FindAddress(session.Address)?.Id == id
                ? new SignedIn(session, token, entry, Administrator: null)
                : null;
        }

        return directory.Current.Administrators.GetValueOrDefault(session.Administrator ?? "") is { } administrator && administrator.PasswordNumber == session.PasswordNumber
            ? new SignedIn(session, token, Account: null, administrator)
            : null;
    }

    private static string Text(IPAddress remote) => (remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote).ToString();
}
