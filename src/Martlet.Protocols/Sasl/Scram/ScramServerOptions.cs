namespace Martlet.Protocols.Sasl.Scram;

/// <summary>What a SCRAM server needs of the connection and of the world for one exchange.</summary>
public sealed record ScramServerOptions
{
    private readonly bool? _offersPlus;

    /// <summary>Our part of the nonce, of this exchange only: <see cref="ScramNonce.From"/>.</summary>
    public required string Nonce { get; init; }

    /// <summary>Stands in for accounts that do not exist.</summary>
    public required SaslDecoy Decoy { get; init; }

    /// <summary>What the connection can be bound to.</summary>
    public ChannelBindings Bindings { get; init; } = ChannelBindings.None;

    /// <summary>
    /// Whether a -PLUS mechanism is announced on this connection. Unless set: when there is something to bind to. It decides whether a client that says
    /// that we do not offer it has been lied to.
    /// </summary>
    public bool OffersPlus
    {
        get => _offersPlus ?? !Bindings.IsEmpty;
        init => _offersPlus = value;
    }

    /// <summary>Limits.</summary>
    public SaslLimits Limits { get; init; } = SaslLimits.Default;
}
