namespace Martlet.Protocols.Sasl.Scram;

/// <summary>What a SCRAM client needs for one exchange.</summary>
public sealed record ScramClientOptions
{
    /// <summary>Binding types in the order in which they are chosen: the channel itself, then what every stack can, then what only TLS 1.2 defines.</summary>
    public static IReadOnlyList<string> DefaultBindingOrder { get; } =
        [ChannelBindings.ExporterName, ChannelBindings.ServerEndPointName, ChannelBindings.UniqueName];

    /// <summary>Whose password it is.</summary>
    public required string AuthenticationId { get; init; }

    /// <summary>The password.</summary>
    public required string Password { get; init; }

    /// <summary>Our nonce, of this exchange only: <see cref="ScramNonce.From"/>.</summary>
    public required string Nonce { get; init; }

    /// <summary>Whom to act for; empty for the account itself.</summary>
    public string AuthorizationId { get; init; } = "";

    /// <summary>What the connection can be bound to.</summary>
    public ChannelBindings Bindings { get; init; } = ChannelBindings.None;

    /// <summary>Binding types, the best first. One that is not listed is not used.</summary>
    public IReadOnlyList<string> BindingOrder { get; init; } = DefaultBindingOrder;

    /// <summary>
    /// Whether the server announced a -PLUS mechanism: without it, a client that could bind says so, and a server that was robbed of its offer notices.
    /// </summary>
    public bool IsPlusOffered { get; init; }

    /// <summary>Limits.</summary>
    public SaslLimits Limits { get; init; } = SaslLimits.Default;

    /// <summary>The type to bind with; null when the connection has none of the listed.</summary>
    public string? BindingName => BindingOrder.FirstOrDefault(name => Bindings.Find(name) is not null);

    /// <summary>Without the password: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(ScramClientOptions)} {{ {AuthenticationId} }}";
}
