using System.Text;
using Xunit;

namespace Martlet.Testing.Transcripts;

/// <summary>
/// Plays a dialogue against a server over real connections: <c>C:</c> lines are sent, <c>S:</c> lines must come. On failure the whole dialogue is shown.
/// </summary>
/// <remarks>
/// <c>C1:</c>, <c>C2:</c> are connections of their own, opened when first used. <c>C2 -> submission</c> opens one to another service, <c>C -> tls</c> starts TLS,
/// <c>C -> deflate</c> compression; after <c>C -> plain</c> one more line goes out compressed, and what the server sends behind its final block is plain.
/// <c>*</c> matches to the end of the token or line, <c>{name}</c> captures and is that text from then on, <c>...</c> skips what comes before the next expected
/// line, but not the end of a command. <c>C: &lt;&lt;a\r\nb\x00&gt;&gt;</c> are exact bytes, without CRLF added; <c>S: &lt;&lt;…&gt;&gt;</c> expects such. <c>S: &lt;closed&gt;</c>
/// and <c>C: &lt;close&gt;</c> are ends. <c>T: 5m</c> lets fake time go on, by up to that much before the next expected line. <c>#</c> starts a comment.
/// A line to send may end in a literal header; the lines after it give the bytes, with CRLF between them.
/// </remarks>
public sealed class Transcript : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int LineShownMax = 400;

    private readonly TestServer _server;
    private readonly string _service;
    private readonly Dictionary<string, TestPeer> _peers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _captures = new(StringComparer.Ordinal);
    private readonly StringBuilder _dialogue = new();
    private TimeSpan _budget;
    private bool _isSkipping;

    private Transcript(TestServer server, string service)
    {
        _server = server;
        _service = service;
    }

    /// <summary>Plays a script.</summary>
    /// <param name="server">Server.</param>
    /// <param name="script">Dialogue.</param>
    /// <param name="service">Service that connections go to by themselves; the server's default one when null.</param>
    /// <returns>What was captured.</returns>
    public static async Task<IReadOnlyDictionary<string, string>> RunAsync(TestServer server, string script, string? service = null)
    {
        await using var transcript = new Transcript(server, service ?? server.DefaultService);
        await transcript.PlayAsync(TranscriptStep.Parse(script), peer: null);
        foreach (var (name, peer) in transcript._peers)
        {
            if (peer.Unread > 0)
            {
                transcript.Fail($"connection '{name}' got more than the script says: {RawBytes.Show(await peer.ReadBytesAsync(Math.Min(peer.Unread, 500)))}");
            }
        }

        return transcript._captures;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values)
        {
            await peer.DisposeAsync();
        }
    }

    private async Task PlayAsync(IReadOnlyList<TranscriptStep> steps, string? peer)
    {
        foreach (var step in steps)
        {
            await PlayAsync(peer is null ? step : step with { Peer = peer });
        }
    }

    private async Task PlayAsync(TranscriptStep step)
    {
        switch (step.Kind)
        {
            case StepKind.Send:
                var line = LinePattern.Fill(step.Text, _captures);
                Note($"C{step.Peer}: {line}");
                await (await PeerAsync(step)).SendLineAsync(line);
                break;
            case StepKind.SendRaw:
                Note(step.Source);
                await (await PeerAsync(step)).SendAsync(RawBytes.Parse(LinePattern.Fill(step.Text, _captures)));
                break;
            case StepKind.Expect:
                await ExpectAsync(await PeerAsync(step), step);
                break;
            case StepKind.ExpectRaw:
                await ExpectRawAsync(await PeerAsync(step), step);
                break;
            case StepKind.Skip:
                _isSkipping = true;
                break;
            case StepKind.Open:
                await OpenAsync(step.Peer, step.Text);
                break;
            case StepKind.StartTls:
                await WithinAsync((await PeerAsync(step)).StartTlsAsync(), step);
                break;
            case StepKind.StartDeflate:
                (await PeerAsync(step)).StartDeflate();
                break;
            case StepKind.EndDeflate:
                (await PeerAsync(step)).EndDeflate();
                break;
            case StepKind.Close:
                (await PeerAsync(step)).CloseWriting();
                break;
            case StepKind.ExpectClosed:
                if (await ReadAsync(await PeerAsync(step), step) is { } more)
                {
                    Fail($"expected the end, but got: {more}");
                }

                break;
            case StepKind.Advance:
                _budget += step.Time;
                break;
            default:
                throw new InvalidOperationException($"No such step: {step.Kind}");
        }
    }

    private async Task ExpectAsync(TestPeer peer, TranscriptStep step)
    {
        while (true)
        {
            var line = await ReadAsync(peer, step);
            if (line is null)
            {
                Fail($"expected: {step.Source}\nbut the server closed the connection");
            }

            Note($"S{step.Peer}: {line}");
            if (LinePattern.Matches(step.Text, line!, _captures))
            {
                _isSkipping = false;
                return;
            }

            if (!_isSkipping || EndsCommand(line!))
            {
                Fail($"expected: S{step.Peer}: {LinePattern.Fill(step.Text, _captures)}");
            }
        }
    }

    private async Task ExpectRawAsync(TestPeer peer, TranscriptStep step)
    {
        var expected = RawBytes.Parse(LinePattern.Fill(step.Text, _captures));
        var reading = peer.ReadBytesAsync(expected.Length);
        await WithinAsync(reading, step);
        var bytes = await reading;
        Note($"S{step.Peer}: <<{RawBytes.Show(bytes)}>>");
        if (!bytes.AsSpan().SequenceEqual(expected))
        {
            Fail($"expected: {step.Source}");
        }
    }

    private async Task<string?> ReadAsync(TestPeer peer, TranscriptStep step)
    {
        var reading = peer.ReadLineAsync();
        if (_budget > TimeSpan.Zero)
        {
            await _server.AdvanceAsync(_budget, reading);
            _budget = TimeSpan.Zero;
        }

        await WithinAsync(reading, step);
        return await reading;
    }

    private async Task WithinAsync(Task task, TranscriptStep step)
    {
        if (await Task.WhenAny(task, Task.Delay(Patience)) != task)
        {
            Fail($"nothing came within {Patience.TotalSeconds} s for: {step.Source}");
        }

        await task;
    }

    private async Task<TestPeer> PeerAsync(TranscriptStep step)
    {
        if (step.Kind is StepKind.Send or StepKind.SendRaw && _budget > TimeSpan.Zero)
        {
            await _server.AdvanceAsync(_budget, until: null);
            _budget = TimeSpan.Zero;
        }

        return _peers.TryGetValue(step.Peer, out var peer) ? peer : await OpenAsync(step.Peer, _service);
    }

    private async Task<TestPeer> OpenAsync(string name, string service)
    {
        if (_peers.Remove(name, out var old))
        {
            await old.DisposeAsync();
        }

        var endpoint = _server.Endpoint(service);
        var peer = await TestPeer.ConnectAsync(endpoint.Address, endpoint.UsesTls, endpoint.ClientIdentity);
        _peers[name] = peer;
        await PlayAsync(TranscriptStep.Parse(endpoint.Prelude), name);
        return peer;
    }

    // A tagged IMAP completion or the last line of an SMTP reply.
    private static bool EndsCommand(string line)
    {
        var words = line.Split(' ', 3);
        return (words[0].Length == 3 && words[0].All(char.IsAsciiDigit)) || (words.Length > 1 && words[0] is not ("*" or "+") && words[1] is "OK" or "NO" or "BAD");
    }

    private void Note(string line) =>
        _dialogue.AppendLine(line.Length <= LineShownMax ? line : $"{line.AsSpan(0, LineShownMax)}… ({line.Length} characters)");

    private void Fail(string reason) =>
        Assert.Fail($"{reason}\n\nThe dialogue was:\n{_dialogue}\nThe log was:\n{string.Join('\n', _server.Log.Lines.TakeLast(20))}");
}
