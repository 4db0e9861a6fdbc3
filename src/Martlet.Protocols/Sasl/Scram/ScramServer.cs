using System.Security.Cryptography;
using System.Text;

namespace Martlet.Protocols.Sasl.Scram;

/// <summary>
/// SCRAM, the server's side: both ends prove that they know the password and neither says it, and with channel binding also that nobody sits between them
/// (RFC 5802, RFC 7677). The client's first message asks for a secret, the second is checked with it.
/// </summary>
/// <remarks>
/// Unknown names go through the same steps with a decoy and fail at the proof, as a wrong password does. Proof and channel binding are both computed before one
/// is judged; a wrong binding is only told to whom has the right proof, so it is seldom a false alarm.
/// </remarks>
public sealed class ScramServer : ISaslServer
{
    private readonly ScramHash _hash;
    private readonly bool _isPlus;
    private readonly ScramServerOptions _options;

    private State _state;
    private ScramClientFirst? _first;
    private ScramCredentials? _credentials;
    private bool _isKnown;
    private byte[] _serverFirst = [];

    /// <summary>Begins an exchange.</summary>
    /// <param name="hash">The hash function.</param>
    /// <param name="isPlus">Whether the client chose the -PLUS name.</param>
    /// <param name="options">Nonce, decoy, bindings.</param>
    /// <exception cref="ArgumentException">The nonce is empty or has characters that a nonce cannot have.</exception>
    public ScramServer(ScramHash hash, bool isPlus, ScramServerOptions options)
    {
        if (options.Nonce.Length == 0 || !ScramReader.IsNonce(Encoding.UTF8.GetBytes(options.Nonce)))
        {
            throw new ArgumentException("Not a nonce.", nameof(options));
        }

        (_hash, _isPlus, _options) = (hash, isPlus, options);
    }

    private enum State
    {
        ClientFirst,
        Secret,
        ClientFinal,
        Over,
    }

    /// <inheritdoc/>
    public string Mechanism => _isPlus ? _hash.PlusName : _hash.Name;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> FirstChallenge => default;

    /// <inheritdoc/>
    public SaslStep Step(ReadOnlySpan<byte> response) => _state switch
    {
        State.ClientFirst => TakeFirst(response),
        State.ClientFinal => TakeFinal(response),
        _ => throw new InvalidOperationException("The exchange waits for a secret, or is over."),
    };

    /// <inheritdoc/>
    public SaslStep Resume(SaslSecret? stored)
    {
        if (_state != State.Secret)
        {
            throw new InvalidOperationException("The exchange does not wait for a secret.");
        }

        if (stored is not null && (stored is not ScramCredentials given || given.Hash != _hash))
        {
            throw new ArgumentException($"A secret of {stored.Kind} is none of {_hash.Name}.", nameof(stored));
        }

        // The decoy is made for known names too: the time says nothing.
        var decoy = _options.Decoy.ForScram(_hash, _first!.Username);
        _isKnown = stored is not null;
        _credentials = stored as ScramCredentials ?? decoy;
        _serverFirst = Encoding.ASCII.GetBytes(
            $"r={_first.Nonce}{_options.Nonce},s={Convert.ToBase64String(_credentials.Salt.Span)},i={_credentials.Iterations}");
        _state = State.ClientFinal;
        return new SaslStep.Challenge(_serverFirst);
    }

    private SaslStep TakeFirst(ReadOnlySpan<byte> response)
    {
        _state = State.Over;
        (_first, var error) = ScramClientFirst.Read(response, _options.Limits);
        error ??= CheckFlag(_first!);
        if (error is not null)
        {
            return error.ToStep();
        }

        _state = State.Secret;
        return new SaslStep.NeedSecret(_first!.Username, _first.AuthorizationId, _hash.Name);
    }

    // RFC 5802 §6. imtest of Cyrus SASL chooses the plain name and binds: taken where -PLUS is offered, and checked as strictly.
    private ScramError? CheckFlag(ScramClientFirst first) => first.Flag switch
    {
        Gs2Flag.Bound when !_options.OffersPlus => ScramError.ChannelBindingNotSupported,
        Gs2Flag.Bound => _options.Bindings.Find(first.BindingName) is null ? ScramError.UnsupportedChannelBindingType : null,
        Gs2Flag.ServerLacksIt when _options.OffersPlus => ScramError.ServerDoesSupportChannelBinding,
        _ => _isPlus ? ScramError.Other : null,
    };

    private SaslStep TakeFinal(ReadOnlySpan<byte> response)
    {
        _state = State.Over;
        var (final, error) = ScramClientFinal.Read(response, _hash, _options.Limits);
        if (final is null)
        {
            return error!.ToStep();
        }

        if (!CryptographicOperations.FixedTimeEquals(final.Nonce, Encoding.ASCII.GetBytes(_first!.Nonce + _options.Nonce)))
        {
            return ScramError.Other.ToStep();
        }

        byte[] authMessage = [.. _first.Bare, (byte)',', .. _serverFirst, (byte)',', .. final.WithoutProof];
        var isProved = IsProof(final.Proof, authMessage) & _isKnown;
        var isBound = CryptographicOperations.FixedTimeEquals(final.Binding, ExpectedBinding());
        var signature = ScramKeys.Signature(_hash, _credentials!.ServerKey.Span, authMessage);
        return (isProved, isBound) switch
        {
            (false, _) => ScramError.InvalidProof.ToStep(),
            (true, false) => ScramError.ChannelBindingsDontMatch.ToStep(),
            (true, true) => new SaslStep.Proved(
                _first.AuthorizationId, _first.Username, Encoding.ASCII.GetBytes("v=" + Convert.ToBase64String(signature))),
        };
    }

    private bool IsProof(byte[] proof, byte[] authMessage)
    {
        var clientKey = ScramKeys.Xor(proof, ScramKeys.Signature(_hash, _credentials!.StoredKey.Span, authMessage));
        return CryptographicOperations.FixedTimeEquals(ScramKeys.StoredKey(_hash, clientKey), _credentials.StoredKey.Span);
    }

    // RFC 5802 §6: the server makes the value of c= itself and compares.
    private byte[] ExpectedBinding()
    {
        var data = _first!.Flag == Gs2Flag.Bound ? _options.Bindings.Find(_first.BindingName)!.Value : default;
        return Encoding.ASCII.GetBytes(Convert.ToBase64String([.. _first.Gs2Header, .. data.Span]));
    }
}
