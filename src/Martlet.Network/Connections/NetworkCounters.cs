using System.Collections.Concurrent;

namespace Martlet.Network.Connections;

/// <summary>The counters of all services of a server.</summary>
/// <remarks>Thread safe.</remarks>
public sealed class NetworkCounters
{
    private readonly ConcurrentDictionary<string, ServiceCounters> _services = new(StringComparer.Ordinal);

    /// <summary>Those of services that had a listener so far.</summary>
    public IEnumerable<ServiceCounters> Services => _services.Values;

    /// <summary>Those of a service; made when first asked for.</summary>
    public ServiceCounters Of(string service) => _services.GetOrAdd(service, static name => new ServiceCounters(name));
}
