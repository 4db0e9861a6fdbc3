using System.Diagnostics.CodeAnalysis;

namespace Martlet.Store;

/// <summary>Invariants that stay checked in release builds: a broken one is our bug and must end the operation before it reaches the disk.</summary>
internal static class Check
{
    /// <summary>Throws when the claim is false.</summary>
    public static void That([DoesNotReturnIf(false)] bool claim, string because)
    {
        if (!claim)
        {
            throw new InvalidOperationException($"Broken invariant: {because}");
        }
    }
}
