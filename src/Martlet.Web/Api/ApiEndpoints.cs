using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Web.Admin;
using Martlet.Web.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Martlet.Web.Api;

/// <summary>
/// The interface for programs: each request of an administrator under its name, JSON in and out, with a token. Cookies are not looked at and other sites get no
/// permission (CORS), so that no browser can be made to use it.
/// </summary>
internal static class ApiEndpoints
{
    private const string Base = "/api/v1";

    private const string Bearer = "Bearer ";

    // A configuration to be applied is the largest there is.
    private const int BodyBytesMax = 4 * 1024 * 1024;

    // Ours have 46.
    private const int TokenCharsMax = 200;

    /// <summary>Its routes.</summary>
    public static IEnumerable<WebRoute> Routes { get; } =
    [
        new("GET", Base, WebAccess.Anybody, request => AsAdministratorAsync(request, _ => Task.FromResult(ApiReply.Of(StatusCodes.Status200OK, ApiDescription.Requests(Base))))),
        new("GET", Base + "/openapi.json", WebAccess.Anybody, request => AsAdministratorAsync(request, _ => Task.FromResult(ApiReply.Of(StatusCodes.Status200OK, ApiDescription.OpenApi(Base))))),
        new("POST", Base + "/{name}", WebAccess.Anybody, request => AsAdministratorAsync(request, by => RunAsync(request, by))) { BodyBytesMax = BodyBytesMax, IsStreamed = true },
    ];

    private static async Task<WebReply> AsAdministratorAsync(WebRequest request, Func<string, Task<WebReply>> answer)
    {
        var field = request.Http.Request.Headers.Authorization.ToString();
        if (field.Length == 0)
        {
            // Nothing was tried: whoever finds out how it works is not counted.
            return ApiReply.Unauthorized("Give a token: Authorization: Bearer mt_…; martlet admin token add makes one.");
        }

        var token = field.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? field[Bearer.Length..].Trim() : "";
        var login = await request.Services.Admin.Administrators!.ByTokenAsync(token.Length <= TokenCharsMax ? token : "", request.LoginContext(), request.Cancel);
        return login.IsDone ? await answer(login.Administrator.Name)
            : login.Refusal == LoginRefusal.Throttled ? ApiReply.Refused(StatusCodes.Status429TooManyRequests, "Too many wrong tokens came from this network. Wait some minutes.")
            : ApiReply.Unauthorized("The token is not taken: it is unknown, or has expired.");
    }

    private static async Task<WebReply> RunAsync(WebRequest request, string by)
    {
        var name = request.Part("name");
        if (!AdminCatalog.Names.Contains(name, StringComparer.Ordinal))
        {
            return ApiReply.Refused(StatusCodes.Status404NotFound, $"There is no request of that name; GET {Base} lists them.");
        }

        var (body, refused) = await ReadBodyAsync(request);
        if (body is null)
        {
            return refused!;
        }

        if (AdminCatalog.Read(name, body, out var problem) is not { } asked)
        {
            return ApiReply.Refused(StatusCodes.Status400BadRequest, problem);
        }

        var reply = await request.RunAsync(asked);
        AdminActions.Note(request, asked, by, reply);
        return ApiReply.Of(reply.Status switch
        {
            AdminStatus.Done => StatusCodes.Status200OK,
            AdminStatus.Refused => StatusCodes.Status422UnprocessableEntity,
            _ => StatusCodes.Status500InternalServerError,
        }, AdminCatalog.Write(reply));
    }

    private static async Task<(byte[]? Body, WebReply? Refused)> ReadBodyAsync(WebRequest request)
    {
        var http = request.Http.Request;
        // A form of another site could be sent without asking: JSON cannot.
        if (http.ContentLength != 0 && (!MediaTypeHeaderValue.TryParse(http.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)))
        {
            return (null, ApiReply.Refused(StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json."));
        }

        try
        {
            using var body = new MemoryStream();
            await http.Body.CopyToAsync(body, request.Cancel);
            return (body.ToArray(), null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, ApiReply.Refused(e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? $"A request has at most {BodyBytesMax / 1024 / 1024} MB." : "The body of the request cannot be read."));
        }
    }
}
