namespace Martlet.Web.Sessions;

/// <summary>Who signs in: users to their account, or administrators. Ports of one host share cookies, so each realm has names of its own.</summary>
/// <param name="Name">For cookies and logs.</param>
/// <param name="IdleMax">A session ends when it is not used for so long.</param>
/// <param name="AgeMax">It ends then, used or not.</param>
public sealed record SessionRealm(string Name, TimeSpan IdleMax, TimeSpan AgeMax)
{
    /// <summary>Users.</summary>
    public static readonly SessionRealm Account = new("account", IdleMax: TimeSpan.FromHours(2), AgeMax: TimeSpan.FromDays(7));

    /// <summary>Administrators.</summary>
    public static readonly SessionRealm Administrator = new("admin", IdleMax: TimeSpan.FromMinutes(30), AgeMax: TimeSpan.FromHours(12));

    /// <summary>Name of the cookie with the session's token. The prefix makes browsers hold it to this host and to https.</summary>
    public string Cookie => $"__Host-martlet-{Name}";

    /// <summary>Name of the cookie that binds the form of the sign-in page.</summary>
    public string VisitCookie => $"__Host-martlet-{Name}-visit";

    /// <summary>Path of the sign-in page.</summary>
    public string SignInPath { get; } = "/sign-in";
}
