namespace Martlet.Protocols.Sasl;

/// <summary>The client's side of one authentication exchange (RFC 4422) as values. Base64 and the protocol's own lines are the caller's.</summary>
/// <remarks>Made for one exchange, not thread safe.</remarks>
public interface ISaslClient
{
    /// <summary>Registered name, upper case.</summary>
    string Mechanism { get; }

    /// <summary>What the client says first; null for mechanisms in which the server speaks first. Asked for once.</summary>
    ReadOnlyMemory<byte>? InitialResponse { get; }

    /// <summary>
    /// The exchange may end here with success: everything is sent, and where the mechanism proves the server, it has done so. A server that says OK before
    /// is not believed.
    /// </summary>
    bool IsComplete { get; }

    /// <summary>Answers a challenge of the server.</summary>
    /// <returns>The response, which may be empty; null to give up, because the challenge is not what it should be.</returns>
    ReadOnlyMemory<byte>? Step(ReadOnlySpan<byte> challenge);
}
