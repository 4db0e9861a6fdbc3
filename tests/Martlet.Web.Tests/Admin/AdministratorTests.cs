using System.Net;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

/// <summary>Administrators, their tokens, and the configuration as a whole: what lets others in, or shows secrets, wants the password once more.</summary>
public sealed class AdministratorTests
{
    [Fact]
    [Route("GET /administrators", "POST /administrators/add", "POST /administrators/remove")]
    public async Task Adding_one_wants_one_s_own_password_and_the_last_one_stays()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        (string, string)[] lin = [("name", "lin"), ("password", "a third horse"), ("again", "a third horse")];

        foreach (var wrong in new[] { "", "wrong horse" })
        {
            var page = await ada.SubmitAsync("/administrators", "/administrators/add", [.. lin, ("current", wrong)]);
            Assert.Equal(HttpStatusCode.BadRequest, page.Status);
            Assert.DoesNotContain("a third horse", page.Html, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/administrators", "/administrators/add", ("name", "lin"), ("password", "a third horse"), ("again", "x"), ("current", TestServer.Password))).Status);
        Assert.False(site.Server.Store.Directory.Current.Administrators.ContainsKey("lin"));
        await ada.ChangeAsync("/administrators", "/administrators/add", [.. lin, ("current", TestServer.Password)]);
        using var signedIn = await site.SignInAdminAsync("lin", "a third horse");

        await site.DoAsync(new RemoveAdministrator("lin"));
        await site.DoAsync(new RemoveAdministrator(AdminSite.Grace));
        var unsure = await ada.SubmitAsync("/administrators", "/administrators/remove", ("confirm", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, unsure.Status);
        var last = await ada.SubmitAsync("/administrators", "/administrators/remove", ("confirm", AdminSite.Ada));
        Assert.Equal(HttpStatusCode.BadRequest, last.Status);
        Assert.Contains("the last administrator", last.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("/")).Status);
    }

    [Fact]
    [Route("POST /administrators/password", "POST /administrators/sign-out")]
    public async Task A_changed_password_ends_other_browsers_and_this_one_goes_on()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();
        using var other = await site.SignInAdminAsync();
        using var third = await site.SignInAdminAsync();

        var changed = await ada.ChangeAsync("/administrators", "/administrators/password", ("password", "another horse"), ("again", "another horse"), ("current", TestServer.Password));
        Assert.Contains("The password is changed", changed.Text, StringComparison.Ordinal);
        Assert.Equal("/sign-in", (await other.GetAsync("/")).Location);

        using var again = await site.SignInAdminAsync(AdminSite.Ada, "another horse");
        await ada.ChangeAsync("/administrators", "/administrators/sign-out");
        Assert.Equal("/sign-in", (await again.GetAsync("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await ada.GetAsync("/")).Status);
    }

    [Fact]
    [Route("POST /tokens/add", "POST /tokens/remove")]
    public async Task A_token_is_shown_once_and_works_until_it_is_removed()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/administrators", "/tokens/add", ("token-name", "backup"), ("days", "30"), ("current", "wrong horse"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/administrators", "/tokens/add", ("token-name", "backup"), ("days", "x"), ("current", TestServer.Password))).Status);
        var made = await ada.SubmitAsync("/administrators", "/tokens/add", ("token-name", "backup"), ("days", "30"), ("current", TestServer.Password));
        var token = System.Text.RegularExpressions.Regex.Match(made.Html, "mt_[A-Za-z0-9_-]{43}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Value;

        Assert.Equal(AdminSite.Ada, site.Server.Store.Directory.Current.Tokens[AddToken.HashOf(token)].Administrator);
        var page = await ada.GetAsync("/administrators");
        Assert.Contains("backup", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, page.Html, StringComparison.Ordinal);
        await ada.ChangeAsync("/administrators", "/tokens/remove");
        Assert.Empty(site.Server.Store.Directory.Current.Tokens);
    }

    [Fact]
    [Route("GET /configuration", "POST /configuration/export", "POST /configuration/check", "POST /configuration/apply")]
    public async Task The_configuration_is_taken_out_and_put_in_after_it_was_shown_what_changes()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        var file = await ada.SubmitAsync("/configuration", "/configuration/export");
        Assert.Equal("attachment; filename=\"martlet-settings.txt\"", file.Headers["Content-Disposition"]);
        Assert.DoesNotContain("$argon2id$", file.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.SubmitAsync("/configuration", "/configuration/export", ("secrets", "yes"), ("current", "wrong horse"))).Status);
        Assert.Contains("$argon2id$", (await ada.SubmitAsync("/configuration", "/configuration/export", ("secrets", "yes"), ("current", TestServer.Password))).Html, StringComparison.Ordinal);

        var wanted = file.Html.ReplaceLineEndings("\r\n") + "\r\ndomain example.net\r\n";
        var check = await ada.SubmitAsync("/configuration", "/configuration/check", ("text", wanted));
        Assert.Equal(HttpStatusCode.OK, check.Status);
        Assert.Contains("example.net", check.Text, StringComparison.Ordinal);
        Assert.False(site.Server.Store.Directory.HasDomain("example.net"));

        var token = check.Hidden("/configuration/apply").First();
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync("/configuration/apply", token, ("text", wanted), ("current", "wrong horse"))).Status);
        Assert.False(site.Server.Store.Directory.HasDomain("example.net"));
        var applied = await ada.PostAsync("/configuration/apply", token, ("text", wanted), ("current", TestServer.Password));
        Assert.Contains("Done: 1 change.", applied.Text, StringComparison.Ordinal);
        Assert.True(site.Server.Store.Directory.HasDomain("example.net"));

        var wrong = await ada.PostAsync("/configuration/check", token, ("text", "version 1\nnonsense x\n"));
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Contains("Line 2", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync("/configuration/check", token, ("text", ""))).Status);
        // Accounts with their mail go only when it is said.
        var without = string.Join('\n', file.Html.Split("account alice@example.org")[0]);
        Assert.Equal(HttpStatusCode.BadRequest, (await ada.PostAsync("/configuration/check", token, ("text", without))).Status);
    }

    [Fact]
    public async Task What_administrators_do_is_in_the_log_with_their_names_and_without_secrets()
    {
        await using var site = await AdminSite.StartAsync();
        using var ada = await site.SignInAdminAsync();

        await ada.ChangeAsync("/domains", "/domains/add", ("name", "example.net"), ("state", "live"));
        await ada.ChangeAsync("/administrators", "/administrators/add", ("name", "lin"), ("password", "a third horse"), ("again", "a third horse"), ("current", TestServer.Password));

        Assert.Contains("do=add-domain by=ada status=Done", site.Log, StringComparison.Ordinal);
        Assert.Contains("do=set-administrator by=ada", site.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("horse", site.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_page_is_for_administrators_alone()
    {
        await using var site = await AdminSite.StartAsync();
        using var nobody = site.NewBrowser(MailProtocol.Admin);

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in"), ((await nobody.GetAsync("/")) is var page ? page.Status : default, page.Location));
    }
}
