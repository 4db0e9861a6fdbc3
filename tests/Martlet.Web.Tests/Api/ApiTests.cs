using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Web.Tests.Admin;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Api;

/// <summary>The interface for programs, as a program sees it.</summary>
public sealed class ApiTests
{
    private const int BodyBytesMax = 4 * 1024 * 1024;

    [Fact]
    [Route("POST /api/v1/{name}")]
    public async Task A_program_with_a_token_does_what_an_administrator_does()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);

        var added = await program.PostAsync("add-domain", """{ "domain": "example.net", "state": "receive" }""");
        Assert.Equal((HttpStatusCode.OK, "done"), (added.Status, (string?)added.Json["status"]));
        Assert.Equal("application/json", added.Page.Headers["Content-Type"]);
        var listed = await program.PostAsync("list-domains", "");
        Assert.Equal(["example.net:receive", "example.org:live"], listed.Json["domains"]!.AsArray().Select(domain => $"{domain!["name"]}:{domain["state"]}"));

        var refused = await program.PostAsync("add-domain", """{ "domain": "example.net" }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "refused", "example.net exists already."), (refused.Status, (string?)refused.Json["status"], (string?)refused.Json["text"]));
        Assert.Contains("do=add-domain by=ada status=Refused", site.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_request_can_be_reached_but_those_that_come_with_a_file()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);

        Assert.True(AdminCatalog.Names.Count > 40);
        foreach (var name in AdminCatalog.Names)
        {
            var answer = await program.PostAsync(name, "{}");
            Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity, $"{name}: {answer.Status}");
            Assert.True(answer.Json["text"] is not null, name);
        }

        foreach (var name in new[] { "import-mbox", "import-mail", "export-mail", "nothing", "openapi.json", "ADD-DOMAIN" })
        {
            Assert.Equal((HttpStatusCode.NotFound, name), ((await program.PostAsync(name, "{}")).Status, name));
        }
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("[]", "JSON object")]
    [InlineData("null", "JSON object")]
    [InlineData("""{ "domain": 5 }""", "'domain'")]
    [InlineData("""{ "domain": null }""", "'domain'")]
    [InlineData("""{ "domain": "a.example", "state": 2 }""", "'state'")]
    [InlineData("""{ "domain": "a.example", "state": "asleep" }""", "'state'")]
    [InlineData("""{ }""", "needs the field domain")]
    [InlineData("""{ "domain": "a.example", "colour": "red" }""", "no field 'colour'")]
    [InlineData("""{ "Domain": "a.example" }""", "no field 'Domain'")]
    [InlineData("""{ "do": "remove-domain", "domain": "a.example" }""", "no field 'do'")]
    [InlineData("""{ "domain": "a.example", "domain": "b.example" }""", "not JSON")]
    [InlineData("""{ "domain": [[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]] }""", "not JSON")]
    public async Task What_is_not_the_request_s_JSON_is_refused_with_a_reason(string body, string reason)
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);

        var answer = await program.PostAsync("add-domain", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(reason, (string?)answer.Json["text"], StringComparison.Ordinal);
        Assert.DoesNotContain("Martlet.Server", (string?)answer.Json["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_that_is_taken_nothing_is_told()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var program = await ProgramAsync(site, days: 1);
        var right = program.Token;

        // A cookie is nothing here, with the form's token or without.
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.GetAsync("/api/v1")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ada.PostAsync("/api/v1/list-domains", (await ada.GetAsync("/")).Hidden("/sign-out").Single())).Status);
        foreach (var wrong in new[] { "", "Bearer", "Bearer x", "Basic " + right, "Bearer " + right[..^1], "Bearer " + right + "A", "Bearer " + new string('x', 5000), right, "Bearer " + AddToken.HashOf(right) })
        {
            var answer = await program.SendAsync("list-domains", "{}", wrong);
            Assert.Equal((HttpStatusCode.Unauthorized, wrong), (answer.Status, wrong));
            Assert.Equal("Bearer realm=\"martlet\"", answer.Page.Headers["WWW-Authenticate"]);
            Assert.Equal((HttpStatusCode.Unauthorized, wrong), ((await program.SendAsync("nothing", "{}", wrong)).Status, wrong));
        }

        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("list-domains", "{}")).Status);
        site.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("list-domains", "{}")).Status);
        site.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.PostAsync("list-domains", "{}")).Status);
    }

    [Fact]
    public async Task A_token_ends_when_it_is_removed_and_with_its_administrator()
    {
        await using var site = await AdminSite.StartAsync();
        using var adas = await ProgramAsync(site);
        using var graces = await ProgramAsync(site, AdminSite.Grace);

        Assert.Equal(HttpStatusCode.OK, (await adas.PostAsync("remove-token", """{ "administrator": "ada", "name": "test" }""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await adas.PostAsync("list-domains", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await graces.PostAsync("list-domains", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await graces.PostAsync("remove-administrator", """{ "name": "grace" }""")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await graces.PostAsync("list-domains", "{}")).Status);
    }

    [Fact]
    public async Task Wrong_tokens_are_counted_and_written_down_and_do_not_keep_the_right_one_out()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);
        var tries = 0;
        while ((await program.SendAsync("list-domains", "{}", "Bearer mt_" + new string('x', 43))).Status != HttpStatusCode.TooManyRequests && tries < 500)
        {
            tries++;
        }

        Assert.InRange(tries, 3, 400);
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("list-domains", "{}")).Status);
        await site.Server.Journal.FlushAsync(isLast: true);
        var logins = (await site.DoAsync(new ListLogins(100))).Logins!;
        Assert.Contains(logins, login => login is { Protocol: "admin", Mechanism: "TOKEN", Result: "badcreds" });
        Assert.Contains(logins, login => login is { Protocol: "admin", Mechanism: "TOKEN", Result: "ok", Address: AdminSite.Ada });
        Assert.DoesNotContain(program.Token, site.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_methods_types_and_sizes_are_not_taken()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await program.RequestAsync(HttpMethod.Get, "list-domains", content: null)).Status);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await program.RequestAsync(HttpMethod.Options, "list-domains", content: null)).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await program.RequestAsync(HttpMethod.Post, "list-domains", new StringContent("{}", Encoding.UTF8, "text/plain"))).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await program.RequestAsync(HttpMethod.Post, "list-domains", new FormUrlEncodedContent([KeyValuePair.Create("a", "b")]))).Status);
        Assert.Equal(HttpStatusCode.OK, (await program.PostAsync("list-domains", "{}".PadRight(BodyBytesMax))).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await program.PostAsync("list-domains", "{}".PadRight(BodyBytesMax + 1))).Status);
    }

    [Fact]
    [Route("GET /api/v1", "GET /api/v1/openapi.json")]
    public async Task It_describes_itself()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site);

        var list = JsonNode.Parse((await program.RequestAsync(HttpMethod.Get, "", content: null)).Html)!;
        Assert.Equal(AdminCatalog.Names, list["requests"]!.AsArray().Select(request => (string)request!["do"]!));
        var fields = list["requests"]!.AsArray().Single(request => (string)request!["do"]! == "add-domain")!["fields"]!;
        Assert.Equal(["domain"], fields["required"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["draft", "receive", "live", "disabled"], fields["properties"]!["state"]!["enum"]!.AsArray().Select(name => (string)name!));

        var openApi = JsonNode.Parse((await program.RequestAsync(HttpMethod.Get, "openapi.json", content: null)).Html)!;
        Assert.Equal(AdminCatalog.Names.Select(name => $"/api/v1/{name}"), openApi["paths"]!.AsObject().Select(path => path.Key));
        Assert.NotNull(openApi["components"]!["schemas"]!["Reply"]!["properties"]!["text"]);
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_permission_to_read_or_send()
    {
        await using var site = await AdminSite.StartAsync();
        using var browser = site.NewBrowser(MailProtocol.Admin);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/list-domains");
        preflight.Headers.Add("Origin", "https://evil.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization");

        var answer = await browser.SendAsync(preflight);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
        Assert.DoesNotContain(answer.Headers.Keys, name => name.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task On_the_users_listener_it_is_not_there()
    {
        await using var site = await AdminSite.StartAsync();
        using var program = await ProgramAsync(site, protocol: MailProtocol.Https);

        Assert.Equal(HttpStatusCode.NotFound, (await program.RequestAsync(HttpMethod.Post, "list-domains", new StringContent("{}", Encoding.UTF8, "application/json"))).Status);
    }

    internal static async Task<ApiProgram> ProgramAsync(Site site, string administrator = AdminSite.Ada, int? days = null, MailProtocol? protocol = null)
    {
        var token = (await site.DoAsync(new AddToken(administrator, "test", days))).Token!;
        return new ApiProgram(site.NewBrowser(protocol ?? MailProtocol.Admin), token);
    }
}
