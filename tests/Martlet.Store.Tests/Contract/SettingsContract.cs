using System.Collections.Immutable;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.Contract;

/// <summary>How the server is set up: domains, aliases, settings, administrators, tokens, sessions of the pages; one by one and all together.</summary>
public abstract class SettingsContract<TEngine> : StoreContract<TEngine>
    where TEngine : IEngineUnderTest, new()
{
    private const string Anna = "anna@example.org";

    [Fact]
    public async Task A_domain_keeps_its_rules()
    {
        var (test, _) = await AnnaAsync();
        await using var __ = test;
        var settings = test.Store.Settings;
        Assert.Equal(Refusal.NoSuchDomain, (await settings.ChangeDomainAsync("example.com", domain => domain)).Refusal);
        Assert.Equal(Refusal.NoSuchAddress, (await settings.ChangeDomainAsync("example.org", domain => domain with { CatchAll = "gone@example.org" })).Refusal);
        Assert.Equal(Refusal.InUse, (await settings.ChangeDomainAsync("example.org", domain => domain with { IsCaseSensitive = true })).Refusal);
        foreach (var separators in (string[])["++", "a", "+ ", "@"])
        {
            Assert.Equal(Refusal.BadName, (await settings.ChangeDomainAsync("example.org", domain => domain with { Separators = separators })).Refusal);
        }

        Assert.Equal(Refusal.BadName, (await settings.ChangeDomainAsync("example.org", domain => domain with { Description = new string('x', 501) })).Refusal);
        Assert.Equal(Refusal.BadName, (await settings.ChangeDomainAsync("example.org", domain => domain with { Description = "two\nlines" })).Refusal);
        Assert.True((await settings.ChangeDomainAsync("example.org", domain => domain with { Separators = "+-", CatchAll = Anna, State = DomainState.Receive, Description = new string('x', 500) })).IsDone);
        Assert.True((await settings.AddDomainAsync(new DomainEntry { Name = "case.example", IsCaseSensitive = true, Separators = "" })).IsDone);

        var before = test.Store.Directory.Current.Domains.Values.ToList();
        Assert.Equal(
            new DomainEntry { Name = "example.org", Separators = "+-", CatchAll = Anna, State = DomainState.Receive, Description = new string('x', 500) }, before[1]);
        await test.ReopenAsync();
        Assert.Equal(before, test.Store.Directory.Current.Domains.Values);
    }

    [Fact]
    public async Task An_alias_has_accounts_as_members_and_they_stay_as_long_as_it()
    {
        var (test, anna) = await AnnaAsync(new StoreLimits { AliasMembersMax = 2 });
        await using var _ = test;
        await test.AddAccountAsync("bob");
        await test.AddAccountAsync("carl");
        Assert.Equal(Refusal.NoSuchDomain, await SetAsync(test, "info@example.com", Anna));
        Assert.Equal(Refusal.AlreadyExists, await SetAsync(test, Anna, Anna));
        Assert.Equal(Refusal.NoSuchAddress, await SetAsync(test, "info@example.org", Anna, "gone@example.org"));
        Assert.Equal(Refusal.BadName, await SetAsync(test, "info@example.org"));
        Assert.Equal(Refusal.LimitReached, await SetAsync(test, "info@example.org", Anna, "bob@example.org", "carl@example.org"));
        Assert.Equal(Refusal.None, await SetAsync(test, "info@example.org", "bob@example.org", Anna, Anna));
        Assert.Equal(Refusal.NoSuchAddress, await SetAsync(test, "all@example.org", "info@example.org"));

        // What it sends mail to stays.
        Assert.Equal(Refusal.InUse, (await test.Store.RemoveAccountAsync(anna.Id)).Refusal);
        Assert.True((await test.Store.AddAddressAsync(anna.Id, "a@example.org")).IsDone);
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddAddressAsync(anna.Id, "info@example.org")).Refusal);
        Assert.Equal(Refusal.AlreadyExists, (await test.Store.AddAccountAsync("info@example.org", null)).Refusal);
        Assert.Equal(Refusal.None, await SetAsync(test, "info@example.org", "a@example.org"));
        Assert.Equal(Refusal.InUse, (await test.Store.RemoveAddressAsync("a@example.org")).Refusal);

        // And it stays as long as something sends mail to it.
        Assert.True((await test.Store.Settings.ChangeSettingsAsync(settings => settings with { Postmaster = "info@example.org" })).IsDone);
        Assert.Equal(Refusal.InUse, (await test.Store.Settings.RemoveAliasAsync("info@example.org")).Refusal);
        await test.ReopenAsync();
        Assert.Equal(new AliasEntry("info@example.org", ["a@example.org"]), Assert.Single(test.Store.Directory.Current.Aliases.Values));
        Assert.True((await test.Store.Settings.ChangeSettingsAsync(settings => settings with { Postmaster = null })).IsDone);
        Assert.True((await test.Store.Settings.RemoveAliasAsync("info@example.org")).IsDone);
        Assert.Equal(Refusal.NoSuchAddress, (await test.Store.Settings.RemoveAliasAsync("info@example.org")).Refusal);
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
    }

    [Fact]
    public async Task The_server_has_a_quota_for_accounts_without_one_of_their_own()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var inbox = TestStore.Inbox(anna);
        Assert.Equal(default, test.Store.QuotaOf(anna));
        Assert.Equal(Refusal.BadName, (await test.Store.Settings.ChangeSettingsAsync(settings => settings with { QuotaBytes = -1 })).Refusal);
        Assert.Equal(Refusal.NoSuchAddress, (await test.Store.Settings.ChangeSettingsAsync(settings => settings with { Postmaster = "gone@example.org" })).Refusal);
        Assert.True((await test.Store.Settings.ChangeSettingsAsync(settings => settings with { QuotaMessages = 1, QuotaBytes = 1000 })).IsDone);
        Assert.Equal(new QuotaLimits(1000, 1), test.Store.QuotaOf(anna));
        await test.AppendAsync(inbox);
        Assert.Equal(Refusal.OverQuota, (await test.TryAppendAsync(inbox, "x")).Refusal);
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, null, 2)).IsDone);
        Assert.Equal(new QuotaLimits(1000, 2), test.Store.QuotaOf(anna));
        Assert.Equal(Refusal.OverQuota, (await test.TryAppendAsync(inbox, new string('x', 1000))).Refusal);
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, QuotaLimits.None, null)).IsDone);
        Assert.True((await test.TryAppendAsync(inbox, new string('x', 2000))).IsDone);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(new QuotaLimits(0, 2), test.Store.QuotaOf(anna));
        Assert.Equal(new ServerSettings { QuotaMessages = 1, QuotaBytes = 1000 }, test.Store.Directory.Current.Settings);
    }

    [Fact]
    public async Task Administrators_have_tokens_and_sessions_that_end_with_them()
    {
        await using var test = Empty(new StoreLimits { AdministratorsMax = 2, TokensPerAdministratorMax = 2, SessionsPerOwnerMax = 2 });
        var settings = test.Store.Settings;
        foreach (var name in (string[])["", "Ada", "a b", "a\n", new string('a', 65)])
        {
            Assert.Equal(Refusal.BadName, (await settings.SetAdministratorAsync(name, "hash")).Refusal);
        }

        Assert.True((await settings.SetAdministratorAsync("ada", "hash")).IsDone);
        Assert.Equal(Refusal.AlreadyExists, (await settings.SetAdministratorAsync("ada", "other", mustBeNew: true)).Refusal);
        Assert.True((await settings.SetAdministratorAsync(new string('b', 64), "hash")).IsDone);
        Assert.Equal(Refusal.LimitReached, (await settings.SetAdministratorAsync("carl", "hash")).Refusal);

        Assert.Equal(Refusal.NoSuchAdministrator, (await settings.AddTokenAsync(new ApiToken("h1", "monitor", "carl", 0, null))).Refusal);
        Assert.True((await settings.AddTokenAsync(new ApiToken("h1", "monitor", "ada", 0, 99))).IsDone);
        Assert.Equal(Refusal.AlreadyExists, (await settings.AddTokenAsync(new ApiToken("h2", "monitor", "ada", 0, null))).Refusal);
        Assert.Equal(Refusal.BadName, (await settings.AddTokenAsync(new ApiToken("h2", "a\tb", "ada", 0, null))).Refusal);
        Assert.True((await settings.AddTokenAsync(new ApiToken("h2", "two", "ada", 0, null))).IsDone);
        Assert.Equal(Refusal.LimitReached, (await settings.AddTokenAsync(new ApiToken("h3", "three", "ada", 0, null))).Refusal);

        var now = test.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(Refusal.NoSuchAdministrator, (await settings.AddSessionAsync(new WebSession("s1", null, "carl", "", 1, now, now + 60, "", ""))).Refusal);
        Assert.Equal(Refusal.NoSuchAccount, (await settings.AddSessionAsync(new WebSession("s1", new AccountId(9), null, "", 1, now, now + 60, "", ""))).Refusal);
        foreach (var (id, created) in ((string, long)[])[("s1", now), ("s2", now + 1), ("s3", now + 2)])
        {
            Assert.True((await settings.AddSessionAsync(new WebSession(id, null, "ada", "", 1, created, now + 60, "192.0.2.1", new string('x', 400)))).IsDone);
        }

        Assert.Equal(Refusal.AlreadyExists, (await settings.AddSessionAsync(new WebSession("s3", null, "ada", "", 1, now, now + 60, "", ""))).Refusal);
        await test.ReopenAsync();
        settings = test.Store.Settings;
        Assert.Equal(["s2", "s3"], test.Store.Directory.Current.Sessions.Keys.Order());
        Assert.Equal(320, test.Store.Directory.Current.Sessions["s2"].Client.Length);
        Assert.Equal(new ApiToken("h1", "monitor", "ada", 0, 99), test.Store.Directory.Current.Tokens["h1"]);

        var number = test.Store.Directory.Current.Administrators["ada"].PasswordNumber;
        Assert.True((await settings.SetAdministratorAsync("ada", "other")).IsDone);
        Assert.Equal(number + 1, test.Store.Directory.Current.Administrators["ada"].PasswordNumber);
        Assert.Empty(test.Store.Directory.Current.Sessions);
        Assert.True((await settings.RemoveAdministratorAsync(new string('b', 64), keepsLast: true)).IsDone);
        Assert.Equal(Refusal.InUse, (await settings.RemoveAdministratorAsync("ada", keepsLast: true)).Refusal);
        Assert.True((await settings.RemoveAdministratorAsync("ada")).IsDone);
        Assert.Equal(Refusal.NoSuchAdministrator, (await settings.RemoveAdministratorAsync("ada")).Refusal);
        Assert.Equal(Refusal.NoSuchKey, (await settings.RemoveTokenAsync("h1")).Refusal);
        Assert.Empty(test.Store.Directory.Current.Tokens);
    }

    [Fact]
    public async Task Web_sessions_of_an_account_end_with_its_password_its_logins_and_itself()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        await SignInAsync("s1");
        Assert.True((await test.Store.SetPasswordAsync(anna.Id, "other")).IsDone);
        Assert.Empty(test.Store.Directory.Current.Sessions);
        await SignInAsync("s2");
        Assert.True((await test.Store.SetQuotaAsync(anna.Id, 5, null)).IsDone);
        Assert.Single(test.Store.Directory.Current.Sessions);
        Assert.True((await test.Store.SetDisabledAsync(anna.Id, "")).IsDone);
        Assert.Empty(test.Store.Directory.Current.Sessions);
        Assert.True((await test.Store.SetDisabledAsync(anna.Id, null)).IsDone);
        await SignInAsync("s3");
        Assert.True((await test.Store.RemoveAccountAsync(anna.Id)).IsDone);
        await test.ReopenAsync();
        Assert.Empty(test.Store.Directory.Current.Sessions);

        async Task SignInAsync(string id) =>
            Assert.True((await test.Store.Settings.AddSessionAsync(new WebSession(id, anna.Id, null, Anna, 1, 0, long.MaxValue, "", ""))).IsDone);
    }

    [Fact]
    public async Task Several_changes_are_made_together_or_not_at_all()
    {
        var (test, anna) = await AnnaAsync();
        await using var _ = test;
        var before = test.Store.Directory.Current;
        DirectoryChange[] changes =
        [
            new SetDomain(new DomainEntry { Name = "example.com" }),
            new PutAccount(new AccountSettings("bob@example.com")
            {
                DisplayName = "Bob", QuotaBytes = 5000, HiddenCapabilities = ["MOVE"], PasswordHash = "hash", Addresses = ["b@example.com"],
                Keys = [new LoginKey("f1", default, "b@example.com", "phone", "ed25519", true, 7)],
            }),
            new PutAccount(new AccountSettings(Anna) { DisplayName = "Anna", QuotaMessages = QuotaLimits.None }),
            new SetAlias(new AliasEntry("info@example.com", [Anna, "b@example.com"])),
            new SetServerSettings(settings => settings with { Postmaster = "info@example.com" }),
            new SetAdministrator("ada", "hash"),
        ];

        var refused = await test.Store.Settings.ApplyAsync([.. changes, new RemoveDomain("example.com")]);
        Assert.Equal((Refusal.InUse, new RemoveDomain("example.com")), (refused.Refusal, refused.Refused));
        Assert.True(before.Domains.SequenceEqual(test.Store.Directory.Current.Domains));
        Assert.Equal(("", 0L), (anna.Row.DisplayName, anna.Row.QuotaMessages));
        Assert.Equal(before.NextAccount, test.Store.Directory.Current.NextAccount);
        anna = (await test.ReopenAsync(anna.Id))!;
        Assert.Equal(Anna, Assert.Single(test.Store.Directory.Current.Accounts.Values).Name);

        var basis = test.Store.Directory.Current;
        Assert.Equal(Refusal.None, (await test.Store.Settings.ApplyAsync(changes, basis)).Refusal);
        Assert.Equal(new AppliedChanges(Refusal.Changed, null), await test.Store.Settings.ApplyAsync([new RemoveDomain("example.org")], basis));
        var bob = test.Store.OpenAccount(test.Store.Directory.FindAddress("b@example.com")!.Id)!;
        await test.AppendAsync(TestStore.Inbox(bob));
        bob = (await test.ReopenAsync(bob.Id))!;
        Assert.Equal(("Bob", 5000L, "MOVE", "hash", "Bob"), (bob.Row.DisplayName, bob.Row.QuotaBytes, bob.Row.HiddenCapabilities, bob.Row.Access.PasswordHash, test.Store.Directory.Find(bob.Id)!.DisplayName));
        Assert.Equal(new LoginKey("f1", bob.Id, "b@example.com", "phone", "ed25519", true, 7), Assert.Single(test.Store.Directory.KeysOf(bob.Id)));
        Assert.Equal("Anna", test.Store.OpenAccount(anna.Id)!.Row.DisplayName);

        // And away again.
        var empty = ImmutableHashSet<string>.Empty;
        Assert.Equal(Refusal.InUse, (await test.Store.Settings.ApplyAsync([new TrimAccount("bob@example.com", empty, empty)])).Refusal);
        DirectoryChange[] removals =
        [
            new SetServerSettings(settings => settings with { Postmaster = null }), new RemoveAlias("info@example.com"),
            new TrimAccount("bob@example.com", empty, empty), new TrimAccount(Anna, null, empty), new TrimAccount("bob@example.com", null, empty), new RemoveDomain("example.com"),
        ];
        Assert.Equal(Refusal.None, (await test.Store.Settings.ApplyAsync(removals)).Refusal);
        Assert.Empty(test.Store.Directory.Current.Accounts);
        Assert.Null(test.Store.OpenAccount(bob.Id));
        await test.ReopenAsync();
        Assert.Empty(test.Store.Directory.Current.Addresses);
    }

    private static async Task<Refusal> SetAsync(TestStore test, string address, params string[] members) =>
        (await test.Store.Settings.SetAliasAsync(new AliasEntry(address, [.. members]))).Refusal;
}
