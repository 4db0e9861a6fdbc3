using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Sasl;

/// <summary>PLAIN: identity, name and password in one response, separated by NUL (RFC 4616).</summary>
public sealed class Plain(SaslLimits limits) : ISaslServer
{
    /// <summary>Registered name.</summary>
    public const string Name = "PLAIN";

    /// <inheritdoc/>
    public string Mechanism => Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FirstChallenge => default;

    /// <inheritdoc/>
    public SaslStep Step(ReadOnlySpan<byte> response)
    {
        var first = response.IndexOf((byte)0);
        if (first < 0)
        {
            return new SaslStep.Failed(SaslFailure.Malformed);
        }

        var authzid = response[..first];
        var rest = response[(first + 1)..];
        var second = rest.IndexOf((byte)0);
        if (second <= 0)
        {
            return new SaslStep.Failed(SaslFailure.Malformed);
        }

        var authcid = rest[..second];
        var password = rest[(second + 1)..];
        var isSound = authzid.Length <= limits.NameBytesMax && authcid.Length <= limits.NameBytesMax
            && !password.IsEmpty && password.Length <= limits.PasswordBytesMax && !password.Contains((byte)0)
            && Utf8.IsValid(response);
        return isSound
            ? new SaslStep.CheckPassword(Encoding.UTF8.GetString(authzid), Encoding.UTF8.GetString(authcid), Encoding.UTF8.GetString(password))
            : new SaslStep.Failed(SaslFailure.Malformed);
    }
}
