using Martlet.Network.Imap;
using Martlet.Protocols.Imap.Client;
using Xunit;

namespace Martlet.Server.Tests.Imap.Client;

/// <summary>An IMAP server that says what a test wants.</summary>
internal sealed class FakeServer : FakePeer
{
    public const string Capabilities = "IMAP4rev1 LITERAL+ SASL-IR ENABLE ESEARCH IDLE UIDPLUS";

    public static ImapClientOptions Options { get; } = new("mail.example.org", 143) { Security = ImapSecurity.None };

    /// <summary>Plays a server with a greeting that has capabilities, and a client that is connected; both to their end.</summary>
    public static Task RunAsync(Func<FakeServer, Task> server, Func<ImapClient, Task> client, ImapClientOptions? options = null, string capabilities = Capabilities) => RunRawAsync(
        async peer =>
        {
            await peer.SendAsync($"* OK [CAPABILITY {capabilities}] Hello.\r\n");
            await server(peer);
        },
        async open =>
        {
            await using var connected = await open();
            await client(connected);
        },
        options);

    /// <summary>The same without a greeting: the client's part opens the connection itself.</summary>
    public static async Task RunRawAsync(Func<FakeServer, Task> server, Func<Func<Task<ImapClient>>, Task> client, ImapClientOptions? options = null)
    {
        var peer = new FakeServer();
        var served = server(peer);
        var used = client(() => ImapClient.OpenAsync(peer.Client, options ?? Options));
        await BothAsync(served, used);
    }

    /// <summary>What a client that must fail fails with.</summary>
    public static async Task<ImapException> FailsAsync(Func<Task> use, ImapFailure failure)
    {
        var exception = await Assert.ThrowsAsync<ImapException>(use);
        Assert.Equal(failure, exception.Failure);
        return exception;
    }

    /// <summary>Limits that a test changes.</summary>
    public static ImapClientOptions With(ImapClientLimits limits, TimeProvider? time = null) => Options with { Limits = limits, Time = time ?? TimeProvider.System };
}
