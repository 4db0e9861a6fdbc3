namespace Martlet.Protocols.Sasl;

/// <summary>
/// What a TLS connection can be recognised by from both ends (RFC 5056), for each type the connection has: the caller fills it from its TLS stack. A type that
/// is null is not available, and an exchange that wants it fails.
/// </summary>
/// <remarks>Immutable. The bytes are those of the type's definition, without a prefix.</remarks>
public sealed record ChannelBindings
{
    /// <summary>Name of <see cref="Exporter"/>.</summary>
    public const string ExporterName = "tls-exporter";

    /// <summary>Name of <see cref="ServerEndPoint"/>.</summary>
    public const string ServerEndPointName = "tls-server-end-point";

    /// <summary>Name of <see cref="Unique"/>.</summary>
    public const string UniqueName = "tls-unique";

    /// <summary>No TLS, or a TLS stack that tells nothing.</summary>
    public static ChannelBindings None { get; } = new();

    /// <summary>
    /// Keying material exported with the label <c>EXPORTER-Channel-Binding</c>, 32 bytes. With TLS 1.2 only when the master secret is extended (RFC 9266 §2).
    /// </summary>
    public ReadOnlyMemory<byte>? Exporter { get; init; }

    /// <summary>Hash of the server's certificate (RFC 5929 §4): weaker, it holds for every connection to that server, but every TLS stack has it.</summary>
    public ReadOnlyMemory<byte>? ServerEndPoint { get; init; }

    /// <summary>The first Finished message (RFC 5929 §3). Not defined for TLS 1.3 (RFC 9266 §3), and not safe without extended master secret (RFC 7627).</summary>
    public ReadOnlyMemory<byte>? Unique { get; init; }

    /// <summary>Whether there is nothing to bind to.</summary>
    public bool IsEmpty => Exporter is null && ServerEndPoint is null && Unique is null;

    /// <summary>The binding of that name (case counts, RFC 5056 §7.1); null when the connection does not have it.</summary>
    public ReadOnlyMemory<byte>? Find(string name) => name switch
    {
        ExporterName => Exporter,
        ServerEndPointName => ServerEndPoint,
        UniqueName => Unique,
        _ => null,
    };

    /// <summary>The names only: records print themselves into logs.</summary>
    public override string ToString() =>
        $"{nameof(ChannelBindings)} {{ {string.Join(' ', new[] { ExporterName, ServerEndPointName, UniqueName }.Where(name => Find(name) is not null))} }}";
}
