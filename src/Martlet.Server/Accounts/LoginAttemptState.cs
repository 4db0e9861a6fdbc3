using Martlet.Store.Directory;

namespace Martlet.Server.Accounts;

/// <summary>An attempt that is under way.</summary>
/// <param name="Context">The connection.</param>
/// <param name="Mechanism">For the log.</param>
/// <param name="Address">Who the client says it is, as it said it.</param>
/// <param name="Name">The same normalized, as it counts; empty for keys, which count by network alone.</param>
/// <param name="Entry">Whose address that is; null for nobody's.</param>
/// <param name="Login">Counts the attempt; null when nothing is verified because too many failed before.</param>
/// <remarks>Disposing one that was not brought to an end counts it as failed.</remarks>
internal sealed record LoginAttemptState(LoginContext Context, string Mechanism, string Address, string Name, AccountEntry? Entry, ThrottledLogin? Login) : IDisposable
{
    /// <summary>Whether nothing is verified.</summary>
    public bool IsRefused => Login is null;

    public void Dispose() => Login?.Dispose();
}
