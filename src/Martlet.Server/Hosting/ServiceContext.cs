using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Metrics;
using Martlet.Store;

namespace Martlet.Server.Hosting;

/// <summary>What a protocol is built from when the server starts.</summary>
/// <param name="Config">Boot configuration.</param>
/// <param name="Store">The open store.</param>
/// <param name="Authenticator">Checks logins; one for all protocols, so that failures and remembered logins count together.</param>
/// <param name="Tls">Certificate.</param>
/// <param name="Time">Clock.</param>
/// <param name="Log">Gives each area its logger.</param>
public sealed record ServiceContext(BootConfig Config, MailStore Store, Authenticator Authenticator, TlsSource Tls, TimeProvider Time, LogOutput Log)
{
    /// <summary>Metrics and journal.</summary>
    public Observation Observation { get; init; } = Observation.None;

    /// <summary>The page of metrics; null where there is none.</summary>
    public MetricsCollector? Metrics { get; init; }
}

/// <summary>Makes the service of one protocol.</summary>
public delegate IConnectionService ServiceFactory(ServiceContext context);
