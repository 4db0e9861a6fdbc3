using System.Diagnostics.CodeAnalysis;

namespace Martlet.Server.Accounts;

/// <summary>Whether a login may be tried.</summary>
/// <param name="Login">The login; its owner ends it. Null when it is refused.</param>
/// <param name="Retry">When refused, time after which trying again makes sense.</param>
public readonly record struct ThrottleVerdict(ThrottledLogin? Login, TimeSpan Retry)
{
    /// <summary>Whether it may.</summary>
    [MemberNotNullWhen(true, nameof(Login))]
    public bool IsAllowed => Login is not null;
}
