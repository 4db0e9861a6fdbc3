using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Martlet.Web.Tests.Support;

/// <summary>What a browser does for a person: keeps cookies, sends forms with what is hidden in them, and says where they come from. It follows no redirect by itself.</summary>
public sealed class Browser : IDisposable
{
    private readonly HttpClient _client;
    private readonly CookieContainer _cookies = new();

    public Browser(string scheme, int port)
    {
        Base = new Uri($"{scheme}://localhost:{port}/");
#pragma warning disable CA5399, CA5400, MA0039 // The server under test has a certificate of its own.
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            CookieContainer = _cookies,
            SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true },
        })
        {
            BaseAddress = Base,
        };
#pragma warning restore CA5399, CA5400, MA0039
    }

    public Uri Base { get; }

    /// <summary>Cookies it has, by name.</summary>
    public IReadOnlyDictionary<string, string> Cookies => _cookies.GetCookies(Base).ToDictionary(cookie => cookie.Name, cookie => cookie.Value, StringComparer.Ordinal);

    public void SetCookie(string name, string value) => _cookies.Add(Base, new Cookie(name, value) { Path = "/", Secure = true });

    public Task<Page> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    /// <param name="path">The page with the form.</param>
    /// <param name="action">Where the form goes.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<Page> SubmitAsync(string path, string action, params (string Name, string Value)[] fields)
    {
        var page = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return await PostAsync(action, [.. page.Hidden(action), .. fields]);
    }

    /// <summary>Sends a form as a page of ours would.</summary>
    public Task<Page> PostAsync(string path, params (string Name, string Value)[] fields) => PostAsync(path, Base.GetLeftPart(UriPartial.Authority), "same-origin", fields);

    /// <summary>Sends a form as it may come from anywhere.</summary>
    public async Task<Page> PostAsync(string path, string? origin, string? site, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (site is not null)
        {
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        return await SendAsync(request);
    }

    public async Task<Page> SendAsync(HttpRequestMessage request)
    {
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        using var response = await _client.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Page(
            response.StatusCode, bytes, response.Headers.Concat(response.Content.Headers)
                .ToDictionary(field => field.Key, field => string.Join(", ", field.Value), StringComparer.OrdinalIgnoreCase), response.Version);
    }

    /// <summary>What it says it is.</summary>
    public string UserAgent { get; set; } = "TestBrowser/1.0";

    public void Dispose() => _client.Dispose();
}

/// <summary>What came back.</summary>
public sealed partial record Page(HttpStatusCode Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers, Version Version)
{
    /// <summary>As text.</summary>
    public string Html { get; } = System.Text.Encoding.UTF8.GetString(Bytes);

    public string? Location => Headers.GetValueOrDefault("Location");

    /// <summary>The page without its markup, as it is read.</summary>
    public string Text => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(Html, " ")), " ");

    /// <summary>Where its forms go.</summary>
    public IEnumerable<string> Actions => Forms().Matches(Html).Select(form => WebUtility.HtmlDecode(form.Groups["action"].Value));

    /// <summary>Hidden fields of a form.</summary>
    public IEnumerable<(string Name, string Value)> Hidden(string action)
    {
        var form = Forms().Matches(Html).FirstOrDefault(form => WebUtility.HtmlDecode(form.Groups["action"].Value) == action);
        Assert.True(form is not null, $"No form goes to {action}:\n{Html}");
        return HiddenInputs().Matches(form.Groups["content"].Value).Select(input => (WebUtility.HtmlDecode(input.Groups["name"].Value), WebUtility.HtmlDecode(input.Groups["value"].Value)));
    }

    [GeneratedRegex("<form[^>]* action=\"(?<action>[^\"]*)\"[^>]*>(?<content>.*?)</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenInputs();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
