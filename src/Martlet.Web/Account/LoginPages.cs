using System.Collections.Frozen;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Web.Routing;

namespace Martlet.Web.Account;

/// <summary>Who signed in to the account or tried to.</summary>
internal static class LoginPages
{
    private const int EntriesMax = 200;

    // For people; the fixed words are for tools.
    private static readonly FrozenDictionary<string, (string Text, string Look)> Results = new Dictionary<LoginOutcome, (string, string)>
    {
        [LoginOutcome.Ok] = ("signed in", "good"),
        [LoginOutcome.BadCredentials] = ("wrong password", "warn"),
        [LoginOutcome.BadBinding] = (LoginOutcomes.InTheMiddle, "bad"),
        [LoginOutcome.Downgrade] = (LoginOutcomes.InTheMiddle, "bad"),
        [LoginOutcome.Disabled] = ("account disabled", "warn"),
        [LoginOutcome.Throttled] = ("too many failures", "warn"),
        [LoginOutcome.UnknownKey] = ("unknown key", "warn"),
        [LoginOutcome.OtherAccount] = ("another account", "warn"),
        [LoginOutcome.Malformed] = ("broken login", "warn"),
        [LoginOutcome.Cancelled] = ("broken off", ""),
        [LoginOutcome.NeedsTls] = ("without TLS, refused", "warn"),
    }.ToFrozenDictionary(entry => entry.Key.Word(), entry => entry.Value, StringComparer.Ordinal);

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } = [new("GET", "/logins", WebAccess.SignedIn, ShowAsync)];

    private static async Task<WebReply> ShowAsync(WebRequest request)
    {
        var reply = await request.RunAsync(new ListLogins(EntriesMax, request.Me.Name));
        var names = request.Services.Store.Directory.KeysOf(request.Me.Account!.Id).ToDictionary(key => key.Fingerprint, key => key.Name, StringComparer.Ordinal);
        return WebReply.Page<LoginsPage>(request, "Sign-ins", new LoginsModel(Rows(reply, names), EntriesMax));
    }

    /// <summary>Rows for people.</summary>
    /// <param name="reply">With the logins.</param>
    /// <param name="names">Names of keys by fingerprint.</param>
    public static IReadOnlyList<LoginRow> Rows(AdminReply reply, IReadOnlyDictionary<string, string> names) =>
    [
        .. (reply.Logins ?? []).Select(login =>
        {
            var (text, look) = Results.GetValueOrDefault(login.Result, (login.Result, ""));
            return new LoginRow(login, text, look, login.Key.Length == 0 ? "" : names.GetValueOrDefault(login.Key, login.Key[..Math.Min(login.Key.Length, 12)] + "…"));
        }),
    ];
}

/// <summary>What the page shows.</summary>
/// <param name="Rows">The newest first.</param>
/// <param name="Most">Rows at most.</param>
public sealed record LoginsModel(IReadOnlyList<LoginRow> Rows, int Most);

/// <summary>A row of the history.</summary>
/// <param name="Login">The logins.</param>
/// <param name="Result">How they ended, for people.</param>
/// <param name="Look">How that looks.</param>
/// <param name="Key">Name of the key; empty without.</param>
public sealed record LoginRow(LoginSummary Login, string Result, string Look, string Key)
{
    /// <summary>By what.</summary>
    public string Means => Key.Length > 0 ? $"key {Key}" : Login.Mechanism switch
    {
        "FORM" => "password, on the pages",
        "TOKEN" => "token",
        "CONFIRM" => "password, asked once more",
        _ => $"password ({Login.Mechanism})",
    };
}
