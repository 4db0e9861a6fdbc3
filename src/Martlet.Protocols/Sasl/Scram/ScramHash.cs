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
    /// The most iterations that each client takes. Cyrus SASL 2.1 ends the exchange at one more ("iteration-count is too big, refusing to compute"), and with it
    /// imtest, mbsync and whatever else is built on it.
    /// </summary>
    public const int IterationsOfClientsMax = 65_536;

    /// <summary>
    /// Iterations for new SCRAM-SHA-256 secrets. More would make a stolen database harder to use (OWASP asks 600,000 where the server computes once a login); but here
    /// the client computes, again for each of the connections it opens, on a phone too, and many take no more. 65,536 take about 20 ms with OpenSSL on a server's core and
    /// stay below the 0.1 s that RFC 7677 §4 takes as its rule of thumb on slower ones; its least is 4096.
    /// </summary>
    public const int IterationsSha256 = IterationsOfClientsMax;

    /// <summary>
    /// Iterations for new SCRAM-SHA-1 secrets. Hardware made to try passwords is about twice as fast with SHA-1, so these should be twice as many; clients do not take more.
    /// </summary>
    public const int IterationsSha1 = IterationsOfClientsMax;

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
