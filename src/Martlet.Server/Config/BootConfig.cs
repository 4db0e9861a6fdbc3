using System.Collections.Immutable;
using Martlet.Server.Observe;

namespace Martlet.Server.Config;

/// <summary>What must be known before the store is open: name, data folder, listeners, certificate, limits. Domains and accounts live in the store.</summary>
/// <remarks>Read from a file by <see cref="ConfigParser"/>, or made by localserve. Immutable.</remarks>
public sealed record BootConfig
{
    /// <summary>Our name in greetings, Received fields and the certificate.</summary>
    public required string Hostname { get; init; }

    /// <summary>Full path of the data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where to listen.</summary>
    public ImmutableArray<ListenAddress> Listeners { get; init; } = StandardListeners;

    /// <summary>Certificate files; null for a self-signed certificate that is made in the data folder.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Bytes of one message, with trace header fields.</summary>
    public long MessageBytesMax { get; init; } = 100L * 1024 * 1024;

    /// <summary>Open connections in all.</summary>
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Open connections from one IPv4 address or IPv6 /64.</summary>
    public int ConnectionsPerAddressMax { get; init; } = 100;

    /// <summary>Whether IMAP clients may log out and in again on one connection (UNAUTHENTICATE).</summary>
    public bool AllowUnauthenticate { get; init; } = true;

    /// <summary>Whether CRAM-MD5 is offered, and what it needs is stored with new passwords.</summary>
    public bool OffersCramMd5 { get; init; }

    /// <summary>How log lines look.</summary>
    public LogFormat LogFormat { get; init; } = LogFormat.Logfmt;

    /// <summary>Bytes on disk of the journal of mail; 0 keeps none.</summary>
    public long JournalBytesMax { get; init; } = 256L * 1024 * 1024;

    /// <summary>OpenTelemetry collector that gets the metrics; null for none.</summary>
    public Uri? Otlp { get; init; }

    /// <summary>All protocols at their standard ports: on all addresses, or on loopback where the protocol is for this machine.</summary>
    public static ImmutableArray<ListenAddress> StandardListeners { get; } = [.. MailProtocol.All.SelectMany(ListenAddress.Standard)];
}

/// <summary>Certificate and key as PEM files.</summary>
/// <param name="Certificate">File with the certificate first, then its chain.</param>
/// <param name="Key">File with the private key.</param>
public sealed record TlsFiles(string Certificate, string Key);
