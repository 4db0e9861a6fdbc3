using Martlet.Server.Hosting;
using Martlet.Web.Account;
using Martlet.Web.Admin;
using Martlet.Web.Metrics;
using Martlet.Web.Redirects;
using Martlet.Web.Routing;
using Martlet.Web.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Martlet.Web.Hosting;

/// <summary>
/// The web front: an HTTP server on the configured listeners, and for each of them a surface (its own table of routes). What every request passes is here, in order: fault
/// boundary, security header fields, host check, rates; what belongs to a route (session, CSRF, body) is <see cref="RouteRunner"/>'s.
/// </summary>
public sealed class WebHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WebServices _services;

    private WebHost(WebApplication app, WebServices services, IReadOnlyList<Surface> surfaces)
    {
        _app = app;
        _services = services;
        Surfaces = surfaces;
    }

    /// <summary>What is served where.</summary>
    internal IReadOnlyList<Surface> Surfaces { get; }

    /// <summary>What handlers work with, for tests.</summary>
    internal WebServices Services => _services;

    /// <summary>For <see cref="HostParts.StartWeb"/>.</summary>
    public static async Task<IAsyncDisposable> StartAsync(WebContext context) => await StartAsync(context, new WebLimits());

    /// <summary>Starts with limits of one's own.</summary>
    internal static async Task<WebHost> StartAsync(WebContext context, WebLimits limits)
    {
        // Empty: no configuration files, no environment variables, no services but those named here.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "martlet", ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddSingleton<ILoggerFactory>(new WebLoggers(context.Services.Log));
        builder.Services.AddSingleton<IHostLifetime>(new NoLifetime());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = limits.StopPatience);
        WebServer.Configure(builder.WebHost, context, limits);

        var app = builder.Build();
        var services = new WebServices(context, limits, app.Services);
        Surface[] surfaces = [AccountEndpoints.Surface(services), AdminEndpoints.Surface(), HttpEndpoints.Surface(services), MetricsEndpoints.Surface()];
        Use(app, services, surfaces);
        await app.StartAsync();
        return new WebHost(app, services, surfaces);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(_services.Limits.StopPatience, _services.Time);
        await _app.StopAsync(patience.Token);
        await _services.Imports.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static void Use(WebApplication app, WebServices services, IEnumerable<Surface> surfaces)
    {
        var pipelines = surfaces.ToDictionary(surface => surface.Protocol, surface => Pipeline(app.Services, surface, services));
        app.Use(next => context => FaultBoundary.RunAsync(context, next, services));
        app.Use(next => context => SecurityHeaders.RunAsync(context, next));
        app.Use(next => context => HostCheck.RunAsync(context, next, services));
        app.Use(next => context => services.Rates.RunAsync(context, next, services));
        app.Run(context => pipelines.TryGetValue(WebServer.ProtocolOf(context), out var pipeline) ? pipeline(context) : ErrorReplies.NotFound.WriteAsync(context, services));
    }

    // Each surface has a builder of its own: branches of one application share their routes, and an administrator's page must not answer on the public listener.
    private static RequestDelegate Pipeline(IServiceProvider provider, Surface surface, WebServices services)
    {
        var branch = new ApplicationBuilder(provider);
        branch.UseRouting();
        branch.UseEndpoints(endpoints =>
        {
            foreach (var route in surface.Routes)
            {
                endpoints.MapMethods(route.Pattern, route.Methods, context => RouteRunner.RunAsync(context, surface, route, services));
            }
        });
        branch.Run(context => (surface.Fallback ?? ErrorReplies.NotFound).WriteAsync(context, services));
        return branch.Build();
    }
}
