using System.Net;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Web.Hosting;
using Martlet.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Martlet.Web.Routing;

/// <summary>A request that has passed the checks of its route, as handlers see it.</summary>
internal sealed class WebRequest
{
    public WebRequest(HttpContext context, Surface surface, WebServices services)
    {
        Http = context;
        Surface = surface;
        Services = services;
    }

    /// <summary>The request itself.</summary>
    public HttpContext Http { get; }

    /// <summary>Where it came in.</summary>
    public Surface Surface { get; }

    /// <summary>What handlers work with.</summary>
    public WebServices Services { get; }

    /// <summary>Who is signed in; never null where the route wants somebody.</summary>
    public SignedIn? User { get; init; }

    /// <summary>Whose account it is, on account pages.</summary>
    public SignedIn Me => User ?? throw new InvalidOperationException("A route for everybody asks who is signed in.");

    /// <summary>What forms on the answer's page carry; empty where there are none.</summary>
    public string FormToken { get; init; } = "";

    /// <summary>Fields of the form; empty without one.</summary>
    public IFormCollection Form { get; init; } = FormCollection.Empty;

    /// <summary>Ends when the browser is gone.</summary>
    public CancellationToken Cancel => Http.RequestAborted;

    /// <summary>The peer.</summary>
    public IPAddress Remote => Http.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>What the browser says it is: anybody's text.</summary>
    public string Client => Http.Request.Headers.UserAgent.ToString();

    /// <summary>A field of the form; empty when it is not there.</summary>
    public string Field(string name) => Form[name].ToString();

    /// <summary>Whether a box of the form is ticked.</summary>
    public bool IsTicked(string name) => Form[name].Count > 0;

    /// <summary>A part of the path.</summary>
    public string Part(string name) => Http.GetRouteValue(name) as string ?? "";

    /// <summary>A parameter behind the question mark; empty when it is not there.</summary>
    public string Query(string name) => Http.Request.Query[name].ToString();

    /// <summary>Whether a form's token is the right one. Takes the same time whatever it is.</summary>
    public bool IsTokenRight(string token) => FormTokens.AreSame(FormToken, token);

    /// <summary>Carries out a use case.</summary>
    public Task<AdminReply> RunAsync(AdminRequest request) => AdminRunner.RunAsync(request, Services.Admin with { Client = LoginContext() }, Cancel);

    /// <summary>The request as logins see it.</summary>
    public LoginContext LoginContext() => LoginContexts.Of(this);
}
