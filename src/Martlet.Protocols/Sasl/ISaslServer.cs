namespace Martlet.Protocols.Sasl;

/// <summary>
/// The server's side of one authentication exchange (RFC 4422) as values: bytes in, a step out. Base64, cancelling and replies are the protocol's; looking up
/// accounts is the caller's. A mechanism that needs the TLS state or stored secrets gets them in its constructor.
/// </summary>
/// <remarks>Made for one exchange, not thread safe.</remarks>
public interface ISaslServer
{
    /// <summary>Registered name, upper case.</summary>
    string Mechanism { get; }

    /// <summary>The challenge to send when the client gave no initial response; empty for mechanisms in which the client speaks first.</summary>
    ReadOnlyMemory<byte> FirstChallenge { get; }

    /// <summary>Takes the client's next response, beginning with the initial one.</summary>
    SaslStep Step(ReadOnlySpan<byte> response);
}
