using System.Net;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Martlet.Web.WellKnown;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Safety;

/// <summary>
/// Answers only under names that are ours (RFC 9110 §15.5.20). A page of another site can have its name point at this machine after it was loaded (DNS rebinding), and would
/// then read our pages as its own.
/// </summary>
internal static class HostCheck
{
    /// <summary>Names before our domains that point here: webmail and settings for mail programs.</summary>
    private static readonly string[] Prefixes = ["mail.", "autoconfig.", "autodiscover."];

    /// <summary>Runs the rest if the name is ours.</summary>
    public static Task RunAsync(HttpContext context, RequestDelegate next, WebServices services) =>
        IsOurs(context, services) ? next(context) : ErrorReplies.WrongHost.WriteAsync(context, services);

    private static bool IsOurs(HttpContext context, WebServices services)
    {
        // Whatever the port: it may be mapped to another one before it comes here.
        var host = context.Request.Host.Host;
        if (host.Equals(services.Config.Hostname, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var local = context.Connection.LocalIpAddress ?? IPAddress.None;
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            // An address cannot be made to point elsewhere. Those for this machine may be configured for another address of it.
            return IPAddress.IsLoopback(local) ? IPAddress.IsLoopback(address) : WebServer.ProtocolOf(context).IsForThisMachine && address.Equals(local);
        }

        if (IPAddress.IsLoopback(local) && host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var name = host.ToLowerInvariant();
        // The domain itself may be somebody's web site; what mail programs ask for there is ours.
        return AutoconfigEndpoints.IsAskedOfDomain(context.Request.Path) && services.Store.Directory.HasDomain(name)
            || Array.Exists(Prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal) && services.Store.Directory.HasDomain(name[prefix.Length..]));
    }
}
