using System.Net;
using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Network.Tls;

namespace Martlet.Load.Commands;

/// <summary>Memory of the server process with many clients that are logged in, have INBOX selected and wait in IDLE.</summary>
internal static class IdleCommand
{
    private const int PerAddress = 10_000;
    private const int AtOnce = 50;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var identity = arguments.Has("key") ? LoginCommand.MakeKey() : null;
        var (tls, compressed) = (arguments.Has("tls") || identity is not null, arguments.Has("compressed"));
        var users = arguments.Number("users", 20);
        var report = new Report(arguments, "connections", "tls", "key", "compressed", "RSS kB", "private kB", "heap kB", "private kB/connection", "heap kB/connection");
        await using var server = await ServerProcess.StartAsync(arguments, arguments.Folder("idle"), users, identity?.Key.Fingerprint);
        var clients = new List<ImapClient>();
        for (var i = 0; i < users; i++)
        {
            // All code paths and accounts once, so that the first row holds no cold start.
            using var warm = await OpenAsync(server, tls, identity, compressed, i, i % users);
        }

        (long Private, long Heap)? empty = null;
        foreach (var count in arguments.Numbers("connections", "0,100,1000,10000").Order())
        {
            while (clients.Count < count)
            {
                var first = clients.Count;
                var more = Math.Min(AtOnce, count - first);
                clients.AddRange(await Task.WhenAll(Enumerable.Range(first, more).Select(number => OpenAsync(server, tls, identity, compressed, number, number % users))));
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
            var heap = await server.CollectAsync() / 1024;
            await Task.Delay(TimeSpan.FromSeconds(1));
            var memory = Posix.Memory(server.Id);
            empty ??= (memory.PrivateDirty, heap);
            var divisor = Math.Max(1, count);
            report.Add(
                count, tls ? "yes" : "no", identity is null ? "no" : "yes", compressed ? "yes" : "no", memory.Rss, memory.PrivateDirty, heap,
                (memory.PrivateDirty - empty.Value.Private) / (double)divisor, (heap - empty.Value.Heap) / (double)divisor);
        }

        clients.ForEach(client => client.Dispose());
        return 0;
    }

    private static async Task<ImapClient> OpenAsync(ServerProcess server, bool tls, ClientIdentity? identity, bool compressed, int number, int user)
    {
        var from = new IPAddress([127, 0, 0, (byte)(2 + (number / PerAddress))]);
        var client = identity is null
            ? await ImapClient.LoginAsync(tls ? server.ImapsPort : server.ImapPort, server.Address(user), server.Password, tls, from)
            : await ImapClient.PreauthAsync(server.ImapsPort, identity, from);
        if (compressed)
        {
            await client.CompressAsync();
        }

        await client.RunAsync("SELECT INBOX");
        await client.Wire.SendAsync("i IDLE\r\n");
        await client.Wire.LineAsync();
        return client;
    }
}
