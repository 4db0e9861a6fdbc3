using Martlet.Network.Tls;
using Martlet.Server.Admin;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>Domains, aliases, settings, administrators and tokens by request, and all of it as text; through the control socket and without.</summary>
public sealed class SettingsTests
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Domains_have_rules(bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning, Ada);
        await store.ExpectDoneAsync(new AddDomain("Example.COM", DomainState.Draft), "example.com is noted as a draft; mail for it is refused until it is set to receive or live.");
        await store.ExpectDoneAsync(new ChangeDomain("example.com") { State = DomainState.Receive, CatchAll = "Ada@example.org", Separators = "-", Description = "the club" }, "example.com is changed.");
        await store.ExpectRefusedAsync(new ChangeDomain("example.com") { CatchAll = Bob }, $"No account or alias has the address {Bob}; martlet address list and martlet alias list show those there are.");
        await store.ExpectRefusedAsync(new ChangeDomain("example.com") { CatchAll = "x" }, "'x' is not an address; write it as in ada@example.org.");
        await store.ExpectRefusedAsync(new ChangeDomain("example.net") { State = DomainState.Live }, "example.net is not one of our domains; martlet domain list shows them.");
        await store.ExpectRefusedAsync(new ChangeDomain("example.com") { Separators = "xy" }, "Separators are some of +-_.=#%&~!, each once, and a description is one line of at most 500 characters.");
        await store.ExpectRefusedAsync(new ChangeDomain("example.org") { IsCaseSensitive = true }, "example.org has addresses: whether case counts can be changed only while it has none.");
        Assert.Equal(
            [new DomainSummary("example.com", DomainState.Receive, "-", false, "the club", 0, 0, Ada), new DomainSummary("example.org", DomainState.Live, "+", false, "", 1, 0)],
            (await store.RunAsync(new ListDomains())).Domains!);
        await store.ExpectDoneAsync(new ChangeDomain("example.com") { CatchAll = "none", Separators = "none" }, "example.com is changed.");
        Assert.Equal((null, ""), (await store.RunAsync(new ListDomains())).Domains!.Select(domain => (domain.CatchAll, domain.Separators)).First());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Aliases_have_members(bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        await store.ExpectDoneAsync(new SetAlias("Info@example.org", [Bob, Ada]) { MustBeNew = true, Description = "shop" }, $"Mail for info@example.org goes to {Ada}, {Bob}.");
        await store.ExpectRefusedAsync(new SetAlias("info@example.org", [Ada]) { MustBeNew = true }, "info@example.org exists already, as an alias.");
        await store.ExpectRefusedAsync(new SetAlias(Ada, [Bob]), $"{Ada} exists already, as an account's address.");
        await store.ExpectRefusedAsync(new SetAlias("info@example.org", ["info@example.org"]), "No account has the address info@example.org: members of an alias are addresses of accounts on this server.");
        await store.ExpectRefusedAsync(new SetAlias("info@example.org", []), "An alias has at least one member; martlet alias rm removes it.");
        await store.ExpectRefusedAsync(new SetAlias("info@example.net", [Ada]), "example.net is not one of our domains; add it first: martlet domain add example.net");
        await store.ExpectDoneAsync(new SetAlias("info@example.org", [Bob]), $"Mail for info@example.org goes to {Bob}.");
        var alias = Assert.Single((await store.RunAsync(new ListAliases())).Aliases!);
        Assert.Equal(("info@example.org", "shop"), (alias.Address, alias.Description));
        Assert.Equal([Bob], alias.Members);
        Assert.Equal(["info@example.org"], (await store.RunAsync(new ShowAccount(Bob))).Account!.Aliases);
        await store.ExpectRefusedAsync(
            new RemoveAccount(Bob), $"{Bob} is still in use: addresses are in it, or an alias, a catch-all or the postmaster sends mail to it; change those first.");
        await store.ExpectDoneAsync(new RemoveAlias("info@example.org"), "The alias info@example.org is gone.");
        await store.ExpectRefusedAsync(new RemoveAlias("info@example.org"), "There is no alias info@example.org; martlet alias list shows those there are.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Lookup_tells_each_step(bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        await store.RunAsync(new SetAlias("info@example.org", [Ada, Bob]));
        await store.RunAsync(new ChangeSettings { Postmaster = Bob });
        await store.RunAsync(new SetQuota(Bob, Messages: 1));
        await store.RunAsync(new DisableAccount(Ada, ""));
        await LooksAsync(store, "Info+x@example.org", "Detail", "ada@example.org bob@example.org",
            "example.org is one of our domains, live.",
            "No account or alias has info+x@example.org itself; what stands behind + may be a detail.",
            "info@example.org is an alias with 2 members: ada@example.org, bob@example.org.",
            "It would arrive in INBOX of ada@example.org, where logins are refused for now.",
            "It would arrive in INBOX of bob@example.org.");
        await LooksAsync(store, "abuse@example.org", "Reserved", Bob,
            "example.org is one of our domains, live.", "abuse is reserved and nobody has it here: it goes to the server's postmaster, bob@example.org.",
            "bob@example.org is an address of the account bob@example.org.", "It would arrive in INBOX of bob@example.org.");
        await LooksAsync(store, "x@example.net", "NotOurs", "", "example.net is not one of our domains.");
        await LooksAsync(store, "x@example.org", "NoSuchMailbox", "", "example.org is one of our domains, live.", "Nobody has it, and the domain has no catch-all: it is refused (550 5.1.1).");
        await store.ExpectRefusedAsync(new LookupAddress("x"), "'x' is not an address; write it as in ada@example.org.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Administrators_and_their_tokens(bool isRunning)
    {
        await using var store = await AdminStore.OpenAsync(isRunning);
        await store.ExpectRefusedAsync(new SetAdministrator("root", "short"), "The password is too short: at least 8 characters.");
        await store.ExpectRefusedAsync(new SetAdministrator("ro ot", "correct horse"), "An administrator's name is 1 to 64 letters, digits and signs of -_.@");
        await store.ExpectRefusedAsync(new SetAdministrator("root", "correct horse") { MustExist = true }, "There is no administrator root; martlet admin list shows those there are.");
        await store.ExpectDoneAsync(new SetAdministrator("Root", "correct horse") { MustBeNew = true }, "root is an administrator now.");
        await store.ExpectRefusedAsync(new SetAdministrator("root", "correct horse") { MustBeNew = true }, "root exists already.");
        await store.ExpectDoneAsync(new SetAdministrator("root", "battery staple"), "The password of the administrator root is changed.");
        var made = await store.RunAsync(new AddToken("root", "monitor", 30));
        Assert.Equal((AdminStatus.Done, "The token 'monitor' of root is made. It is shown this once."), (made.Status, made.Text));
        Assert.Matches("^mt_[A-Za-z0-9_-]{43}$", made.Token);
        await store.ExpectRefusedAsync(new AddToken("root", "monitor"), "root has a token 'monitor' already.");
        await store.ExpectRefusedAsync(new AddToken("root", "x", 0), "A token is taken for 1 to 3660 days, or for ever.");
        await store.ExpectRefusedAsync(new AddToken("nobody", "x"), "There is no administrator nobody; martlet admin list shows those there are.");
        Assert.Equal([new TokenSummary("root", "monitor", AdminStore.Now, AdminStore.Now.AddDays(30))], (await store.RunAsync(new ListTokens())).Tokens!);
        Assert.Equal([new AdministratorSummary("root", 0, 1)], (await store.RunAsync(new ListAdministrators())).Administrators!);
        await store.ExpectDoneAsync(new RemoveToken("root", "monitor"), "The token 'monitor' is not taken any more.");
        await store.ExpectRefusedAsync(new RemoveToken("root", "monitor"), "root has no token 'monitor'; martlet admin token list shows those there are.");
        await store.ExpectRefusedAsync(
            new RemoveAdministrator("root"), "root is the last administrator: nobody could sign in on these pages any more. Make another one first; martlet admin rm takes away the last one too.");
        await store.ExpectDoneAsync(new ConfirmAdministrator("Root", "battery staple"), "The password is right.");
        await store.ExpectRefusedAsync(new ConfirmAdministrator("root", "correct horse"), "Your password is wrong.");
        await store.ExpectRefusedAsync(new ConfirmAdministrator("nobody", "battery staple"), "Your password is wrong.");
        await store.ExpectDoneAsync(new EndAdministratorSessions("root"), "root is signed out everywhere.");
        await store.ExpectDoneAsync(new RemoveAdministrator("root") { EvenLast = true }, "root is no administrator any more.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_exported_and_applied_elsewhere_is_the_same(bool isRunning)
    {
        await using var one = await AdminStore.OpenAsync(isRunning, Bob);
        await one.RunAsync(new AddAccount(Ada, "correct horse"));
        await one.RunAsync(new AddDomain("bücher.example", DomainState.Receive));
        await one.RunAsync(new AddDomain("case.example"));
        await one.RunAsync(new ChangeDomain("case.example") { IsCaseSensitive = true, Description = "where \"Ada\" is not ada # really" });
        await one.RunAsync(new AddAddress(Ada, "Ada@case.example"));
        await one.RunAsync(new AddAddress(Ada, "jürgen@bücher.example"));
        await one.RunAsync(new SetDisplayName(Ada, "Ada \\ Lovelace"));
        await one.RunAsync(new SetQuota(Ada, QuotaLimits.None, 7));
        await one.RunAsync(new DisableAccount(Bob, "Please call us."));
        await one.RunAsync(new SetCapabilities(Ada, ["MOVE"], []));
        await one.RunAsync(new SetAlias("info@case.example", [Bob, "Ada@case.example"]) { Description = "both" });
        await one.RunAsync(new ChangeDomain("example.org") { CatchAll = "info@case.example", Separators = "+-" });
        await one.RunAsync(new ChangeSettings { QuotaBytes = 5000, Postmaster = Ada });
        await one.RunAsync(new SetAdministrator("root", "correct horse"));
        var key = await one.RunAsync(new AddKey(Ada, ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "phone", "", AdminStore.Now).CertificatePem, MayPreauth: false, "my phone"));
        Assert.Equal(AdminStatus.Done, key.Status);
        var text = (await one.RunAsync(new ExportSettings(WithSecrets: true))).ConfigText!;

        await using var other = await AdminStore.OpenAsync(isRunning, "gone@example.org");
        var kept = await other.RunAsync(new ApplySettings(text));
        Assert.Equal("Nothing was changed: the text does not name the account gone@example.org, and their mail would be gone. With --remove-accounts it is.", kept.Text);
        var dry = await other.RunAsync(new ApplySettings(text, IsDryRun: true, RemovesAccounts: true));
        Assert.Equal((AdminStatus.Done, "Nothing was changed; this is what would be."), (dry.Status, dry.Text));
        Assert.NotNull((await other.RunAsync(new ShowAccount("gone@example.org"))).Account);
        var applied = await other.RunAsync(new ApplySettings(text, RemovesAccounts: true));
        Assert.Equal((AdminStatus.Done, "Done: 9 changes."), (applied.Status, applied.Text));
        Assert.Equal(dry.Changes, applied.Changes);
        Assert.Equal(
            [
                "change the server's settings", "add domain case.example", "change domain example.org", "add domain xn--bcher-kva.example", $"add account {Ada}", $"add account {Bob}",
                "remove account gone@example.org with its mail", "add alias info@case.example", "add administrator root",
            ],
            applied.Changes);
        Assert.Equal(text, (await other.RunAsync(new ExportSettings(WithSecrets: true))).ConfigText);
        await other.ExpectDoneAsync(new ApplySettings(text), "Nothing to change: the server is as the text says.", []);
        Assert.Equal(1, (await other.RunAsync(new ShowAccount(Ada))).Account!.Keys);
    }

    [Fact]
    public async Task Without_secrets_passwords_stay_and_the_text_has_none()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false);
        await store.RunAsync(new AddAccount(Ada, "correct horse"));
        await store.RunAsync(new SetAdministrator("root", "correct horse"));
        var text = (await store.RunAsync(new ExportSettings())).ConfigText!;
        Assert.DoesNotContain("argon2id", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SCRAM", text, StringComparison.Ordinal);
        await store.ExpectDoneAsync(new ApplySettings(text), "Nothing to change: the server is as the text says.", []);
        await store.ExpectDoneAsync(new ApplySettings(text.Replace("account ada@example.org", "account ada@example.org\n    name Ada", StringComparison.Ordinal)), "Done: 1 change.", ["change account ada@example.org: name"]);
        Assert.True((await store.RunAsync(new ShowAccount(Ada))).Account!.HasPassword);
        var refused = await store.RunAsync(new ApplySettings(text + "administrator carl\n"));
        Assert.Equal("Nothing was changed: carl would be an administrator without a password; martlet admin add makes one.", refused.Text);
    }

    [Theory]
    [InlineData("version 2", "1: this program reads version 1 of the format.")]
    [InlineData("", "0: the line 'version 1' is missing: is this what martlet config export wrote?")]
    [InlineData("version 1\nname x", "2: 'name' stands before the first block; blocks begin with settings, domain, account, alias or administrator.")]
    [InlineData("version 1\ndomain", "2: 'domain' begins a block and has one name after it.")]
    [InlineData("version 1\ndomain -", "2: '-' is not a domain name.")]
    [InlineData("version 1\ndomain a.example\ndomain A.example", "3: the domain a.example is already in line 2.")]
    [InlineData("version 1\naccount ada", "2: 'ada' is not an address; write it as in ada@example.org.")]
    [InlineData("version 1\naccount ada@a.example", "2: a.example is not one of the domains in this file.")]
    [InlineData("version 1\ndomain a.example\naccount ada@a.example\naddress ADA@a.example", "4: the address ada@a.example is already in line 3.")]
    [InlineData("version 1\ndomain a.example\n state asleep", "3: 'asleep' is not a state; there are draft, receive, live, disabled.")]
    [InlineData("version 1\ndomain a.example\n state", "3: a value is missing; write 'state STATE', for example 'state receive'.")]
    [InlineData("version 1\ndomain a.example\n colour red", "3: 'colour' is not an option; there are state, separators, case-sensitive, catch-all, description.")]
    [InlineData("version 1\ndomain a.example\n catch-all ada@a.example", "3: ada@a.example is not there: mail can be sent on to what this file has only.")]
    [InlineData("version 1\ndomain a.example\nalias info@a.example", "3: the alias has no member.")]
    [InlineData("version 1\ndomain a.example\nalias info@a.example\nmember info@a.example", "4: info@a.example is not there: mail can be sent on to what this file has only.")]
    [InlineData("version 1\ndomain a.example\naccount ada@a.example\nquota-bytes 0", "4: '0' is neither a number above 0 nor none.")]
    [InlineData("version 1\ndomain a.example\naccount ada@a.example\npassword secret", "4: this is not a password hash as config export --secrets writes it.")]
    [InlineData("version 1\ndomain a.example\naccount ada@a.example\nkey x ed25519 preauth 0 ada@a.example phone", "4: 'x' is not the fingerprint of a key: 43 characters of base64url.")]
    [InlineData("version 1\ndomain a.example\naccount ada@a.example\nkey CxdG0NsIPuhuO78CxhTKav7dRKXdxEcQQFqKjYUueiE ed25519 preauth 0 bob@a.example phone", "4: the key logs in as bob@a.example, which is not an address of this account.")]
    [InlineData("version 1\nsettings\nsettings", "3: the server's settings are already in line 2.")]
    [InlineData("version 1\nsettings\nlog-levels loud", "3: 'loud' is not a log level. Levels are debug, info, warning, error and none; one area: smtp=debug.")]
    [InlineData("version 1\nadministrator root\nadministrator ROOT", "3: the administrator root is already in line 2.")]
    [InlineData("version 1\ndomain a.example\n description \"x", "3: a quote is opened and not closed.")]
    public async Task A_mistake_is_told_with_its_line_and_nothing_changes(string text, string problem)
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, Ada);
        var before = (await store.RunAsync(new ExportSettings())).ConfigText;
        var reply = await store.RunAsync(new ApplySettings(text, RemovesAccounts: true));
        Assert.Equal((AdminStatus.Refused, "Nothing was changed: the text has mistakes."), (reply.Status, reply.Text));
        var found = reply.Problems![0];
        Assert.StartsWith(problem, $"{found.Line}: {found.Reason}", StringComparison.Ordinal);
        Assert.Equal(before, (await store.RunAsync(new ExportSettings())).ConfigText);
    }

    [Fact]
    public async Task What_only_the_store_can_refuse_changes_nothing_either()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, new StoreLimits { AliasMembersMax = 1 }, Ada, Bob);
        var before = (await store.RunAsync(new ExportSettings())).ConfigText!;
        var reply = await store.RunAsync(new ApplySettings(before + $"domain new.example\naccount new@new.example\nalias all@example.org\n member {Ada}\n member {Bob}\n"));
        Assert.Equal("Nothing was changed: alias all@example.org would reach a limit.", reply.Text);
        Assert.Equal(before, (await store.RunAsync(new ExportSettings())).ConfigText);
        Assert.Null((await store.RunAsync(new ShowAccount("new@new.example"))).Account);
        reply = await store.RunAsync(new ApplySettings(before.Replace("domain example.org", "domain example.org\n    case-sensitive on", StringComparison.Ordinal)));
        Assert.StartsWith("Nothing was changed: domain example.org is still in use: it has addresses", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_moves_from_one_account_to_the_other_with_one_text()
    {
        await using var store = await AdminStore.OpenAsync(isRunning: false, Ada, Bob);
        await store.RunAsync(new AddAddress(Ada, "shared@example.org"));
        await store.RunAsync(new SetAlias("info@example.org", ["shared@example.org"]));
        var text = (await store.RunAsync(new ExportSettings())).ConfigText!;
        text = text.Replace("    address shared@example.org\n", "", StringComparison.Ordinal).Replace("account bob@example.org\n", "account bob@example.org\n    address shared@example.org\n", StringComparison.Ordinal)
            .Replace("info@example.org", "all@example.org", StringComparison.Ordinal);
        var reply = await store.RunAsync(new ApplySettings(text));
        Assert.Equal((AdminStatus.Done, "Done: 4 changes."), (reply.Status, reply.Text));
        Assert.Equal([Bob, "shared@example.org"], (await store.RunAsync(new ShowAccount(Bob))).Account!.Addresses);
        Assert.Equal(text, (await store.RunAsync(new ExportSettings())).ConfigText);
    }

    private static async Task LooksAsync(AdminStore store, string address, string kind, string accounts, params string[] steps)
    {
        var lookup = (await store.RunAsync(new LookupAddress(address))).Lookup!;
        Assert.Equal((kind, accounts), (lookup.Kind, string.Join(' ', lookup.Accounts)));
        Assert.Equal(steps, lookup.Steps);
    }
}
