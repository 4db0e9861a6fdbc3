using System.Text;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>EXTERNAL, the client's side (RFC 4422 §A): the TLS certificate has said who we are.</summary>
/// <param name="authorizationId">Whom to act for; empty for whom the certificate belongs to.</param>
public sealed class ExternalClient(string authorizationId = "") : ISaslClient
{
    /// <inheritdoc/>
    public string Mechanism => External.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse { get; } = Encoding.UTF8.GetBytes(authorizationId);

    /// <inheritdoc/>
    public bool IsComplete => true;

    /// <inheritdoc/>
    public SaslClientStep Step(ReadOnlySpan<byte> challenge) => new SaslClientStep.Failed(SaslClientFailure.Unexpected);
}
