using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>Many logins at once, of two accounts, by everything: each gets its own account.</summary>
public sealed class ParallelLoginTests
{
    private const int Logins = 200;
    private const string BobsPassword = "other horse";

    [Fact]
    public async Task Nobody_gets_the_account_of_somebody_else()
    {
        await using var server = await Mechanisms.StartAsync(isImap: true);
        var bob = server.Account(TestServer.Bob);
        var encoded = await server.Passwords.EncodeAsync(BobsPassword);
        Assert.True((await server.Store.SetPasswordAsync(bob.Id, encoded!.Hash, encoded.Secrets)).IsDone);
        await server.AddKeyAsync(TestServer.Bob, TestKeys.Stranger);
        Assert.True((await server.Store.CreateMailboxAsync(server.Account(TestServer.Alice), "Mine alice")).IsDone);
        Assert.True((await server.Store.CreateMailboxAsync(bob, "Mine bob")).IsDone);
        var seen = await Task.WhenAll(Enumerable.Range(0, Logins).Select(i => Task.Run(() => LogInAsync(server, i))));
        for (var i = 0; i < Logins; i++)
        {
            Assert.Equal($"* LIST (\\HasNoChildren) \"/\" \"Mine {(i % 2 == 0 ? "alice" : "bob")}\"", seen[i]);
        }
    }

    // Every fifth shows its key, of which alice's waits for EXTERNAL and bob's opens at once; a third of the others say the other's password first.
    private static async Task<string?> LogInAsync(TestServer server, int i)
    {
        var (name, password, key) = i % 2 == 0 ? (TestServer.Alice, TestServer.Password, TestKeys.Phone) : (TestServer.Bob, BobsPassword, TestKeys.Stranger);
        string[] mechanisms = ["SCRAM-SHA-256", "PLAIN", "CRAM-MD5", "SCRAM-SHA-1", "EXTERNAL"];
        var mechanism = mechanisms[i / 2 % mechanisms.Length];
        var usesKey = mechanism == "EXTERNAL";
        await using var peer = await SaslPeer.ImapAsync(server.Endpoint("imaps").Address, useTls: true, usesKey ? key : null);
        if (!usesKey && i % 3 == 0)
        {
            Assert.False(SaslPeer.IsDone(await peer.LogInAsync(Mechanisms.Client(mechanism, name, i % 2 == 0 ? BobsPassword : TestServer.Password))));
        }

        if (!peer.Greeting.StartsWith("* PREAUTH ", StringComparison.Ordinal))
        {
            Assert.True(SaslPeer.IsDone(await peer.LogInAsync(Mechanisms.Client(mechanism, name, password))));
        }

        return await peer.UntaggedAsync("a LIST \"\" Mine*");
    }
}
