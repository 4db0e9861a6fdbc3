using System.Text;

namespace Martlet.Protocols.Sasl.Clients;

/// <summary>LOGIN, the client's side: inside TLS only. The prompts differ from server to server, so only their order counts.</summary>
/// <param name="authenticationId">Whose password it is.</param>
/// <param name="password">The password.</param>
/// <param name="limits">Limits.</param>
public sealed class LoginClient(string authenticationId, string password, SaslLimits limits) : ISaslClient
{
    private int _prompts;

    /// <inheritdoc/>
    public string Mechanism => Login.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse => null;

    /// <inheritdoc/>
    public bool IsComplete => _prompts == 2;

    /// <inheritdoc/>
    public SaslClientStep Step(ReadOnlySpan<byte> challenge)
    {
        if (challenge.Length > limits.ChallengeBytesMax)
        {
            return new SaslClientStep.Failed(SaslClientFailure.Malformed);
        }

        return IsComplete
            ? new SaslClientStep.Failed(SaslClientFailure.Unexpected)
            : new SaslClientStep.Respond(Encoding.UTF8.GetBytes(_prompts++ == 0 ? authenticationId : password));
    }
}
