using System.Diagnostics.CodeAnalysis;
using Martlet.Store.Model;

namespace Martlet.Server.Accounts;

/// <summary>Which administrator is there, or why none is.</summary>
/// <param name="Administrator">The administrator; null when nobody was let in.</param>
/// <param name="Refusal">Why not.</param>
public readonly record struct AdministratorLogin(Administrator? Administrator, LoginRefusal Refusal)
{
    /// <summary>Whether somebody was let in.</summary>
    [MemberNotNullWhen(true, nameof(Administrator))]
    public bool IsDone => Administrator is not null;
}
