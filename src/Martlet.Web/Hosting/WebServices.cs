using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Martlet.Store;
using Martlet.Web.Pages;
using Martlet.Web.Safety;
using Martlet.Web.Sessions;
using Martlet.Web.Transfer;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Hosting;

/// <summary>What every handler works with.</summary>
public sealed class WebServices
{
    internal WebServices(WebContext context, WebLimits limits, IServiceProvider provider)
    {
        Context = context;
        Limits = limits;
        Logger = context.Services.Log.Area(WebLoggers.Area);
        Sessions = new WebSessions(Store, Time);
        Imports = new ImportJobs(Logger, Time);
        Rates = new RequestRates(limits, context.Services.Time);
        Renderer = new PageRenderer(provider, new WebLoggers(context.Services.Log));
    }

    /// <summary>What the server gave.</summary>
    public WebContext Context { get; }

    /// <summary>Limits.</summary>
    public WebLimits Limits { get; }

    /// <summary>Boot configuration.</summary>
    public BootConfig Config => Context.Services.Config;

    /// <summary>Port under which browsers come with TLS: the standard one if it is served.</summary>
    public int HttpsPort
    {
        get
        {
            var ports = Context.Listeners.Where(listener => listener.Protocol == MailProtocol.Https).Select(listener => listener.EndPoint.Port).ToHashSet();
            return ports.Count == 0 || ports.Contains(MailProtocol.Https.Port) ? MailProtocol.Https.Port : ports.Min();
        }
    }

    /// <summary>The open store. Pages read it; they change it by use cases only.</summary>
    public MailStore Store => Context.Services.Store;

    /// <summary>Checks logins, together with all other protocols.</summary>
    public Authenticator Authenticator => Context.Services.Authenticator;

    /// <summary>What use cases work on.</summary>
    public AdminContext Admin => Context.Admin;

    /// <summary>Clock.</summary>
    public TimeProvider Time => Context.Services.Time;

    /// <summary>Log of the area.</summary>
    public ILogger Logger { get; }

    /// <summary>Sessions of the pages.</summary>
    internal WebSessions Sessions { get; }

    /// <summary>Imports from the pages.</summary>
    internal ImportJobs Imports { get; }

    /// <summary>Counts requests.</summary>
    internal RequestRates Rates { get; }

    /// <summary>Makes HTML of components.</summary>
    internal PageRenderer Renderer { get; }
}
