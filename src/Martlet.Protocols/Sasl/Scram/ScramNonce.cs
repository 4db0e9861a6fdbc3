namespace Martlet.Protocols.Sasl.Scram;

/// <summary>Makes our part of a nonce from random bytes.</summary>
public static class ScramNonce
{
    /// <summary>Fewest random bytes: two exchanges must never share a nonce (RFC 5802 §5.1).</summary>
    public const int RandomBytesMin = 16;

    /// <summary>A nonce of printable characters without comma.</summary>
    /// <param name="random">Bytes of a cryptographic source, at least <see cref="RandomBytesMin"/>, used for this exchange only.</param>
    public static string From(ReadOnlySpan<byte> random) =>
        random.Length >= RandomBytesMin
            ? Convert.ToBase64String(random).TrimEnd('=')
            : throw new ArgumentException($"At least {RandomBytesMin} random bytes.", nameof(random));
}
