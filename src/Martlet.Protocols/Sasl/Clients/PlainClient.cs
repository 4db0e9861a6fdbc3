using System.Text;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>PLAIN, the client's side (RFC 4616): inside TLS only.</summary>
/// <param name="authenticationId">Whose password it is.</param>
/// <param name="password">The password.</param>
/// <param name="authorizationId">Whom to act for; empty for the account itself.</param>
public sealed class PlainClient(string authenticationId, string password, string authorizationId = "") : ISaslClient
{
    /// <inheritdoc/>
    public string Mechanism => Plain.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse { get; } = Encoding.UTF8.GetBytes($"{authorizationId}\0{authenticationId}\0{password}");

    /// <inheritdoc/>
    public bool IsComplete => true;

    /// <inheritdoc/>
    public SaslClientStep Step(ReadOnlySpan<byte> challenge) => new SaslClientStep.Failed(SaslClientFailure.Unexpected);
}
