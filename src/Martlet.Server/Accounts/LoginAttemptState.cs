using Martlet.Store.Directory;

namespace Martlet.Server.Accounts;

/// <summary>An attempt that is under way.</summary>
/// <param name="Context">The connection.</param>
/// <param name="Mechanism">For the log.</param>
/// <param name="Address">Who the client says it is, as it said it.</param>
/// <param name="Name">The same normalized.</param>
/// <param name="Entry">Whose address that is; null for nobody's.</param>
/// <param name="IsRefused">Nothing is verified: there were too many failures before.</param>
internal sealed record LoginAttemptState(LoginContext Context, string Mechanism, string Address, string Name, AccountEntry? Entry, bool IsRefused);
