using System.Globalization;
using System.Text;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Sqlite;
using Martlet.Store.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Store.Tests.Crash;

/// <summary>
/// The process that is killed: some sessions at once, each in two mailboxes of its own. Before each operation it says what it is about to do, and after the
/// store's answer that it is done; what it has said survives it in the pipe.
/// </summary>
internal static class CrashWorker
{
    public const string Mode = "--crash-worker";
    public const int Sessions = 4;
    public const string Account = "anna@example.org";

    /// <summary>The annotation that each mailbox has or has not; it holds the number that was said, and none for 0.</summary>
    public const string Annotation = "/private/comment";

    private const int KeptMax = 12;

    /// <summary>Limits that make large files out of short messages, and the ways of large mailboxes out of small ones.</summary>
    public static StoreLimits Limits { get; } = new()
    {
        SegmentMessageBytesMax = 2000,
        LoggedFlagsMin = 2,
        FoldedFlagsAtOnce = 2,
        SnapshotMessagesMin = 3,
        TombstonesPerMailboxMax = 5,
    };

    public static async Task<int> RunAsync(string folder, int seed)
    {
        await using var store = SqliteStore.Open(folder, Limits, TimeProvider.System, NullLogger.Instance);
        var account = store.OpenAccount(store.Directory.FindAddress(Account)!.Id)!;
        var said = new Journal(Console.OpenStandardOutput(), Path.Combine(folder, "meta.db-wal"));
        await Task.WhenAll(Enumerable.Range(0, Sessions).Select(session => new Session(store, account, said, session, new Random(seed + session)).RunAsync()));
        return 0;
    }

    /// <summary>Name of a session's first or second mailbox at its start.</summary>
    public static string Name(int session, int which) => string.Create(CultureInfo.InvariantCulture, $"w{session}-{which}");

    private sealed class Journal(Stream output, string log)
    {
        private readonly Lock _lock = new();

        public void Say(string line)
        {
            lock (_lock)
            {
                // One write a line: a kill cannot leave half of one that counts. The log's length says how much a power cut must leave.
                var length = File.Exists(log) ? new FileInfo(log).Length : 0;
                output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{line} {length}\n")));
                output.Flush();
            }
        }
    }

    private sealed class Session(MailStore store, Account account, Journal said, int number, Random random)
    {
        private readonly List<uint>[] _uids = [[], []];
        private readonly Mailbox[] _mailboxes =
        [
            .. account.Mailboxes.Values.Where(mailbox => mailbox.Info.Name.StartsWith($"w{number}-", StringComparison.Ordinal)).OrderBy(mailbox => mailbox.Id),
        ];

        private int _renames = random.Next(int.MaxValue / 2);

        public async Task RunAsync()
        {
            for (var which = 0; which < 2; which++)
            {
                using var view = await store.OpenViewAsync(_mailboxes[which], new Changes.ChangeSignal());
                _uids[which].AddRange(view.Opened.Uids.ToArray());
            }

            while (true)
            {
                var which = random.Next(2);
                var uids = _uids[which];
                switch (random.Next(14))
                {
                    case < 4 when uids.Count < KeptMax:
                        await AppendAsync(which);
                        break;
                    case < 6 when uids.Count > 0:
                        await FlagAsync(which, uids[random.Next(uids.Count)]);
                        break;
                    case < 7 when uids.Count > 0:
                        await ReplaceAsync(which, uids[random.Next(uids.Count)]);
                        break;
                    case < 8 when uids.Count > 0:
                        await MoveAsync(which, uids[random.Next(uids.Count)]);
                        break;
                    case < 9 when uids.Count > 0:
                        await ExpungeAsync(which, uids[random.Next(uids.Count)]);
                        break;
                    case 9:
                        await RenameAsync(which);
                        break;
                    case < 12 when uids.Count > 0:
                        await FlagAllAsync(which);
                        break;
                    case 12:
                        // What nobody waits for: flags folded, tombstones forgotten, snapshots written.
                        await store.TidyRowsAsync(CancellationToken.None);
                        break;
                    case 13:
                        await AnnotateAsync(which);
                        break;
                }
            }
        }

        // The old message goes from one mailbox, the new one comes into the other.
        private async Task ReplaceAsync(int which, uint uid)
        {
            var token = random.Next();
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} replace {which} {uid} {token}");
            using var spool = NewMessage(token);
            said.Say($"? {line}");
            var added = (await store.ReplaceMessageAsync(new NewMessage { Mailbox = _mailboxes[1 - which], Content = spool }, _mailboxes[which], new Uid(uid))).Value;
            said.Say($"! {line} {added.Uid}");
            _uids[which].Remove(uid);
            _uids[1 - which].Add(added.Uid.Value);
        }

        private MessageSpool NewMessage(int token)
        {
            var spool = store.NewSpool();
            spool.Write(Encoding.ASCII.GetBytes(Mail.Text(string.Create(CultureInfo.InvariantCulture, $"token {token} end"), random.Next(8) == 0 ? 4000 : random.Next(1500))));
            spool.Complete();
            return spool;
        }

        private async Task AppendAsync(int which)
        {
            var token = random.Next();
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} append {which} {token}");
            using var spool = NewMessage(token);
            said.Say($"? {line}");
            var added = (await store.AddMessagesAsync([new NewMessage { Mailbox = _mailboxes[which], Content = spool }])).Value![0];
            said.Say($"! {line} {added.Uid}");
            _uids[which].Add(added.Uid.Value);
        }

        private async Task FlagAsync(int which, uint uid)
        {
            var flags = random.Next(32);
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} flag {which} {uid} {flags}");
            said.Say($"? {line}");
            await store.SetFlagsAsync(_mailboxes[which], [new Uid(uid)], FlagChange.Replace, (MessageFlags)flags, []);
            said.Say($"! {line}");
        }

        private async Task FlagAllAsync(int which)
        {
            var flags = random.Next(32);
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} flagall {which} {flags}");
            said.Say($"? {line}");
            await store.SetFlagsAsync(_mailboxes[which], [.. _uids[which].Select(uid => new Uid(uid)).Order()], FlagChange.Replace, (MessageFlags)flags, []);
            said.Say($"! {line}");
        }

        private async Task MoveAsync(int which, uint uid)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} move {which} {uid}");
            said.Say($"? {line}");
            var moved = (await store.MoveAsync(_mailboxes[which], [new Uid(uid)], _mailboxes[1 - which])).Value!;
            said.Say($"! {line} {moved.To[0]}");
            _uids[which].Remove(uid);
            _uids[1 - which].Add(moved.To[0].Value);
        }

        private async Task ExpungeAsync(int which, uint uid)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} expunge {which} {uid}");
            said.Say($"? {line}");
            await store.ExpungeAsync(_mailboxes[which], [new Uid(uid)], onlyDeleted: false);
            said.Say($"! {line}");
            _uids[which].Remove(uid);
        }

        private async Task AnnotateAsync(int which)
        {
            var token = random.Next(4) == 0 ? 0 : random.Next();
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} annotate {which} {token}");
            said.Say($"? {line}");
            await store.SetAnnotationsAsync(account, _mailboxes[which], [new(Annotation, token == 0 ? null : Encoding.ASCII.GetBytes(line.Split(' ')[^1]))]);
            said.Say($"! {line}");
        }

        private async Task RenameAsync(int which)
        {
            var line = string.Create(CultureInfo.InvariantCulture, $"{number} rename {which} w{number}-{++_renames}");
            said.Say($"? {line}");
            await store.RenameMailboxAsync(_mailboxes[which], line.Split(' ')[^1]);
            said.Say($"! {line}");
        }
    }
}
