namespace Martlet.Store.Model;

/// <summary>Somebody who has signed in on the web pages. It is kept, so that a restart signs nobody out.</summary>
/// <param name="Id">SHA-256 of the token in the cookie, as lower-case hex; the token itself is not kept.</param>
/// <param name="Account">Whose pages; null for an administrator's.</param>
/// <param name="Administrator">Name of the administrator; null for an account's.</param>
/// <param name="Address">Normalized address that was signed in as; empty for an administrator's.</param>
/// <param name="PasswordNumber">Number of the password it was done with: another password ends it.</param>
/// <param name="Created">When, in seconds since 1970.</param>
/// <param name="Expires">When it ends whatever happens, in seconds since 1970.</param>
/// <param name="Remote">Address it was made from.</param>
/// <param name="Client">What the browser said it is; anybody's text, cut at <see cref="StoreLimits.LoginTextCharsMax"/>.</param>
public sealed record WebSession(
    string Id, AccountId? Account, string? Administrator, string Address, int PasswordNumber, long Created, long Expires, string Remote, string Client);
