using System.Net;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Imap;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Admin;

/// <summary>A site with the administrators ada and grace, whose password is that of the accounts.</summary>
internal static class AdminSite
{
    public const string Ada = "ada";
    public const string Grace = "grace";
    public const string Cookie = "__Host-martlet-admin";

    public static async Task<Site> StartAsync(SiteOptions? options = null)
    {
        var site = await Site.StartAsync((options ?? new SiteOptions()) with { Protocols = [MailProtocol.Https, MailProtocol.Http, MailProtocol.Admin] });
        await site.DoAsync(new SetAdministrator(Ada, TestServer.Password));
        await site.DoAsync(new SetAdministrator(Grace, TestServer.Password));
        return site;
    }

    /// <summary>Carries out a request as the command line does.</summary>
    public static async Task<AdminReply> DoAsync(this Site site, AdminRequest request)
    {
        var reply = await AdminRunner.RunAsync(
            request, new AdminContext(site.Server.Store, site.Server.Passwords, ImapService.HideableCapabilities, site.Server.Time), CancellationToken.None);
        Assert.True(reply.Status == AdminStatus.Done, reply.Text);
        return reply;
    }

    /// <summary>A browser in which an administrator is signed in.</summary>
    public static async Task<Browser> SignInAdminAsync(this Site site, string name = Ada, string password = TestServer.Password)
    {
        var browser = site.NewBrowser(MailProtocol.Admin);
        var page = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (page.Status, page.Location));
        return browser;
    }

    /// <summary>Sends a form of a page and sees that it was taken.</summary>
    public static async Task<Page> ChangeAsync(this Browser browser, string path, string action, params (string Name, string Value)[] fields)
    {
        var answer = await browser.SubmitAsync(path, action, fields);
        Assert.True(answer.Status == HttpStatusCode.SeeOther, $"{action}: {answer.Status}\n{answer.Text}");
        var page = await browser.GetAsync(answer.Location!);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return page;
    }
}
