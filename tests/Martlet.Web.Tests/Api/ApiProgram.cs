using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Martlet.Web.Tests.Support;

namespace Martlet.Web.Tests.Api;

/// <summary>A program that has a token.</summary>
internal sealed class ApiProgram(Browser browser, string token) : IDisposable
{
    public string Token => token;

    public Task<ApiAnswer> PostAsync(string name, string json) => SendAsync(name, json, "Bearer " + token);

    /// <summary>Sends a request with a field Authorization of any form; without it when empty.</summary>
    public async Task<ApiAnswer> SendAsync(string name, string json, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{name}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(json)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        // So that what is too large need not be sent.
        request.Headers.ExpectContinue = json.Length > 1_000_000;
        if (authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        var page = await browser.SendAsync(request);
        return new ApiAnswer(page, page.Html.Length == 0 ? new JsonObject() : JsonNode.Parse(page.Html)!);
    }

    public async Task<Page> RequestAsync(HttpMethod method, string name, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, name.Length == 0 ? "/api/v1" : $"/api/v1/{name}") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await browser.SendAsync(request);
    }

    public void Dispose() => browser.Dispose();
}

/// <summary>What a program gets.</summary>
internal sealed record ApiAnswer(Page Page, JsonNode Json)
{
    public HttpStatusCode Status => Page.Status;
}
