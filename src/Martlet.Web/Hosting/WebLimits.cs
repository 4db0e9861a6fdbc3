namespace Martlet.Web.Hosting;

/// <summary>Limits for what browsers and programs send by HTTP. Connections are counted with those of all other protocols.</summary>
public sealed record WebLimits
{
    /// <summary>Bytes of the first line of a request.</summary>
    public int RequestLineBytesMax { get; init; } = 4096;

    /// <summary>Bytes of all header fields of a request.</summary>
    public int HeaderBytesMax { get; init; } = 16 * 1024;

    /// <summary>Header fields of a request.</summary>
    public int HeadersMax { get; init; } = 64;

    /// <summary>Time for the header of a request, from its first byte on.</summary>
    public TimeSpan HeaderTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time for a TLS handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Requests at the same time on one HTTP/2 connection.</summary>
    public int StreamsPerConnectionMax { get; init; } = 32;

    /// <summary>Bytes of a form, unless its route says otherwise.</summary>
    public int FormBytesMax { get; init; } = 64 * 1024;

    /// <summary>Fields of a form.</summary>
    public int FormFieldsMax { get; init; } = 64;

    /// <summary>Bytes of a file that is imported.</summary>
    public long UploadBytesMax { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>Requests that one network (IPv4 address, IPv6 /64) may send at once; they come back evenly, <see cref="RequestsPerMinute"/> of them a minute.</summary>
    public int RequestsAtOnceMax { get; init; } = 300;

    /// <summary>Requests of one network a minute, for any longer time.</summary>
    public int RequestsPerMinute { get; init; } = 600;

    /// <summary>Networks whose requests are counted; when there are more, all start anew.</summary>
    public int NetworksMax { get; init; } = 65_536;

    /// <summary>Whether this machine is held to the rates too. Its users have the machine anyway; tests want to see them work.</summary>
    public bool CountsLoopback { get; init; }

    /// <summary>How long requests under way may take to end when the server stops.</summary>
    public TimeSpan StopPatience { get; init; } = TimeSpan.FromSeconds(5);
}
