using System.Diagnostics;
using System.Net;
using System.Security.Authentication;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl.Clients;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Accounts;

/// <summary>A client that says any SASL line to IMAP or submission, in any order, and sees the last line of each reply.</summary>
internal sealed class SaslPeer : IAsyncDisposable
{
    private readonly TestPeer _peer;
    private readonly bool _isImap;

    private SaslPeer(TestPeer peer, bool isImap) => (_peer, _isImap) = (peer, isImap);

    /// <summary>What the server said first.</summary>
    public string Greeting { get; private set; } = "";

    /// <summary>Lines that <see cref="LogInAsync"/> has sent: the response with the command, and later ones.</summary>
    public List<string> Sent { get; } = [];

    /// <summary>How long the server took for its replies since <see cref="LogInAsync"/> began; what the client computes is not in it.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Connects to a service of the server by its name, which is an IMAP or a submission service, and says EHLO there.</summary>
    public static Task<SaslPeer> ConnectAsync(TestServer server, bool isImap, string service)
    {
        var endpoint = server.Endpoint(service);
        return isImap ? ImapAsync(endpoint.Address, endpoint.UsesTls, endpoint.ClientIdentity) : SmtpAsync(endpoint.Address, endpoint.UsesTls, endpoint.ClientIdentity);
    }

    public static async Task<SaslPeer> ImapAsync(IPEndPoint address, bool useTls, ClientIdentity? identity, SslProtocols protocols = SslProtocols.None)
    {
        var peer = await TestPeer.ConnectAsync(address, useTls, identity, protocols);
        return new SaslPeer(peer, isImap: true) { Greeting = await peer.ReadLineAsync() ?? "" };
    }

    public static async Task<SaslPeer> SmtpAsync(IPEndPoint address, bool useTls, ClientIdentity? identity, SslProtocols protocols = SslProtocols.None)
    {
        var peer = await TestPeer.ConnectAsync(address, useTls, identity, protocols);
        var client = new SaslPeer(peer, isImap: false) { Greeting = await peer.ReadLineAsync() ?? "" };
        await client.SayAsync("EHLO client.example");
        return client;
    }

    /// <summary>Whether a reply asks for the next line of an exchange.</summary>
    public static bool IsContinue(string reply) => reply.StartsWith("+ ", StringComparison.Ordinal) || reply.StartsWith("334 ", StringComparison.Ordinal);

    /// <summary>Whether a reply says that the client is logged in.</summary>
    public static bool IsDone(string reply) => reply.StartsWith("a OK ", StringComparison.Ordinal) || reply.StartsWith("235 ", StringComparison.Ordinal);

    /// <summary>AUTH or AUTHENTICATE.</summary>
    /// <param name="mechanism">Name.</param>
    /// <param name="initial">Response with the command; null for none.</param>
    public Task<string> BeginAsync(string mechanism, string? initial = null) =>
        SayAsync((_isImap ? "a AUTHENTICATE " : "AUTH ") + mechanism + (initial is null ? "" : " " + initial));

    /// <summary>NOOP, which must be answered whatever came before.</summary>
    public async Task IsAliveAsync()
    {
        var reply = await SayAsync(_isImap ? "a NOOP" : "NOOP");
        Assert.True(reply is "a OK Done." or "250 2.0.0 Done.", reply);
    }

    /// <summary>Sends a command with one untagged response.</summary>
    /// <returns>That response.</returns>
    public async Task<string?> UntaggedAsync(string line)
    {
        await _peer.SendLineAsync(line);
        var untagged = await _peer.ReadLineAsync();
        Assert.StartsWith("a OK ", await _peer.ReadLineAsync(), StringComparison.Ordinal);
        return untagged;
    }

    /// <summary>Sends a line.</summary>
    /// <returns>The last line of the reply; empty when the server closes.</returns>
    public async Task<string> SayAsync(string line)
    {
        var start = Stopwatch.GetTimestamp();
        await _peer.SendLineAsync(line);
        while (await _peer.ReadLineAsync() is { } reply)
        {
            if (_isImap ? !reply.StartsWith("* ", StringComparison.Ordinal) : reply is not [_, _, _, '-', ..])
            {
                Waited += Stopwatch.GetElapsedTime(start);
                return reply;
            }
        }

        return "";
    }

    /// <summary>Plays an exchange.</summary>
    /// <param name="client">The mechanism.</param>
    /// <param name="stepsMax">Responses after which it stops, with the reply to the last.</param>
    public async Task<string> LogInAsync(ISaslClient client, int stepsMax = int.MaxValue)
    {
        Sent.Clear();
        Waited = TimeSpan.Zero;
        if (stepsMax == 0)
        {
            return await BeginAsync(client.Mechanism);
        }

        var initial = client.InitialResponse is { } first ? first.IsEmpty ? "=" : Convert.ToBase64String(first.Span) : null;
        var reply = await BeginAsync(client.Mechanism, initial);
        Note(initial);
        while (IsContinue(reply) && Sent.Count < stepsMax)
        {
            var challenge = Convert.FromBase64String(reply[(reply.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
            var line = client.Step(challenge) is SaslClientStep.Respond respond ? Convert.ToBase64String(respond.Data.Span) : "*";
            reply = await SayAsync(line);
            Note(line);
        }

        return reply;
    }

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    private void Note(string? line)
    {
        if (line is not null)
        {
            Sent.Add(line);
        }
    }
}
