namespace Martlet.Protocols.Sasl.Clients;

/// <summary>What a client has to log in with on a connection.</summary>
public sealed record SaslClientMeans
{
    /// <summary>Whose password it is; empty when there is none.</summary>
    public string AuthenticationId { get; init; } = "";

    /// <summary>The password; null for none.</summary>
    public string? Password { get; init; }

    /// <summary>Whom to act for; empty for the account itself. LOGIN and CRAM-MD5 cannot say it and are left out when it is given.</summary>
    public string AuthorizationId { get; init; } = "";

    /// <summary>Whether the TLS handshake has shown the server a certificate of ours.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>Whether the connection is encrypted and the server's name was verified: passwords are not sent otherwise.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>What the connection can be bound to.</summary>
    public ChannelBindings Bindings { get; init; } = ChannelBindings.None;

    /// <summary>Binding types, the best first.</summary>
    public IReadOnlyList<string> BindingOrder { get; init; } = Scram.ScramClientOptions.DefaultBindingOrder;

    /// <summary>The strongest mechanism that this server has offered and we have used before; null when it is not known.</summary>
    public string? StrongestBefore { get; init; }

    /// <summary>Limits.</summary>
    public SaslLimits Limits { get; init; } = SaslLimits.Default;

    /// <summary>Without the password: records print themselves into logs.</summary>
    public override string ToString() => $"{nameof(SaslClientMeans)} {{ {AuthenticationId} }}";
}
