using System.Net;
using Martlet.Server.Accounts;
using Martlet.Testing;
using Martlet.Web.Tests.Support;
using Xunit;

namespace Martlet.Web.Tests.Account;

/// <summary>What is another user's is, in every form, as what does not exist.</summary>
public sealed class SecondUserTests
{
    [Theory]
    [InlineData("/keys", "/keys/add", "/keys/change", "key")]
    [InlineData("/keys", "/keys/add", "/keys/remove", "key")]
    [InlineData("/sessions", "/sign-out", "/sessions/end", "session")]
    [InlineData("/sessions", "/sign-out", "/connections/end", "connection")]
    public async Task Somebody_elses_is_answered_like_what_is_not_there_and_stays(string page, string form, string action, string what)
    {
        await using var site = await Site.StartAsync();
        using var alice = await site.SignInAsync(TestServer.Alice);
        using var bob = await site.SignInAsync(TestServer.Bob);
        await site.Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        var context = new LoginContext("imap", "c77", IPAddress.Loopback);
        var login = await site.Server.Authenticator.LoginAsync(TestServer.Alice, TestServer.Password, context);
        var isEnded = false;
        using var open = site.Server.Authenticator.Open.Add(login.Grant!, context, () => isEnded = true);
        var state = site.Server.Store.Directory.Current;
        var (theirs, nobodys) = what switch
        {
            "key" => (TestKeys.Phone.Key.Fingerprint, TestKeys.Stranger.Key.Fingerprint),
            "session" => (state.Sessions.Values.Single(session => session.Address == TestServer.Alice).Id, new string('0', 64)),
            _ => ("c77", "c78"),
        };

        // The token of any form of the page is that of all.
        var token = (await bob.GetAsync(page)).Hidden(form).First();
        var answers = new[] { await bob.PostAsync(action, token, ("id", theirs), ("name", "mine now")), await bob.PostAsync(action, token, ("id", nobodys), ("name", "mine now")) };

        Assert.Equal(answers[1].Html.Replace(nobodys, "ID", StringComparison.Ordinal), answers[0].Html.Replace(theirs, "ID", StringComparison.Ordinal));
        Assert.Equal(answers[1].Status, answers[0].Status);
        Assert.Contains("There is no such", answers[0].Text, StringComparison.Ordinal);
        Assert.Same(state, site.Server.Store.Directory.Current);
        Assert.False(isEnded);
        Assert.Equal(HttpStatusCode.OK, (await alice.GetAsync("/")).Status);
    }

    [Fact]
    public async Task A_field_that_names_another_account_is_not_looked_at()
    {
        await using var site = await Site.StartAsync();
        using var bob = await site.SignInAsync(TestServer.Bob);
        (string, string)[] names = [("address", TestServer.Alice), ("account", TestServer.Alice), ("user", TestServer.Alice), ("Address", TestServer.Alice)];

        await bob.SubmitAsync("/", "/name", [("name", "Robert"), .. names]);
        await bob.SubmitAsync("/extensions", "/extensions", names);
        await bob.SubmitAsync("/password", "/password", [("current", TestServer.Password), ("password", "battery staple"), ("again", "battery staple"), .. names]);

        Assert.Equal("", site.Server.Store.Directory.FindAddress(TestServer.Alice)!.DisplayName);
        Assert.Equal("Robert", site.Server.Store.Directory.FindAddress(TestServer.Bob)!.DisplayName);
        Assert.Equal("", site.Server.Account(TestServer.Alice).Row.HiddenCapabilities);
        using var alice = await site.SignInAsync(TestServer.Alice);
    }

    [Fact]
    public async Task Nobody_learns_from_a_key_whose_it_is()
    {
        await using var site = await Site.StartAsync();
        await site.Server.AddKeyAsync(TestServer.Alice, TestKeys.Phone);
        using var bob = await site.SignInAsync(TestServer.Bob);

        var page = await bob.SubmitAsync("/keys", "/keys/add", ("pem", TestKeys.Phone.Certificate.ExportCertificatePem()), ("name", "x"), ("current", TestServer.Password));

        Assert.DoesNotContain("alice", page.Html, StringComparison.Ordinal);
        Assert.Contains("belongs to another account already", page.Text, StringComparison.Ordinal);
    }
}
