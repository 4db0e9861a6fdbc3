using Martlet.Network.Tls;
using Martlet.Server.Admin;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Server.Tests.Admin;

/// <summary>Keys, through the control socket and on the data folder.</summary>
public sealed class KeyRequestTests
{
    private const string Ada = "ada@example.org";
    private const string Bob = "bob@example.org";

    private static readonly ClientKeyFiles Phone = ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "phone", "", DateTimeOffset.UnixEpoch);
    private static readonly string[] More = [.. Enumerable.Range(0, 3).Select(_ => PublicKey())];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_is_added_listed_and_removed(bool isRunning)
    {
        await using var admin = await AdminStore.OpenAsync(isRunning, Ada, Bob);
        var key = new KeySummary(Phone.Key.Fingerprint, Ada, Ada, "phone", "ecdsa-p256", ImapPreauth: true, LogsIn: true, AdminStore.Now);

        var added = await admin.RunAsync(new AddKey("ADA@example.org", Phone.CertificatePem, MayPreauth: true));
        Assert.Equal((AdminStatus.Done, $"The key 'phone' logs in as {Ada}."), (added.Status, added.Text));
        Assert.Equal([key], added.Keys!);
        Assert.Equal([key], (await admin.RunAsync(new ListKeys())).Keys!);
        Assert.Equal([key], (await admin.RunAsync(new ListKeys("Ada@Example.org"))).Keys!);
        Assert.Equal([key], (await admin.RunAsync(new GetKey(key.Fingerprint))).Keys!);
        Assert.Equal(1, (await admin.RunAsync(new ShowAccount(Ada))).Account!.Keys);

        await admin.ExpectDoneAsync(new RemoveKey(key.Fingerprint), $"The key 'phone' of {Ada} logs in no more; sessions that it opened have ended.");
        var none = $"Nobody has the key {key.Fingerprint}; martlet config tlspubkey list shows those there are.";
        await admin.ExpectRefusedAsync(new RemoveKey(key.Fingerprint), none);
        await admin.ExpectRefusedAsync(new GetKey(key.Fingerprint), none);
        Assert.Empty((await admin.RunAsync(new ListKeys())).Keys!);
    }

    [Fact]
    public async Task Another_user_sees_nothing_of_a_key_and_cannot_have_it()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await admin.RunAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, "Ada's own"));

        Assert.Empty((await admin.RunAsync(new ListKeys(Bob))).Keys!);
        await admin.ExpectRefusedAsync(
            new AddKey(Bob, Phone.CertificatePem, MayPreauth: true),
            $"The key {Phone.Key.Fingerprint} belongs to another account already, and a key logs in to one account only. Make a new one.");
        await admin.ExpectRefusedAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: false), "This key logs in to that account already: it is 'Ada's own'.");
    }

    [Fact]
    public async Task Wrong_accounts_and_texts_are_refused()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, Ada);
        const string NoAccount = "There is no account bob@example.org; martlet account list shows those there are.";
        await admin.ExpectRefusedAsync(new AddKey(Bob, Phone.CertificatePem, MayPreauth: true), NoAccount);
        await admin.ExpectRefusedAsync(new ListKeys(Bob), NoAccount);
        await admin.ExpectRefusedAsync(new ListKeys("bob"), "'bob' is not an address; write it as in ada@example.org.");
        await admin.ExpectRefusedAsync(new AddKey("ada", Phone.CertificatePem, MayPreauth: true), "'ada' is not an address; write it as in ada@example.org.");
        await admin.ExpectRefusedAsync(
            new AddKey(Ada, Phone.CombinedPem, MayPreauth: true), "There is a private key in this. Keep it where it is, and give the certificate only.");
    }

    [Fact]
    public async Task A_key_has_a_name_of_limited_length()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, Ada);
        const string Wrong = "The name of a key is one line of 1 to 100 characters.";
        await admin.ExpectRefusedAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, " "), Wrong);
        await admin.ExpectRefusedAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, "a\nb"), Wrong);
        await admin.ExpectRefusedAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, "a\u202eb"), Wrong);
        await admin.ExpectRefusedAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, new string('a', 101)), Wrong);
        await admin.ExpectDoneAsync(new AddKey(Ada, Phone.CertificatePem, MayPreauth: true, new string('a', 100)), $"The key '{new string('a', 100)}' logs in as {Ada}.");
    }

    [Fact]
    public async Task A_key_without_a_name_is_numbered()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, Ada);
        await admin.ExpectDoneAsync(new AddKey(Ada, More[0], MayPreauth: true, "key 1"), $"The key 'key 1' logs in as {Ada}.");
        await admin.ExpectDoneAsync(new AddKey(Ada, More[1], MayPreauth: true), $"The key 'key 2' logs in as {Ada}.");
    }

    [Fact]
    public async Task An_account_has_a_limited_number_of_keys()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, new StoreLimits { KeysPerAccountMax = 2 }, Ada);
        await admin.RunAsync(new AddKey(Ada, More[0], MayPreauth: true));
        Assert.Equal(AdminStatus.Done, (await admin.RunAsync(new AddKey(Ada, More[1], MayPreauth: true))).Status);
        await admin.ExpectRefusedAsync(new AddKey(Ada, More[2], MayPreauth: true), "ada@example.org has 2 keys; no account has more. Remove one first.");
    }

    [Fact]
    public async Task A_key_goes_with_the_address_it_logs_in_as()
    {
        await using var admin = await AdminStore.OpenAsync(isRunning: true, Ada, Bob);
        await admin.RunAsync(new AddAddress(Ada, "al@example.org"));
        await admin.RunAsync(new AddKey("al@example.org", Phone.CertificatePem, MayPreauth: true));
        await admin.ExpectDoneAsync(new RemoveAddress("al@example.org"), "Nobody has the address al@example.org any more. The keys that logged in with it are gone too.");

        Assert.Empty((await admin.RunAsync(new ListKeys())).Keys!);
        await admin.RunAsync(new AddAddress(Bob, "al@example.org"));
        Assert.Empty((await admin.RunAsync(new ListKeys())).Keys!);
    }

    private static string PublicKey()
    {
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        return key.ExportSubjectPublicKeyInfoPem();
    }
}
