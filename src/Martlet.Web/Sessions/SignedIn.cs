using Martlet.Store.Directory;
using Martlet.Store.Model;

namespace Martlet.Web.Sessions;

/// <summary>Who is signed in, at this request.</summary>
/// <param name="Session">The session.</param>
/// <param name="Token">Its token, from the cookie.</param>
/// <param name="Account">Whose pages; null for an administrator.</param>
/// <param name="Administrator">The administrator; null for a user.</param>
internal sealed record SignedIn(WebSession Session, string Token, AccountEntry? Account, Administrator? Administrator)
{
    /// <summary>What they are called on pages: the account's name, or the administrator's.</summary>
    public string Name => Account?.Name ?? Administrator!.Name;

    /// <summary>Nothing but the name: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(SignedIn)} {{ {Name} }}";
}
