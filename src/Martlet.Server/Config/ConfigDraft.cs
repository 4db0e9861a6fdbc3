using Martlet.Server.Observe;

namespace Martlet.Server.Config;

/// <summary>A configuration while its lines are read.</summary>
internal sealed class ConfigDraft
{
    /// <summary>Folder of the file: relative paths count from there.</summary>
    public required string BaseFolder { get; init; }

    public string? Hostname { get; set; }

    public string? DataFolder { get; set; }

    public List<ListenAddress> Listeners { get; } = [];

    public TlsFiles? Tls { get; set; }

    public long? MessageBytesMax { get; set; }

    public int? ConnectionsMax { get; set; }

    public int? ConnectionsPerAddressMax { get; set; }

    public bool? AllowUnauthenticate { get; set; }

    public bool? OffersCramMd5 { get; set; }

    public LogFormat? LogFormat { get; set; }

    public long? JournalBytesMax { get; set; }

    public Uri? Otlp { get; set; }

    public string FullPath(string path) => Path.GetFullPath(path, BaseFolder);

    /// <summary>The configuration, once nothing is missing.</summary>
    public BootConfig Finish(string hostname, string dataFolder)
    {
        var config = new BootConfig { Hostname = hostname, DataFolder = dataFolder, Tls = Tls };
        return config with
        {
            Listeners = Listeners.Count > 0 ? [.. Listeners] : BootConfig.StandardListeners,
            MessageBytesMax = MessageBytesMax ?? config.MessageBytesMax,
            ConnectionsMax = ConnectionsMax ?? config.ConnectionsMax,
            ConnectionsPerAddressMax = ConnectionsPerAddressMax ?? config.ConnectionsPerAddressMax,
            AllowUnauthenticate = AllowUnauthenticate ?? config.AllowUnauthenticate,
            OffersCramMd5 = OffersCramMd5 ?? config.OffersCramMd5,
            LogFormat = LogFormat ?? config.LogFormat,
            JournalBytesMax = JournalBytesMax ?? config.JournalBytesMax,
            Otlp = Otlp,
        };
    }
}
