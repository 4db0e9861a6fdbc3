using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>A hash function that SCRAM is defined for. A further one is a further row.</summary>
/// <param name="Name">Mechanism name without <c>-PLUS</c>.</param>
/// <param name="Algorithm">The hash function.</param>
/// <param name="Bytes">Length of its output.</param>
/// <param name="Iterations">Iterations for new secrets.</param>
public sealed record ScramHash(string Name, HashAlgorithmName Algorithm, int Bytes, int Iterations)
{
    /// <summary>
    /// Iterations for new SCRAM-SHA-256 secrets. More make a stolen database harder to use (OWASP asks 600,000 where the server computes once a login); but here
    /// the client computes, again for each of the connections it opens, on a phone too. 100,000 take 30 ms with OpenSSL on a server's core and stay below the
    /// 0.1 s that RFC 7677 §4 takes as its rule of thumb on slower ones; its least is 4096.
    /// </summary>
    public const int IterationsSha256 = 100_000;

    /// <summary>Iterations for new SCRAM-SHA-1 secrets: hardware made to try passwords is twice as fast with SHA-1, so OWASP asks about twice as many.</summary>
    public const int IterationsSha1 = 200_000;

    /// <summary>SCRAM-SHA-256 (RFC 7677).</summary>
    public static ScramHash Sha256 { get; } = new("SCRAM-SHA-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes, IterationsSha256);

    /// <summary>SCRAM-SHA-1 (RFC 5802).</summary>
    public static ScramHash Sha1 { get; } = new("SCRAM-SHA-1", HashAlgorithmName.SHA1, SHA1.HashSizeInBytes, IterationsSha1);

    /// <summary>All, strongest first.</summary>
    public static IReadOnlyList<ScramHash> All { get; } = [Sha256, Sha1];

    /// <summary>Name of the mechanism that binds to the channel.</summary>
    public string PlusName => Name + "-PLUS";

    /// <summary>The hash of that name without <c>-PLUS</c>, case counts.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out ScramHash? hash)
    {
        hash = All.FirstOrDefault(row => row.Name == name);
        return hash is not null;
    }
}
