using System.Net;
using System.Text.RegularExpressions;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Web.Routing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

/// <summary>Texts that users, mail programs, strangers and other administrators can choose are text on administrators' pages, and so is what comes back in a form.</summary>
public sealed partial class AdminHostileTextTests
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
        "<!--", "]]>", "@(1+1)", "\u202Egnp.exe",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task They_change_nothing_of_the_pages_but_their_text(string text)
    {
        await using var site = await AdminSite.StartAsync();
        var (store, server) = (site.Server.Store, site.Server);
        var quoted = $"\"{string.Concat(text.Where(c => c is >= ' ' and <= '~')).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"@example.org";
        await store.AddAddressAsync(server.Account(TestServer.Alice).Id, quoted);
        await site.DoAsync(new SetDisplayName(TestServer.Alice, text));
        await store.SetDisabledAsync(server.Account(TestServer.Bob).Id, text);
        await store.Settings.SetAliasAsync(new AliasEntry("all@example.org", [TestServer.Alice], text));
        await store.Settings.ChangeDomainAsync("example.org", domain => domain with { Description = text });
        await store.Settings.AddTokenAsync(new ApiToken(new string('a', 64), text, AdminSite.Ada, 0, Expires: null));
        await server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        await store.Settings.ChangeKeyAsync(TestKeys.Phone.Key.Fingerprint, key => key with { Name = text });
        var context = new LoginContext("imap", "c1", IPAddress.Loopback) { Client = text };
        await server.Authenticator.LoginAsync(text, "wrong", context);
        var login = await server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context);
        using var open = server.Authenticator.Open.Add(login.Grant!, context, () => { });
        await server.Journal.FlushAsync(isLast: true);
        using var ada = await site.SignInAdminAsync();
        var token = (await ada.GetAsync("/")).Hidden("/sign-out").Single();
        var hostile = Uri.EscapeDataString(text);

        foreach (var route in AdminSafetyTests.Routes(site).Where(route => route is { Method: "GET", Access: not WebAccess.Anybody }))
        {
            foreach (var query in new[] { "", "?address=alice%40example.org", "?address=bob%40example.org", "?address=all%40example.org", "?name=example.org", $"?search={hostile}&address={hostile}&name={hostile}&after={hostile}&of={hostile}&done={hostile}" })
            {
                Harmless((await ada.GetAsync(route.Pattern + query)).Html);
            }
        }

        string[] fields = ["address", "name", "state", "domain", "catch-all", "separators", "description", "new", "old", "bytes", "messages", "text", "confirm", "pem", "signs-in-as", "members", "id", "postmaster", "token-name", "days", "administrator"];
        foreach (var path in AdminSafetyTests.Routes(site).Where(route => route is { Method: "POST", Access: WebAccess.SignedIn, Pattern: not "/sign-out" }).Select(route => route.Pattern))
        {
            Harmless(await ada.PostAsync(path, [token, .. fields.Select(field => (field, text)), ("current", "wrong horse")]));
            Harmless(await ada.PostAsync(path, [token, .. fields.Where(field => field != "address").Select(field => (field, text)), ("address", TestServer.Alice), ("state", "live"), ("current", "wrong horse")]));
        }

        using var visitor = site.NewBrowser(MailProtocol.Admin);
        Harmless((await visitor.SubmitAsync("/sign-in", "/sign-in", ("name", text), ("password", text))).Html);
    }

    // A file is not shown by the browser but kept.
    private static void Harmless(Page page)
    {
        if (page.Headers.GetValueOrDefault("Content-Type") == "text/plain; charset=utf-8")
        {
            Assert.Equal(("attachment; filename=\"martlet-settings.txt\"", "nosniff"), (page.Headers["Content-Disposition"], page.Headers["X-Content-Type-Options"]));
            return;
        }

        Harmless(page.Html);
    }

    // Tags and attributes are those that our components write, and nothing else.
    private static void Harmless(string html)
    {
        if (html.Length == 0)
        {
            return;
        }

        Assert.Equal(1, Regex.Count(html, "<script"));
        Assert.Matches("<script src=\"/assets/[0-9a-f]{16}/site.js\" type=\"module\"></script>", html);
        foreach (Match tag in Tags().Matches(Logo().Replace(html, "")))
        {
            Assert.Matches("(?s)^</?(!DOCTYPE html|html|head|meta|title|link|script|body|a|header|span|div|form|input|button|nav|ul|ol|li|main|h1|h2|h3|p|section|strong|meter|small|table|thead|tbody|tr|th|td|br|time|details|summary|dl|dt|dd|code|pre|fieldset|legend|label|select|option|textarea)\\b", tag.Value);
            Assert.DoesNotMatch("(?is)\\s(on[a-z]+|style|srcdoc|formaction)\\s*=", QuotedValues().Replace(tag.Value, "=\"\""));
            Assert.DoesNotMatch("(?is)(href|src|action)=\"(?!/|#)", tag.Value);
        }
    }

    [GeneratedRegex("<img class=\"logo\" src=\"/assets/[0-9a-f]{16}/icon.svg\"[ a-z0-9=/\"]*>", RegexOptions.None, 1000)]
    private static partial Regex Logo();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tags();

    [GeneratedRegex("=\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex QuotedValues();
}
