using System.Text;

namespace Martlet.Protocols.Sasl;

/// <summary>PLAIN, the client's side: RFC 4616. Only over TLS: the server gets the password.</summary>
public sealed class PlainClient : ISaslClient
{
    private readonly byte[] _response;

    /// <summary>Starts an exchange.</summary>
    /// <param name="username">Whose password it is.</param>
    /// <param name="password">The password.</param>
    /// <param name="authorizationId">Whom to act for; empty for the account itself.</param>
    /// <exception cref="ArgumentException">One of them holds NUL, which separates them.</exception>
    public PlainClient(string username, string password, string authorizationId = "")
    {
        _response = Encoding.UTF8.GetBytes($"{WithoutNul(authorizationId)}\0{WithoutNul(username)}\0{WithoutNul(password)}");
    }

    /// <inheritdoc/>
    public string Mechanism => Plain.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse => _response;

    /// <inheritdoc/>
    public bool IsComplete => true;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Step(ReadOnlySpan<byte> challenge) => null; // One message is all there is.

    private static string WithoutNul(string value) =>
        !value.Contains('\0', StringComparison.Ordinal) ? value : throw new ArgumentException("Names and passwords must not hold NUL.", nameof(value));
}
