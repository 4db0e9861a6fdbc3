using System.Collections.Concurrent;

namespace Martlet.Network.Connections;

/// <summary>One ticker for the deadlines of all connections: no timer and no token source per read.</summary>
public sealed class Heartbeat : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<long, Connection> _connections = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    /// <summary>Starts ticking.</summary>
    public Heartbeat(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(_ => Tick(), state: null, Period, Period);
    }

    /// <summary>Called once a tick, after the connections, on the ticker's thread: for cheap periodic looks (certificate files).</summary>
    public Action? OnTick { get; set; }

    /// <summary>Open connections.</summary>
    public int Count => _connections.Count;

    /// <summary>All open connections, in no order.</summary>
    public IEnumerable<Connection> Connections => _connections.Values;

    /// <summary>Watches a connection.</summary>
    public void Add(Connection connection) => _connections[connection.Id] = connection;

    /// <summary>Stops watching.</summary>
    public void Remove(Connection connection) => _connections.TryRemove(connection.Id, out _);

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        var now = _time.GetTimestamp();
        foreach (var connection in _connections.Values)
        {
            connection.CheckDeadline(now);
        }

        OnTick?.Invoke();
    }
}
