namespace Martlet.SystemTests.Clients.Logins;

/// <summary>Ways to log in: the columns of the page.</summary>
internal static class LoginMechanism
{
    /// <summary>The key alone: PREAUTH, or MAIL without AUTH. In the log it has this name too.</summary>
    public const string Key = "KEY";

    public const string External = "EXTERNAL";
    public const string CramMd5 = "CRAM-MD5";
    public const string Plain = "PLAIN";
    public const string Login = "LOGIN";

    /// <summary>All, in the page's order.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Key, External, "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1", CramMd5, Plain, Login];

    /// <summary>Whether it needs a client key and no password.</summary>
    public static bool UsesKey(string mechanism) => mechanism is Key or External;

    /// <summary>Whether it binds to the channel.</summary>
    public static bool IsPlus(string mechanism) => mechanism.EndsWith("-PLUS", StringComparison.Ordinal);
}
