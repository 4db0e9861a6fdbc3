using System.Text;
using Martlet.Protocols.Sasl.CramMd5;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>CRAM-MD5, the client's side (RFC 2195). The server proves nothing, and who listens can try passwords: TLS is needed all the same.</summary>
/// <param name="authenticationId">Whose password it is.</param>
/// <param name="password">The password.</param>
/// <param name="limits">Limits.</param>
public sealed class CramMd5Client(string authenticationId, string password, SaslLimits limits) : ISaslClient
{
    /// <inheritdoc/>
    public string Mechanism => CramMd5Server.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse => null;

    /// <inheritdoc/>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public SaslClientStep Step(ReadOnlySpan<byte> challenge)
    {
        if (IsComplete)
        {
            return new SaslClientStep.Failed(SaslClientFailure.Unexpected);
        }

        if (challenge.IsEmpty || challenge.Length > limits.ChallengeBytesMax)
        {
            return new SaslClientStep.Failed(SaslClientFailure.Malformed);
        }

        IsComplete = true;
        var digest = CramMd5Secret.FromBytes(ClientPassword.Prepare(password)).Digest(challenge);
        return new SaslClientStep.Respond(Encoding.UTF8.GetBytes($"{authenticationId} {Convert.ToHexStringLower(digest)}"));
    }
}
