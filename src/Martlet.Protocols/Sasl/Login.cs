using System.Text;
using System.Text.Unicode;

namespace Martlet.Protocols.Sasl;

/// <summary>
/// LOGIN: name and password, each asked for. Never standardized, but the only mechanism of some clients. New Outlook wants prompts that are not empty; others
/// send the name as initial response.
/// </summary>
public sealed class Login(SaslLimits limits) : ISaslServer
{
    /// <summary>Name as announced.</summary>
    public const string Name = "LOGIN";

    private static readonly byte[] UserPrompt = "Username:"u8.ToArray();
    private static readonly byte[] PasswordPrompt = "Password:"u8.ToArray();

    private string? _name;

    /// <inheritdoc/>
    public string Mechanism => Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FirstChallenge => UserPrompt;

    /// <inheritdoc/>
    public SaslStep Step(ReadOnlySpan<byte> response)
    {
        var bytesMax = _name is null ? limits.NameBytesMax : limits.PasswordBytesMax;
        if (response.IsEmpty || response.Length > bytesMax || response.Contains((byte)0) || !Utf8.IsValid(response))
        {
            return new SaslStep.Failed(SaslFailure.Malformed);
        }

        var text = Encoding.UTF8.GetString(response);
        if (_name is null)
        {
            _name = text;
            return new SaslStep.Challenge(PasswordPrompt);
        }

        return new SaslStep.CheckPassword(AuthorizationId: "", _name, text);
    }
}
