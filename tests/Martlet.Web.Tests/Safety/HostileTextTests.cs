using System.Net;
using System.Text.RegularExpressions;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Safety;

/// <summary>Texts that users, mail programs and strangers can choose are text on every page, whatever is in them.</summary>
public sealed partial class HostileTextTests
{
    public static readonly TheoryData<string> Texts =
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</textarea><script>alert(1)</script>",
        "</title></style><svg/onload=alert(1)>",
        "javascript:alert(1)",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "{{constructor.constructor('alert(1)')()}}",
        "<!--", "]]>", "@(1+1)", "\u202Egnp.exe", "a\u0000b",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task They_change_nothing_of_the_pages_but_their_text(string text)
    {
        await using var site = await Site.StartAsync();
        using var clean = await site.SignInAsync(TestServer.Bob);
        using var alice = site.NewBrowser();
        alice.UserAgent = OneLine(text);
        await alice.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password));
        var store = site.Server.Store;
        var id = site.Server.Account(TestServer.Alice).Id;

        await alice.SubmitAsync("/", "/name", ("name", text));
        await site.Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await alice.SubmitAsync("/keys", "/keys/change", ("name", text));
        await store.AddAddressAsync(id, $"\"{OneLine(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"@example.org");
        var context = new LoginContext("imap", "c1", IPAddress.Loopback) { Client = text };
        await site.Server.Authenticator.LoginAsync(TestServer.Alice, "wrong", context);
        var login = await site.Server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context);
        using var open = site.Server.Authenticator.Open.Add(login.Grant!, context, () => { });
        await site.Server.Journal.FlushAsync(isLast: true);

        foreach (var path in new[] { "/", "/password", "/keys", "/sessions", "/logins", "/extensions", "/programs", "/transfer" })
        {
            Harmless((await alice.GetAsync(path)).Html);
            Harmless((await alice.GetAsync($"{path}?done={Uri.EscapeDataString(text)}&x={Uri.EscapeDataString(text)}")).Html);
        }

        Harmless((await alice.SubmitAsync("/", "/name", ("name", text + new string('x', 500)))).Html);
        Harmless((await alice.SubmitAsync("/keys", "/keys/add", ("pem", text), ("name", text), ("address", text), ("current", text))).Html);
        Harmless((await alice.SubmitAsync("/keys", "/keys/make", ("name", text), ("kind", text), ("file-kind", text), ("file-password", text), ("current", text))).Html);
        Harmless((await alice.SubmitAsync("/keys", "/keys/remove", ("id", text))).Html);
        Harmless((await alice.SubmitAsync("/sessions", "/connections/end", ("id", text))).Html);
        using var visitor = site.NewBrowser();
        Harmless((await visitor.SubmitAsync("/sign-in", "/sign-in", ("name", text), ("password", text))).Html);
        if (!text.Contains('\0', StringComparison.Ordinal))
        {
            // The HTTP server itself refuses a path with NUL, without a page.
            Harmless((await visitor.GetAsync("/" + Uri.EscapeDataString(text))).Html);
        }

        await store.SetDisabledAsync(id, text);
        Harmless((await visitor.SubmitAsync("/sign-in", "/sign-in", ("name", TestServer.Alice), ("password", TestServer.Password))).Html);
    }

    // Tags and attributes are those that our components write, and nothing else.
    private static void Harmless(string html)
    {
        Assert.Equal(1, Regex.Count(html, "<script"));
        Assert.Matches("<script src=\"/assets/[0-9a-f]{16}/site.js\" type=\"module\"></script>", html);
        Assert.DoesNotContain("<!--", html.Replace("<!DOCTYPE", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (Match tag in Tags().Matches(html))
        {
            Assert.Matches("(?s)^</?(!DOCTYPE html|html|head|meta|title|link|script|body|a|header|span|div|form|input|button|nav|ul|li|main|h1|h2|h3|p|section|strong|meter|small|table|thead|tbody|tr|th|td|br|time|details|summary|dl|dt|dd|code|pre|fieldset|legend|label|select|option|textarea|text|svg|path|img|rect|g|progress|figure|figcaption)\\b", tag.Value);
            Assert.True(!tag.Value.StartsWith("<img", StringComparison.OrdinalIgnoreCase) || tag.Value.StartsWith("<img class=\"logo\" src=\"/assets/", StringComparison.Ordinal), tag.Value);
            Assert.DoesNotMatch("(?is)\\s(on[a-z]+|style|srcdoc|formaction)\\s*=", QuotedValues().Replace(tag.Value, "=\"\""));
            Assert.DoesNotMatch("(?is)(href|src|action)=\"(?!/|#|https://mail\\.example\\.org:)", tag.Value);
        }
    }

    private static string OneLine(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~'));

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex QuotedValues();
}
