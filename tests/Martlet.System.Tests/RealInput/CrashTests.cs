using System.Net.Sockets;
using System.Text;
using Martlet.Testing;
using Xunit;

namespace Martlet.SystemTests.RealInput;

/// <summary>
/// kill -9 at random moments while mail is delivered, appended, flagged, expunged and mailboxes are renamed over real sockets. What a client saw acknowledged must
/// hold after the next start, and the store must be sound.
/// </summary>
public sealed class CrashTests
{
    private const int Rounds = 50;

    [Fact(Explicit = true)]
    public async Task What_was_acknowledged_survives_kill_9()
    {
        var random = new Random(20261123);
        using var folder = new TempFolder();
        var known = new Acknowledged();
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await RealServer.StartAsync(folder.Path);
            await known.CheckAsync(server, round);
            var workers = new[]
            {
                DeliverAsync(server, known, round), DeliverAsync(server, known, round + 1_000_000), AppendAsync(server, known, round),
                ChangeAsync(server, known, round), RenameAsync(server, known, round),
            };
            await Task.Delay(random.Next(50, 600));
            await server.KillAsync();
            await Task.WhenAll(workers);
            if (round % 10 == 9)
            {
                var (exit, output) = await RealServer.RunAsync("verify", folder.Path);
                Assert.True(exit == 0, $"round {round}: {output}");
            }
        }

        await using var last = await RealServer.StartAsync(folder.Path);
        await known.CheckAsync(last, Rounds);
        await CorpusTests.VerifyAsync(last);
        Assert.True(known.Count > Rounds, $"only {known.Count} operations were acknowledged: the rounds are too short to prove anything");
        Console.WriteLine($"{known.Count} acknowledged operations survived {Rounds} kills");
    }

    private static Task DeliverAsync(RealServer server, Acknowledged known, int round) => UntilKilledAsync(async () =>
    {
        await using var smtp = await WireClient.SmtpAsync(server);
        for (var i = 0; ; i++)
        {
            var id = $"smtp-{round}-{i}";
            if ((await smtp.DeliverAsync("a@example.org", RealServer.Address, Message(id, i))).StartsWith("250", StringComparison.Ordinal))
            {
                known.Delivered(id);
            }
        }
    });

    private static Task AppendAsync(RealServer server, Acknowledged known, int round) => UntilKilledAsync(async () =>
    {
        await using var imap = await WireClient.ImapAsync(server);
        for (var i = 0; ; i++)
        {
            var id = $"append-{round}-{i}";
            if ((await imap.AppendAsync("INBOX", Message(id, i))).StartsWith("OK", StringComparison.Ordinal))
            {
                known.Delivered(id);
            }
        }
    });

    // Appends to Archive, flags, and expunges every other one of its own messages.
    private static Task ChangeAsync(RealServer server, Acknowledged known, int round) => UntilKilledAsync(async () =>
    {
        await using var imap = await WireClient.ImapAsync(server);
        await imap.CommandAsync("SELECT Archive");
        for (var i = 0; ; i++)
        {
            var id = $"change-{round}-{i}";
            var reply = await imap.AppendAsync("Archive", Message(id, i));
            var uid = reply.Split(']')[0].Split(' ')[^1];
            known.Archived(id);
            if ((await imap.CommandAsync($"UID STORE {uid} +FLAGS.SILENT (\\Flagged k{i % 7})")).StartsWith("OK", StringComparison.Ordinal))
            {
                known.Flagged(id);
            }

            if (i % 2 == 0)
            {
                known.MayBeGone(id);
                await imap.CommandAsync($"UID STORE {uid} +FLAGS.SILENT (\\Deleted)");
                if ((await imap.CommandAsync($"UID EXPUNGE {uid}")).StartsWith("OK", StringComparison.Ordinal))
                {
                    known.Expunged(id);
                }
            }
        }
    });

    private static Task RenameAsync(RealServer server, Acknowledged known, int round) => UntilKilledAsync(async () =>
    {
        await using var imap = await WireClient.ImapAsync(server);
        for (var i = 0; ; i++)
        {
            var name = $"box-{round}-{i}";
            if ((await imap.CommandAsync($"CREATE {name}/child")).StartsWith("OK", StringComparison.Ordinal))
            {
                known.Mailbox($"{name}/child");
            }

            known.MayBeRenamed($"{name}/child");
            if ((await imap.CommandAsync($"RENAME {name} new-{name}")).StartsWith("OK", StringComparison.Ordinal))
            {
                known.Mailbox($"new-{name}/child");
                known.MayBeRenamed($"new-{name}/child");
                await imap.CommandAsync($"DELETE new-{name}/child");
                await imap.CommandAsync($"DELETE new-{name}");
            }
        }
    });

    private static async Task UntilKilledAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is IOException or SocketException or EndOfStreamException)
        {
            // The server was killed: that is the point.
        }
    }

    private static byte[] Message(string id, int i) => Encoding.ASCII.GetBytes(
        $"From: a@example.org\r\nMessage-ID: <{id}@test>\r\nSubject: {id}\r\n\r\n{new string('x', i % 13 * 700)}\r\n");

    /// <summary>What the server has acknowledged so far, over all rounds.</summary>
    private sealed class Acknowledged
    {
        private readonly Lock _lock = new();
        private readonly HashSet<string> _inbox = [], _archive = [], _flagged = [], _mayBeGone = [], _expunged = [], _mailboxes = [], _mayBeRenamed = [];

        public int Count { get; private set; }

        public void Delivered(string id) => Add(_inbox, id);

        public void Archived(string id) => Add(_archive, id);

        public void Flagged(string id) => Add(_flagged, id);

        public void Expunged(string id) => Add(_expunged, id);

        public void Mailbox(string name) => Add(_mailboxes, name);

        // About to be changed: from here on both outcomes are right until the change is acknowledged.
        public void MayBeGone(string id) => Add(_mayBeGone, id);

        public void MayBeRenamed(string name) => Add(_mayBeRenamed, name);

        public async Task CheckAsync(RealServer server, int round)
        {
            await using var imap = await WireClient.ImapAsync(server);
            var inbox = await SubjectsAsync(imap, "INBOX");
            var missing = _inbox.Where(id => !inbox.ContainsKey(id)).ToList();
            Assert.True(missing.Count == 0, $"round {round}: acknowledged and lost: {string.Join(' ', missing)}");
            var archive = await SubjectsAsync(imap, "Archive");
            foreach (var id in _archive)
            {
                Assert.True(archive.ContainsKey(id) || _mayBeGone.Contains(id), $"round {round}: {id} is lost");
                Assert.False(archive.ContainsKey(id) && _expunged.Contains(id), $"round {round}: {id} is back after EXPUNGE");
                Assert.True(!_flagged.Contains(id) || !archive.TryGetValue(id, out var flags) || flags.Contains("\\Flagged", StringComparison.Ordinal), $"round {round}: {id} lost its flag");
            }

            var lines = new List<string>();
            await imap.CommandAsync("LIST \"\" *", untagged: lines);
            var names = lines.Select(line => line.Split(' ')[^1]).ToHashSet();
            var gone = _mailboxes.Where(name => !names.Contains(name) && !_mayBeRenamed.Contains(name)).ToList();
            Assert.True(gone.Count == 0, $"round {round}: mailboxes lost: {string.Join(' ', gone)}");
        }

        private static async Task<Dictionary<string, string>> SubjectsAsync(WireClient imap, string mailbox)
        {
            await imap.CommandAsync($"EXAMINE {mailbox}");
            var lines = new List<string>();
            await imap.CommandAsync("FETCH 1:* (FLAGS ENVELOPE)", untagged: lines);
            return lines.Where(line => line.Contains("ENVELOPE (NIL \"", StringComparison.Ordinal)).ToDictionary(
                line => line.Split("ENVELOPE (NIL \"")[1].Split('"')[0], line => line, StringComparer.Ordinal);
        }

        private void Add(HashSet<string> set, string value)
        {
            lock (_lock)
            {
                set.Add(value);
                Count++;
            }
        }
    }
}
