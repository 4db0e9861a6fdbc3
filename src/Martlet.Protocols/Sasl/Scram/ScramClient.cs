using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;
using Martlet.Protocols.Sasl.Clients;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>SCRAM, the client's side (RFC 5802, RFC 7677): proves the password without saying it, and makes the server prove that it knows it too.</summary>
/// <remarks>The step that takes the server's first message computes all iterations: some 0.1 s of CPU, more with a server that wants more.</remarks>
public sealed class ScramClient : ISaslClient
{
    private const int ServerErrorCharsMax = 128;

    private readonly ScramHash _hash;
    private readonly bool _isPlus;
    private readonly ScramClientOptions _options;
    private readonly byte[] _gs2Header;
    private readonly byte[] _bare;

    private State _state;
    private byte[] _expectedSignature = [];

    /// <summary>Begins an exchange.</summary>
    /// <exception cref="ArgumentException">-PLUS is wanted, and the connection has no binding that may be used; or the nonce or an identity cannot be sent.</exception>
    public ScramClient(ScramHash hash, bool isPlus, ScramClientOptions options)
    {
        if (options.Nonce.Length == 0 || !ScramReader.IsNonce(Encoding.UTF8.GetBytes(options.Nonce)))
        {
            throw new ArgumentException("Not a nonce.", nameof(options));
        }

        if (options.AuthenticationId.Length == 0
            || options.AuthenticationId.Contains('\0', StringComparison.Ordinal) || options.AuthorizationId.Contains('\0', StringComparison.Ordinal))
        {
            throw new ArgumentException("An identity is empty or has a NUL.", nameof(options));
        }

        (_hash, _isPlus, _options) = (hash, isPlus, options);
        var authorization = options.AuthorizationId.Length == 0 ? "" : "a=" + Escape(options.AuthorizationId);
        _gs2Header = Encoding.UTF8.GetBytes($"{Flag(isPlus, options)},{authorization},");
        _bare = Encoding.UTF8.GetBytes($"n={Escape(options.AuthenticationId)},r={options.Nonce}");
        InitialResponse = (byte[])[.. _gs2Header, .. _bare];
    }

    private enum State
    {
        ServerFirst,
        ServerFinal,
        Over,
    }

    /// <inheritdoc/>
    public string Mechanism => _isPlus ? _hash.PlusName : _hash.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? InitialResponse { get; }

    /// <inheritdoc/>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public SaslClientStep Step(ReadOnlySpan<byte> challenge)
    {
        var state = _state;
        _state = State.Over;
        if (state == State.Over)
        {
            IsComplete = false;
            return new SaslClientStep.Failed(SaslClientFailure.Unexpected);
        }

        // A server may say an error in place of its first message too.
        return ServerError(challenge) ?? (state == State.ServerFirst ? TakeFirst(challenge) : TakeFinal(challenge));
    }

    private static string Flag(bool isPlus, ScramClientOptions options) => (isPlus, options.BindingName) switch
    {
        (true, null) => throw new ArgumentException("There is nothing to bind to.", nameof(options)),
        (true, { } name) => "p=" + name,
        (false, { }) when !options.IsPlusOffered => "y",
        (false, _) => "n",
    };

    private SaslClientStep TakeFirst(ReadOnlySpan<byte> challenge)
    {
        var (first, failure) = ScramServerFirst.Read(challenge, _options.Nonce, _options.Limits);
        if (first is null)
        {
            return new SaslClientStep.Failed(failure);
        }

        var data = _isPlus ? _options.Bindings.Find(_options.BindingName!)!.Value : default;
        var withoutProof = Encoding.ASCII.GetBytes($"c={Convert.ToBase64String([.. _gs2Header, .. data.Span])},r={first.Nonce}");
        byte[] authMessage = [.. _bare, (byte)',', .. challenge, (byte)',', .. withoutProof];

        var password = ClientPassword.Prepare(_options.Password);
        var salted = ScramKeys.SaltedPassword(_hash, password, first.Salt, first.Iterations);
        var clientKey = ScramKeys.ClientKey(_hash, salted);
        var proof = ScramKeys.Xor(clientKey, ScramKeys.Signature(_hash, ScramKeys.StoredKey(_hash, clientKey), authMessage));
        _expectedSignature = ScramKeys.Signature(_hash, ScramKeys.ServerKey(_hash, salted), authMessage);
        CryptographicOperations.ZeroMemory(password);
        CryptographicOperations.ZeroMemory(salted);
        CryptographicOperations.ZeroMemory(clientKey);

        _state = State.ServerFinal;
        return new SaslClientStep.Respond((byte[])[.. withoutProof, .. ",p="u8, .. Encoding.ASCII.GetBytes(Convert.ToBase64String(proof))]);
    }

    private SaslClientStep TakeFinal(ReadOnlySpan<byte> challenge)
    {
        var reader = new ScramReader(challenge);
        if (challenge.Length > _options.Limits.ScramMessageBytesMax || !Utf8.IsValid(challenge) || challenge.Contains((byte)0)
            || !reader.Attribute('v', out var text) || !StrictBase64.TryDecode(text, out var signature) || !reader.Extensions())
        {
            return new SaslClientStep.Failed(SaslClientFailure.Malformed);
        }

        IsComplete = CryptographicOperations.FixedTimeEquals(signature, _expectedSignature);
        return IsComplete ? new SaslClientStep.Respond(default) : new SaslClientStep.Failed(SaslClientFailure.BadServerSignature);
    }

    private static SaslClientStep.Failed? ServerError(ReadOnlySpan<byte> challenge)
    {
        if (challenge is not [(byte)'e', (byte)'=', ..])
        {
            return null;
        }

        // The server's text goes into logs: what it may be made of is ours to say.
        var value = challenge[2..];
        var end = value.IndexOf((byte)',');
        value = end < 0 ? value : value[..end];
        var text = Encoding.ASCII.GetString(value[..Math.Min(value.Length, ServerErrorCharsMax)]);
        return new SaslClientStep.Failed(
            SaslClientFailure.ServerError,
            string.Create(text.Length, text, static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = source[i] is > ' ' and < '\x7F' ? source[i] : '?';
                }
            }));
    }

    private static string Escape(string name) => name.Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal);
}
