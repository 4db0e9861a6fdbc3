using System.Text;

namespace Martlet.Protocols.Sasl;

/// <summary>LOGIN, the client's side: name and password, each asked for. For servers that have nothing better; only over TLS.</summary>
public sealed class LoginClient(string username, string password) : ISaslClient
{
    private int _step;

    /// <inheritdoc/>
    public string Mechanism => Login.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse => null;

    /// <inheritdoc/>
    public bool IsComplete => _step == 2;

    /// <summary>Answers the prompts in their order, whatever they say: their texts differ from server to server.</summary>
    public ReadOnlyMemory<byte>? Step(ReadOnlySpan<byte> challenge) => _step++ switch
    {
        0 => Encoding.UTF8.GetBytes(username),
        1 => Encoding.UTF8.GetBytes(password),
        _ => (ReadOnlyMemory<byte>?)null,
    };
}
