using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl.Scram;
using Martlet.Server.Accounts;

namespace Martlet.Load.Commands;

/// <summary>
/// Logins by each mechanism, in the clear so that the mechanism is what is measured, and TLS handshakes with and without a client key: so many of each, some at once,
/// each on a connection of its own that ends after it. Clients and servers share the machine: the servers' CPU time is the figure that does not depend on the client.
/// </summary>
internal static class LoginCommand
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var (logins, atOnce, runs) = (arguments.Number("logins", 200), arguments.Number("at-once", 8), arguments.Number("runs", 3));
        var folder = arguments.Folder("login");
        using var identity = MakeKey();
        await using var own = await ServerProcess.StartAsync(arguments, Directory.CreateDirectory(Path.Combine(folder, "martlet")).FullName, logins * runs, identity.Key.Fingerprint);
        await using var peer = arguments.Text("peer") is null ? null : await StartPeerAsync(folder);
        IImapServer[] servers = peer is null ? [own] : [own, peer];
        var both = new Comparison(arguments, peer is null ? ["Martlet"] : ["Martlet", "Dovecot"], "logins");

        async Task MeasureAsync(Comparison table, IReadOnlyList<IImapServer> among, string name, Func<IImapServer, int, int, Task> runAsync)
        {
            await table.MeasureAsync(
                name, logins, runs, (who, run) => ManyAsync(logins, atOnce, number => runAsync(among[who], run, number)), who => among[who].CpuMilliseconds, static (_, _) => Task.CompletedTask);
        }

        Task PlainPortAsync(string name, Func<Wire, string, Task> loginAsync, bool isFirst = false) => MeasureAsync(both, servers, name, async (server, run, number) =>
        {
            // Runs beyond those asked for use the accounts of the first ones again.
            using var wire = await Wire.ConnectAsync(server.ImapPort);
            await wire.LineAsync();
            await loginAsync(wire, server.Address(isFirst ? (run % runs * logins) + number : 0));
        });

        await PlainPortAsync("connection and greeting only", static (_, _) => Task.CompletedTask);
        await PlainPortAsync("PLAIN, each another account", static (wire, address) => Login.PlainAsync(wire, address, Accounts.Password), isFirst: true);
        await PlainPortAsync("PLAIN, one account again and again", static (wire, address) => Login.PlainAsync(wire, address, Accounts.Password));
        foreach (var hash in ScramHash.All)
        {
            await PlainPortAsync(hash.Name, (wire, address) => Login.ScramAsync(wire, hash, address, Accounts.Password));
        }

        await PlainPortAsync("CRAM-MD5", static (wire, address) => Login.CramMd5Async(wire, address, Accounts.Password));
        await MeasureAsync(both, servers, "TLS, full handshake", static (server, _, _) => GreetAsync(server, mayResume: false));
        await MeasureAsync(both, servers, "TLS, a client that would resume", static (server, _, _) => GreetAsync(server, mayResume: true));
        var alone = new Comparison(arguments, ["Martlet"], "logins");
        await MeasureAsync(alone, [own], "TLS with a known key, PREAUTH", async (server, _, _) =>
        {
            using var client = await ImapClient.PreauthAsync(server.ImapsPort, identity);
        });
        return 0;
    }

    public static ClientIdentity MakeKey() =>
        ClientIdentity.FromPem(ClientKeyFiles.Make(ClientKeyAlgorithm.P256, "load", password: "", TimeProvider.System.GetUtcNow()).CombinedPem);

    private static async Task<DovecotServer> StartPeerAsync(string folder)
    {
        using var hasher = new PasswordHasher();
        return await DovecotServer.StartAsync(
            DovecotServer.Find(), Directory.CreateDirectory(Path.Combine(folder, "dovecot")).FullName, "sdbox", isFilling: false, await hasher.HashAsync(Accounts.Password));
    }

    private static async Task GreetAsync(IImapServer server, bool mayResume)
    {
        using var wire = await Wire.ConnectAsync(server.ImapsPort, tls: true, from: null, identity: null, mayResume);
        await wire.LineAsync();
    }

    private static Task ManyAsync(int count, int atOnce, Func<int, Task> runAsync) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, _) => await runAsync(number));
}
