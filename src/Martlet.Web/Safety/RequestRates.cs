using System.Net;
using Martlet.Network.Connections;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Safety;

/// <summary>Counts requests by network: some at once, and so many a minute for any longer time. Logins have a throttle of their own behind it.</summary>
/// <remarks>Thread safe. One number a network: when its requests are paid for, if each costs an even share of a minute (a leaky bucket).</remarks>
internal sealed class RequestRates(WebLimits limits, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, long> _paidFor = [];
    private readonly long _cost = TimeSpan.TicksPerMinute / limits.RequestsPerMinute;

    /// <summary>Runs the rest, or says that it is too much.</summary>
    public Task RunAsync(HttpContext context, RequestDelegate next, WebServices services)
    {
        var remote = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if ((IPAddress.IsLoopback(remote) && !limits.CountsLoopback) || TryTake(remote))
        {
            return next(context);
        }

        context.Response.Headers.RetryAfter = "10";
        return ErrorReplies.TooManyRequests.WriteAsync(context, services);
    }

    /// <summary>Counts a request.</summary>
    /// <returns>False when it is one too many; it does not count then.</returns>
    public bool TryTake(IPAddress remote)
    {
        var key = ConnectionLimits.Key(remote);
        var now = time.GetUtcNow().Ticks;
        lock (_lock)
        {
            var paid = Math.Max(_paidFor.GetValueOrDefault(key), now) + _cost;
            if (paid - now > _cost * limits.RequestsAtOnceMax)
            {
                return false;
            }

            if (_paidFor.Count >= limits.NetworksMax && !_paidFor.ContainsKey(key))
            {
                Forget(now);
            }

            _paidFor[key] = paid;
            return true;
        }
    }

    // Those that owe nothing are as good as new ones. If all owe something, all start anew: a limit of memory counts more than a fair one here.
    private void Forget(long now)
    {
        foreach (var (key, _) in _paidFor.Where(entry => entry.Value <= now).ToList())
        {
            _paidFor.Remove(key);
        }

        if (_paidFor.Count >= limits.NetworksMax)
        {
            _paidFor.Clear();
        }
    }
}
