using System.Diagnostics.CodeAnalysis;
using Martlet.Store;

namespace Martlet.Server.Accounts;

/// <summary>Why a login was refused. Peers see the difference between these only where it tells nothing about accounts.</summary>
public enum LoginRefusal
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>Unknown address, wrong password, account without password, or not allowed to act for the wanted identity: one answer for all.</summary>
    BadCredentials,

    /// <summary>The connection has had its tries.</summary>
    TooManyFailures,
}

/// <summary>The account, or why there is none.</summary>
public readonly record struct LoginResult(Account? Account, LoginRefusal Refusal)
{
    /// <summary>Whether somebody is logged in.</summary>
    [MemberNotNullWhen(true, nameof(Account))]
    public bool IsDone => Account is not null;
}
