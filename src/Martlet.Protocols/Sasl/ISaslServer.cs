namespace Martlet.Protocols.Sasl;

/// <summary>
/// The server's side of one authentication exchange (RFC 4422) as values: bytes in, a step out. Base64, cancelling and replies are the protocol's; looking up
/// accounts is the caller's. What a mechanism needs of the connection (channel bindings, client certificate) and of the world (nonces) it gets in its constructor.
/// </summary>
/// <remarks>
/// Made for one exchange, not thread safe. The caller passes <see cref="FirstChallenge"/> on when there is no initial response, gives each response to
/// <see cref="Step"/>, and answers <see cref="SaslStep.NeedSecret"/> with <see cref="Resume"/>; any other step than a challenge or that one is the last.
/// </remarks>
public interface ISaslServer
{
    /// <summary>Registered name, upper case.</summary>
    string Mechanism { get; }

    /// <summary>
    /// Whether the client may send a response together with the command. For those mechanisms where it may not, the protocol refuses the command when it has
    /// one (RFC 9051 §6.2.2, RFC 4954 §4).
    /// </summary>
    bool TakesInitialResponse => true;

    /// <summary>The challenge to send when the client gave no initial response; empty for mechanisms in which the client speaks first.</summary>
    ReadOnlyMemory<byte> FirstChallenge { get; }

    /// <summary>Takes the client's next response, beginning with the initial one.</summary>
    /// <exception cref="InvalidOperationException">The exchange waits for <see cref="Resume"/> or is over: a bug of the caller.</exception>
    SaslStep Step(ReadOnlySpan<byte> response);

    /// <summary>Goes on after <see cref="SaslStep.NeedSecret"/>.</summary>
    /// <param name="stored">
    /// The secret of that kind that the account has; null when there is no such account or it has none. The exchange then goes on all the same, in the same
    /// time, and fails like one with a wrong password.
    /// </param>
    /// <exception cref="InvalidOperationException">The exchange does not wait for a secret: a bug of the caller.</exception>
    /// <exception cref="ArgumentException">The secret is of another kind than asked for.</exception>
    SaslStep Resume(SaslSecret? stored) => throw new InvalidOperationException($"{Mechanism} asks for no secret.");
}
