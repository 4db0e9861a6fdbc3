using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Martlet.Server.Admin;
using Martlet.Web.Hosting;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;

namespace Martlet.Web.Api;

/// <summary>An answer in JSON.</summary>
internal sealed class ApiReply : WebReply
{
    private static readonly JsonSerializerOptions ForPeople = new() { WriteIndented = true };

    private readonly byte[] _json;

    private ApiReply(int status, byte[] json)
    {
        Status = status;
        _json = json;
    }

    private string Challenge { get; init; } = "";

    /// <summary>JSON that is there.</summary>
    public static WebReply Of(int status, byte[] json) => new ApiReply(status, json);

    /// <summary>A description.</summary>
    public static WebReply Of(int status, JsonNode json) => new ApiReply(status, Encoding.UTF8.GetBytes(json.ToJsonString(ForPeople)));

    /// <summary>What is refused before a request is carried out, in the form of its replies.</summary>
    public static WebReply Refused(int status, string text) => new ApiReply(status, AdminCatalog.Write(AdminReply.Refused(text)));

    /// <summary>No token, or none that is taken (RFC 6750 §3).</summary>
    public static WebReply Unauthorized(string text) =>
        new ApiReply(StatusCodes.Status401Unauthorized, AdminCatalog.Write(AdminReply.Refused(text))) { Challenge = "Bearer realm=\"martlet\"" };

    /// <inheritdoc/>
    public override async Task WriteAsync(HttpContext context, WebServices services)
    {
        context.Response.StatusCode = Status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _json.Length;
        if (Challenge.Length > 0)
        {
            context.Response.Headers.WWWAuthenticate = Challenge;
        }

        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(_json, context.RequestAborted);
        }
    }
}
