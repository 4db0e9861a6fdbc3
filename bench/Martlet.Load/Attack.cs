using System.Text;
using Martlet.Load.Clients;
using Martlet.Load.Server;
using Martlet.Network.Compression;
using Martlet.Network.Connections;

namespace Martlet.Load;

/// <summary>One way to hurt a server, done by many connections at once.</summary>
/// <param name="Name">For the table.</param>
/// <param name="RunAsync">One connection: until the server closes it, or until it is cancelled.</param>
internal sealed record Attack(string Name, Func<ServerProcess, CancellationToken, Task> RunAsync)
{
    /// <summary>How many times the usual number of connections.</summary>
    public int Factor { get; init; } = 1;

    private static readonly byte[] Letters = Filled('A', 64 * 1024);
    private static readonly byte[] Parens = Filled('(', 64 * 1024);

    /// <summary>All of them: the classes of docs/standards.md's limits, before login and after.</summary>
    public static readonly Attack[] All =
    [
        new("literal of 1 GB before login", (server, cancel) => BareAsync(server, "a LOGIN {1000000000+}\r\n", Letters, cancel)),
        new("1,000,000 literals before login", (server, cancel) => BareAsync(server, "a LOGIN", Repeat(" {1000+}\r\n" + new string('x', 1000), 60), cancel)),
        new("line of 1 GB before login", (server, cancel) => BareAsync(server, "a LOGIN ", Letters, cancel)),
        new("base64 of 1 GB", (server, cancel) => BareAsync(server, "a AUTHENTICATE PLAIN\r\n", Letters, cancel)),
        new("parentheses before login", (server, cancel) => BareAsync(server, "a LOGIN ", Parens, cancel)),
        new("a byte a second", DripAsync) { Factor = 50 },
        new("parentheses in SEARCH", (server, cancel) => InsideAsync(server, [], Repeat("a SEARCH " + new string('(', 60_000) + "\r\n", 1), reads: true, cancel)),
        new("1,000,000 literals in SEARCH", (server, cancel) => InsideAsync(server, "a SEARCH"u8.ToArray(), Repeat(" SUBJECT {10+}\r\n0123456789", 1000), reads: true, cancel)),
        new("literals at the limit, never ended", (server, cancel) => InsideAsync(server, Repeat("a SEARCH" + string.Concat(Enumerable.Repeat(" SUBJECT {102400+}\r\n" + new string('x', 102_400), 9)), 1), [], reads: true, cancel)),
        new("1,000,000 ranges", (server, cancel) => InsideAsync(server, [], Repeat("a UID FETCH " + string.Join(',', Enumerable.Range(1, 9000).Select(i => i * 2)) + " FLAGS\r\n", 1), reads: true, cancel)),
        new("LIST patterns", (server, cancel) => InsideAsync(server, [], Repeat("a LIST \"\" (" + string.Join(' ', Enumerable.Repeat(string.Concat(Enumerable.Repeat("*%", 300)) + "x", 90)) + ")\r\n", 1), reads: true, cancel)),
        new("200 times the same large part, not read", (server, cancel) => InsideAsync(server, [], Repeat("a FETCH 1 (" + string.Join(' ', Enumerable.Repeat("BODY.PEEK[]", 200)) + ")\r\n", 1), reads: false, cancel)),
        new("NOOP pipelined, not read", (server, cancel) => InsideAsync(server, [], Repeat("a NOOP\r\n", 8000), reads: false, cancel)),
        new("IDLE through 100,000 changes, not read", (server, cancel) => InsideAsync(server, "a IDLE\r\n"u8.ToArray(), [], reads: false, cancel)),
        new("bomb of one line, compressed", (server, cancel) => BombAsync(server, [.. "a NOOP "u8, .. new byte[20_000_000]], cancel)),
        new("bomb of NOOP, compressed", (server, cancel) => BombAsync(server, Repeat("a NOOP\r\n", 1_000_000), cancel)),
        new("bomb of FETCH, compressed, not read", (server, cancel) => BombAsync(server, Repeat("a FETCH 1 BODY.PEEK[]\r\n", 100_000), cancel)),
    ];

    private static async Task BareAsync(ServerProcess server, string start, byte[] more, CancellationToken cancel)
    {
        using var wire = await Wire.ConnectAsync(server.ImapPort);
        using var end = cancel.Register(wire.Dispose);
        await wire.SendAsync(start);
        for (var sent = 0L; sent < 1_000_000_000; sent += more.Length)
        {
            await wire.SendAsync(more);
        }
    }

    private static async Task DripAsync(ServerProcess server, CancellationToken cancel)
    {
        using var wire = await Wire.ConnectAsync(server.ImapPort);
        while (true)
        {
            await wire.SendAsync("a");
            await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        }
    }

    private static async Task InsideAsync(ServerProcess server, byte[] start, byte[] again, bool reads, CancellationToken cancel)
    {
        using var client = await LoginAsync(server);
        using var end = cancel.Register(client.Dispose);
        var reading = reads ? ReadAsync(client.Wire) : Task.CompletedTask;
        await client.Wire.SendAsync(start);
        while (again.Length > 0)
        {
            await client.Wire.SendAsync(again);
        }

        await Task.Delay(Timeout.Infinite, cancel);
        await reading;
    }

    // What the client sends is made before: it costs the server more than the client.
    private static async Task BombAsync(ServerProcess server, byte[] plain, CancellationToken cancel)
    {
        var bomb = new OutputBuffer();
        Deflater.Compress(plain, bomb);
        using var client = await LoginAsync(server);
        using var end = cancel.Register(client.Dispose);
        await client.RunAsync("COMPRESS DEFLATE");
        while (true)
        {
            await client.Wire.SendRawAsync(bomb.Written);
        }
    }

    private static async Task<ImapClient> LoginAsync(ServerProcess server)
    {
        var client = await ImapClient.LoginAsync(server.ImapPort, server.Address(0), server.Password);
        await client.RunAsync("SELECT INBOX");
        return client;
    }

    private static async Task ReadAsync(Wire wire)
    {
        try
        {
            while (true)
            {
                await wire.LineAsync();
            }
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            // The end of the attack, by either side.
        }
    }

    private static byte[] Filled(char value, int count) => [.. Enumerable.Repeat((byte)value, count)];

    private static byte[] Repeat(string text, int times) => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
}
