using System.Globalization;
using System.Text.RegularExpressions;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>
/// Several sessions change one mailbox at the same time, each a client that believes only what it is told. What they believe at the end must be what is there
/// (RFC 9051 §7.5.1: sequence numbers of client and server must not differ).
/// </summary>
public sealed partial class ManySessionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task What_clients_are_told_is_what_is_there(int seed)
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", [.. Enumerable.Repeat(Mail.One, 20)]);
        var clients = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => BelievingClient.OpenAsync(server, new Random((seed * 100) + number))));
        await Task.WhenAll(clients.Select(client => client.ActAsync(150)));
        foreach (var client in clients)
        {
            await client.CompareAsync();
            await client.DisposeAsync();
        }

        await ImapServer.CheckAsync(server);
    }

    /// <summary>A client with a cache: one entry for each message, with UID and flags once they are known.</summary>
    private sealed partial class BelievingClient : IAsyncDisposable
    {
        private static readonly string[] Flags = ["\\Seen", "\\Flagged", "\\Answered", "\\Draft", "Blue", "Red"];

        private readonly TestPeer _peer;
        private readonly Random _random;
        private readonly List<(uint? Uid, string[]? Flags)> _messages = [];
        private readonly List<string> _dialogue = [];
        private int _tags;

        private BelievingClient(TestPeer peer, Random random) => (_peer, _random) = (peer, random);

        public static async Task<BelievingClient> OpenAsync(TestServer server, Random random)
        {
            var client = new BelievingClient(await TestPeer.ConnectAsync(server.Endpoint("bare").Address, useTls: false), random);
            await client._peer.ReadLineAsync();
            await client.RunAsync($"LOGIN {TestServer.Alice} \"{TestServer.Password}\"");
            await client.RunAsync("SELECT INBOX");
            await client.RunAsync("FETCH 1:* (UID FLAGS)");
            return client;
        }

        public async Task ActAsync(int commands)
        {
            for (var i = 0; i < commands; i++)
            {
                await ActAsync();
            }
        }

        public async Task CompareAsync()
        {
            await RunAsync("NOOP");
            var believed = _messages.ToArray();
            await RunAsync("FETCH 1:* (UID FLAGS)", mayBeEmpty: true);
            Assert.Equal(_messages.Count, believed.Length);
            for (var i = 0; i < believed.Length; i++)
            {
                var isRight = (believed[i].Uid ?? _messages[i].Uid) == _messages[i].Uid
                    && (believed[i].Flags is null || believed[i].Flags!.SequenceEqual(_messages[i].Flags!));
                Assert.True(isRight, $"Message {i + 1}: UID {believed[i].Uid} {string.Join(' ', believed[i].Flags ?? [])} was believed.\n{string.Join('\n', _dialogue.TakeLast(300))}");
            }
        }

        public ValueTask DisposeAsync() => _peer.DisposeAsync();

        private async Task ActAsync()
        {
            var count = _messages.Count;
            var seq = count == 0 ? 0 : _random.Next(count) + 1;
            var flag = Flags[_random.Next(Flags.Length)];
            switch (count == 0 ? 9 : _random.Next(12))
            {
                case 0 or 1:
                    await RunAsync($"STORE {seq} {(_random.Next(2) == 0 ? "+" : "-")}FLAGS ({flag})");
                    break;
                case 2:
                    await StoreSilentlyAsync(seq, flag, isAdding: true);
                    break;
                case 3:
                    await StoreSilentlyAsync(seq, flag, isAdding: false);
                    break;
                case 4:
                    await RunAsync($"FETCH {seq} BODY[TEXT]");
                    break;
                case 5:
                    await RunAsync($"STORE {seq} +FLAGS (\\Deleted)");
                    break;
                case 6:
                    await RunAsync(_random.Next(2) == 0 ? "EXPUNGE" : "UID EXPUNGE 1:*");
                    break;
                case 7:
                    await RunAsync("SEARCH ALL");
                    break;
                case 8:
                    await RunAsync($"UID FETCH {_messages[seq - 1].Uid ?? 1} FLAGS");
                    break;
                case 9 or 10:
                    await RunAsync(count == 0 ? "NOOP" : $"COPY {seq} INBOX");
                    break;
                default:
                    await RunAsync("IDLE");
                    break;
            }
        }

        // The client has sent the flags itself, so it knows them where it knew the others.
        private async Task StoreSilentlyAsync(int seq, string flag, bool isAdding)
        {
            var isDone = await RunAsync($"STORE {seq} {(isAdding ? "+" : "-")}FLAGS.SILENT ({flag})", line =>
            {
                if (line is null && _messages[seq - 1].Flags is { } known)
                {
                    _messages[seq - 1] = (_messages[seq - 1].Uid, [.. (isAdding ? known.Union([flag]) : known.Except([flag])).Order(StringComparer.Ordinal)]);
                }
            });
            if (!isDone)
            {
                _messages[seq - 1] = (_messages[seq - 1].Uid, null); // Gone, and its EXPUNGE is still to come.
            }
        }

        private async Task<bool> RunAsync(string command, Action<string?>? before = null, bool mayBeEmpty = false)
        {
            var tag = $"t{++_tags}";
            var mayExpunge = command.StartsWith("UID", StringComparison.Ordinal) || !Regex.IsMatch(command, "^(FETCH|STORE|SEARCH)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
            before?.Invoke(null); // Responses come after the change, so they win.
            _dialogue.Add($"C: {tag} {command}");
            await _peer.SendLineAsync($"{tag} {command}");
            while (true)
            {
                var line = await _peer.ReadLineAsync();
                Assert.NotNull(line);
                _dialogue.Add($"S: {line}");
                if (line.StartsWith(tag + " ", StringComparison.Ordinal))
                {
                    Assert.True(mayBeEmpty || !line.Contains(" BAD ", StringComparison.Ordinal), line);
                    return line.StartsWith(tag + " OK", StringComparison.Ordinal);
                }

                if (line.StartsWith("+ ", StringComparison.Ordinal))
                {
                    await _peer.SendLineAsync("DONE");
                }

                Assert.True(mayExpunge || !line.EndsWith(" EXPUNGE", StringComparison.Ordinal), $"{command}: {line}");
                await BelieveAsync(line);
            }
        }

        private async Task BelieveAsync(string line)
        {
            if (Literal().Match(line) is { Success: true } literal)
            {
                await _peer.ReadBytesAsync(int.Parse(literal.Groups["bytes"].Value, CultureInfo.InvariantCulture));
                line += await _peer.ReadLineAsync();
            }

            if (Response().Match(line) is not { Success: true } match)
            {
                return;
            }

            var number = int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
            switch (match.Groups["what"].Value)
            {
                case "EXISTS":
                    Assert.True(number >= _messages.Count, "EXISTS went down.");
                    while (_messages.Count < number)
                    {
                        _messages.Add((null, null));
                    }

                    break;
                case "EXPUNGE":
                    _messages.RemoveAt(number - 1);
                    break;
                default:
                    var (uid, flags) = _messages[number - 1];
                    if (UidItem().Match(line) is { Success: true } uidItem)
                    {
                        var told = uint.Parse(uidItem.Groups["uid"].Value, CultureInfo.InvariantCulture);
                        Assert.True(uid is null || uid == told, $"Message {number} had UID {uid}: {line}\n{string.Join('\n', _dialogue.TakeLast(50))}");
                        uid = told;
                    }

                    if (FlagsItem().Match(line) is { Success: true } flagsItem)
                    {
                        flags = [.. flagsItem.Groups["flags"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
                    }

                    _messages[number - 1] = (uid, flags);
                    break;
            }
        }

        [GeneratedRegex(@"\{(?<bytes>\d+)\}$", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Literal();

        [GeneratedRegex(@"^\* (?<number>\d+) (?<what>EXISTS|EXPUNGE|FETCH)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex Response();

        [GeneratedRegex(@"[( ]UID (?<uid>\d+)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex UidItem();

        [GeneratedRegex(@"FLAGS \((?<flags>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
        private static partial Regex FlagsItem();
    }
}
