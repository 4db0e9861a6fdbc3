using System.Text;
using Martlet.Server.Admin;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>One name and one password in the forms that keyboards and programs give them: always the same account, and never room for a second one.</summary>
public sealed class NameVariantTests
{
    private const string Name = "j\u00F6rg@m\u00FCnchen.example";
    private const string Exists = "j\u00F6rg@xn--mnchen-3ya.example exists already.";
    private const string Password = "sch\u00F6nes Pferd \u00C5";

    public static TheoryData<string> Names =>
    [
        Name, Name.Normalize(NormalizationForm.FormD), "J\u00D6RG@M\u00DCNCHEN.EXAMPLE", "J\u00D6RG@M\u00DCNCHEN.EXAMPLE".Normalize(NormalizationForm.FormD),
        "j\u00F6rg@xn--mnchen-3ya.example", "J\u00F6rg@XN--MNCHEN-3YA.Example", "\"j\u00F6rg\"@m\u00FCnchen.example", "j\u00F6rg\uFF20m\u00FCnchen.example",
        "\uFF4A\u00F6\uFF52\uFF47\uFF20m\u00FCnchen.example",
    ];

    public static TheoryData<string> Passwords =>
        [Password, Password.Normalize(NormalizationForm.FormD), Password.Replace(' ', '\u00A0'), Password.Replace(' ', '\u3000'), Password.Replace('\u00C5', '\u212B')];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_in_any_form_is_its_account(string form) => Assert.All(await LogInAsync(form, Password), Assert.True);

    [Theory]
    [MemberData(nameof(Passwords))]
    public async Task A_password_in_any_form_is_the_password(string form) => Assert.All(await LogInAsync(Name, form), Assert.True);

    [Theory]
    [InlineData(Name, "Sch\u00F6nes Pferd \u00C5")]
    [InlineData(Name, "schones Pferd A")]
    [InlineData(Name, "\uFF53ch\u00F6nes Pferd \u00C5")]
    [InlineData(Name, Password + " ")]
    [InlineData("jorg@m\u00FCnchen.example", Password)]
    [InlineData("j\u00F6rg@munchen.example", Password)]
    [InlineData("j\u00F6rg+x@m\u00FCnchen.example", Password)]
    [InlineData("j\u0151rg@m\u00FCnchen.example", Password)]
    public async Task What_only_looks_alike_is_something_else(string name, string password) => Assert.All(await LogInAsync(name, password), Assert.False);

    [Fact]
    public async Task No_second_account_can_be_had_by_another_form_of_the_name()
    {
        await using var server = await StartAsync();
        foreach (var form in Names.Select(row => row.Data).Where(form => !form.Contains('\uFF20', StringComparison.Ordinal)))
        {
            Assert.Equal(AdminReply.Refused(Exists), await RunAsync(server, new AddAccount(form, "other horse")));
            Assert.Equal(AdminReply.Refused(Exists), await RunAsync(server, new AddAddress(TestServer.Bob, form)));
        }
    }

    private static async Task<TestServer> StartAsync()
    {
        var server = await Mechanisms.StartAsync(isImap: true);
        await RunAsync(server, new AddDomain("m\u00FCnchen.example"));
        Assert.Equal(AdminReply.Done("Account j\u00F6rg@xn--mnchen-3ya.example is made."), await RunAsync(server, new AddAccount(Name, Password)));
        return server;
    }

    private static Task<AdminReply> RunAsync(TestServer server, AdminRequest request) =>
        request.RunAsync(new AdminContext(server.Store, server.Passwords, [], server.Time), CancellationToken.None);

    private static async Task<List<bool>> LogInAsync(string name, string password)
    {
        await using var server = await StartAsync();
        var results = new List<bool>();
        foreach (var mechanism in Mechanisms.Names.Where(mechanism => mechanism != "EXTERNAL" && !mechanism.EndsWith("-PLUS", StringComparison.Ordinal)))
        {
            await using var peer = await SaslPeer.ConnectAsync(server, isImap: true, "imaps");
            results.Add(SaslPeer.IsDone(await peer.LogInAsync(Mechanisms.Client(mechanism, name, password))));
        }

        await using var login = await SaslPeer.ConnectAsync(server, isImap: true, "imaps");
        var bytes = Encoding.UTF8.GetByteCount(password);
        results.Add(SaslPeer.IsDone(await login.SayAsync($"a LOGIN {{{Encoding.UTF8.GetByteCount(name)}+}}\r\n{name} {{{bytes}+}}\r\n{password}")));
        return results;
    }
}
