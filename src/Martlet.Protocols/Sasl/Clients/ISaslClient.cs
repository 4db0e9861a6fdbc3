namespace Martlet.Protocols.Sasl.Clients;

/// <summary>
/// The client's side of one authentication exchange (RFC 4422) as values: challenges in, responses out. Base64 and the protocol's commands are the caller's.
/// </summary>
/// <remarks>
/// Made for one exchange, not thread safe. A caller that cannot send an initial response answers the server's first, empty challenge with
/// <see cref="InitialResponse"/> itself, when there is one. When the server reports success, the caller believes it only if <see cref="IsComplete"/>.
/// </remarks>
public interface ISaslClient
{
    /// <summary>Registered name, upper case.</summary>
    string Mechanism { get; }

    /// <summary>What the client says first, may be empty; null for mechanisms in which the server speaks first.</summary>
    ReadOnlyMemory<byte>? InitialResponse { get; }

    /// <summary>
    /// Whether everything that the mechanism wants has happened. False before the end: a server that reports success then has not proved who it is (SCRAM) or
    /// does not speak the mechanism, and the connection is not to be used.
    /// </summary>
    bool IsComplete { get; }

    /// <summary>Takes the server's next challenge, or its data with success.</summary>
    SaslClientStep Step(ReadOnlySpan<byte> challenge);
}
