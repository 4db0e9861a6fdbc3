using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Sasl;

/// <summary>EXTERNAL: who the client is has been proved below, by its TLS certificate; it says at most whom it wants to act for (RFC 4422 §A).</summary>
/// <param name="identity">Who the TLS layer says it is; null when it does not say, and everything is refused.</param>
/// <param name="limits">Limits.</param>
public sealed class External(string? identity, SaslLimits limits) : ISaslServer
{
    /// <summary>Registered name.</summary>
    public const string Name = "EXTERNAL";

    /// <inheritdoc/>
    public string Mechanism => Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FirstChallenge => default;

    /// <inheritdoc/>
    /// <remarks>An empty response asks for the identity that belongs to the certificate.</remarks>
    public SaslStep Step(ReadOnlySpan<byte> response)
    {
        if (response.Length > limits.NameBytesMax || response.Contains((byte)0) || !Utf8.IsValid(response))
        {
            return new SaslStep.Failed(SaslFailure.Malformed);
        }

        return identity is null
            ? new SaslStep.Failed(SaslFailure.BadCredentials)
            : new SaslStep.Proved(Encoding.UTF8.GetString(response), identity, ServerFinal: null);
    }
}
