using Martlet.Network.Tls;
using Martlet.Server.Admin;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>Use cases as a user has them on the account page: with the password there is, and for what is their own.</summary>
public sealed class UserRequestTests
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";

    private static readonly ClientKeyFiles Phone = ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "phone", "", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task A_password_is_changed_by_who_knows_the_one_there_is()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: false, Ada, Bob);
        await admin.RunAsync(new SetPassword(Ada, "correct horse"));

        await admin.ExpectRefusedAsync(new ChangePassword(Ada, "wrong horse", "battery staple"), "The current password is wrong.");
        await admin.ExpectRefusedAsync(new ChangePassword(Bob, "", "battery staple"), "The current password is wrong.");
        await admin.ExpectRefusedAsync(new ChangePassword(Ada, "correct horse", "short"), "The password is too short: at least 8 characters.");
        await admin.ExpectDoneAsync(new ConfirmPassword(Ada, "correct horse"), "The password is right.");
        await admin.ExpectDoneAsync(new ChangePassword(Ada, "correct horse", "battery staple"), $"The password of {Ada} is changed; sessions that used the old one have ended.");
        await admin.ExpectRefusedAsync(new ConfirmPassword(Ada, "correct horse"), "The current password is wrong.");
        await admin.ExpectDoneAsync(new ConfirmPassword(Ada, "battery staple"), "The password is right.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_renamed_and_switched_and_one_of_somebody_else_is_as_none(bool isRunning)
    {
        await using var admin = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        await admin.RunAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true));
        var id = Phone.Key.Fingerprint;
        var key = new KeySummary(id, Ada, Ada, "phone", "ecdsa-p256", ImapPreauth: true, LogsIn: true, AdminStore.Now);
        var none = $"Nobody has the key {id}; martlet config tlspubkey list shows those there are.";

        var renamed = await admin.RunAsync(new ChangeKey(id, " old phone ", Account: Ada));
        Assert.Equal((AdminStatus.Done, "The key 'old phone' is changed."), (renamed.Status, renamed.Text));
        Assert.Equal([key with { Name = "old phone" }], renamed.Keys!);
        Assert.Equal([key with { Name = "old phone", ImapPreauth = false }], (await admin.RunAsync(new ChangeKey(id, MayPreauth: false))).Keys!);
        await admin.ExpectRefusedAsync(new ChangeKey(id, "", Account: Ada), "The name of a key is one line of 1 to 100 characters.");
        await admin.ExpectRefusedAsync(new ChangeKey(id, "a\nb", Account: Ada), "The name of a key is one line of 1 to 100 characters.");
        await admin.ExpectRefusedAsync(new ChangeKey(id, new string('x', 101)), "The name of a key is one line of 1 to 100 characters.");
        await admin.ExpectRefusedAsync(new ChangeKey(id, "mine", Account: Bob), none);
        await admin.ExpectRefusedAsync(new ChangeKey(id, "mine", Account: "nobody@example.org"), none);
        await admin.ExpectRefusedAsync(new RemoveKey(id, Bob), none);
        await admin.ExpectDoneAsync(new RemoveKey(id, Ada), $"The key 'old phone' of {Ada} logs in no more; sessions that it opened have ended.");
        await admin.ExpectRefusedAsync(new ChangeKey(id, "gone"), none);
    }

    [Fact]
    public async Task Browsers_are_signed_out_of_ones_own_account_only()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: false, Ada, Bob);
        foreach (var (id, address) in new[] { ("a1", Ada), ("a2", Ada), ("a3", Ada), ("b1", Bob) })
        {
            var account = admin.Store.Directory.FindAddress(address)!.Id;
            Assert.True((await admin.Store.Settings.AddSessionAsync(new WebSession(id, account, Administrator: null, address, 1, 0, long.MaxValue, "192.0.2.1", "Browser"))).IsDone);
        }

        string Left() => string.Join(' ', admin.Store.Directory.Current.Sessions.Keys.Order(StringComparer.Ordinal));
        await admin.ExpectRefusedAsync(new EndWebSessions(Ada, "b1"), "There is no such session any more.");
        await admin.ExpectRefusedAsync(new EndWebSessions(Ada, "x1"), "There is no such session any more.");
        await admin.ExpectDoneAsync(new EndWebSessions(Ada, "a1"), "The session is ended.");
        Assert.Equal("a2 a3 b1", Left());
        await admin.ExpectDoneAsync(new EndWebSessions(Ada, Except: "a2"), $"Browsers are signed out of {Ada}.");
        Assert.Equal("a2 b1", Left());
        Assert.Empty((await admin.RunAsync(new ListConnections(Ada))).Connections!);
        await admin.ExpectRefusedAsync(new EndConnection(Ada, "c1"), "There is no such connection any more.");
    }
}
