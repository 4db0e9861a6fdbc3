using System.Diagnostics.CodeAnalysis;
using Martlet.Store;

namespace Martlet.Server.Accounts;

/// <summary>Why a login was refused. Peers see the difference between these only where it tells nothing about accounts.</summary>
public enum LoginRefusal
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Unknown address, wrong password, account without password: one answer for all.</summary>
    BadCredentials,

    /// <summary>The proof was right, but the identity to act for is not the account's; or the connection's client key is another account's.</summary>
    OtherAccount,

    /// <summary>The proof was right, and the account is disabled: <see cref="LoginResult.Text"/> says why.</summary>
    Disabled,

    /// <summary>Too many failures from that network or for that name; nothing was verified.</summary>
    Throttled,

    /// <summary>The connection has had its tries.</summary>
    TooManyFailures,
}

/// <summary>Who is logged in, or why nobody is.</summary>
/// <param name="Grant">Who; null when nobody.</param>
/// <param name="Refusal">Why not.</param>
/// <param name="Text">What to tell people, for <see cref="LoginRefusal.Disabled"/>.</param>
public readonly record struct LoginResult(LoginGrant? Grant, LoginRefusal Refusal, string Text = "")
{
    /// <summary>Whether somebody is logged in.</summary>
    [MemberNotNullWhen(true, nameof(Grant), nameof(Account))]
    public bool IsDone => Grant is not null;

    /// <summary>Whose mail it is.</summary>
    public Account? Account => Grant?.Account;
}
