using System.Text;
using Martlet.Store.Changes;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Store.Tests.Support;
using Xunit;

namespace Martlet.Store.Tests.RandomModel;

/// <summary>
/// Thousands of random operations against a model, with views that look at random moments: what a view was told must equal the model after each sync. The seed
/// is the test's argument, so that a failure can be run again.
/// </summary>
public sealed class RandomModelTests
{
    private const int Steps = 1500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task The_store_does_what_the_model_does(int seed)
    {
        var run = new Run(seed);
        var limits = new StoreLimits
        {
            CachedRowsMax = 40,
            SegmentMessageBytesMax = 1000,
            SnapshotMessagesMin = 2,
            FoldedFlagsAtOnce = 3,
            TombstonesPerMailboxMax = 12,
            KeywordSetsMax = 12,
            KeywordsDropPause = TimeSpan.Zero,
            IdleAccountsMax = 0,
        };
        await using var test = TestStore.Over(new LoggingSqliteUnderTest { LoggedFlagsMin = 2 }, limits);
        await run.StartAsync(test);
        for (var step = 0; step < Steps; step++)
        {
            await run.StepAsync();
        }

        await run.EndAsync();
    }

    private sealed class Run(int seed)
    {
        private static readonly string[] Keywords = ["a", "b", "$Junk", "$Forwarded"];
        private readonly Random _random = new(seed);
        private readonly Dictionary<string, ModelMailbox> _mailboxes = [];
        private readonly List<ModelView> _views = [];
        private TestStore _test = null!; // Start sets both.
        private Account _account = null!;
        private int _counter;

        public async Task StartAsync(TestStore test)
        {
            _test = test;
            _account = await test.AddAccountAsync("anna");
            foreach (var (name, mailbox) in _account.Mailboxes)
            {
                _mailboxes.Add(name, new ModelMailbox(mailbox));
            }
        }

        public Task StepAsync() => _random.Next(100) switch
        {
            < 26 => AppendAsync(),
            < 30 => ReplaceAsync(),
            < 45 => FlagAsync(),
            < 53 => ExpungeAsync(),
            < 60 => CopyAsync(isMove: false),
            < 66 => CopyAsync(isMove: true),
            < 70 => CreateAsync(),
            < 72 => DeleteAsync(),
            < 75 => RenameAsync(),
            < 79 => OpenAsync(),
            < 80 => CloseAsync(),
            < 97 => SyncAsync(),
            < 98 => AnnotateAsync(),
            < 99 => TidyAsync(),
            _ => _random.Next(5) == 0 ? ReopenAsync() : Task.CompletedTask,
        };

        public async Task EndAsync()
        {
            _views.ForEach(view => view.Sync(withExpunged: true));
            await ReopenAsync();
            foreach (var (name, model) in _mailboxes)
            {
                var mailbox = _account.FindMailbox(name)!;
                Assert.Equal(model.Annotations.Keys, _account.Annotations.Of(mailbox.Id).Keys);
                Assert.All(model.Annotations, entry => Assert.Equal(entry.Value, Encoding.ASCII.GetString(_test.Store.ReadAnnotation(_account, mailbox.Id, entry.Key)!)));
                Assert.Equal((model.Messages.Count, model.UidNext), (mailbox.Info.Messages, mailbox.Info.UidNext.Value));
                foreach (var row in await _test.RowsAsync(mailbox))
                {
                    Assert.Equal(Mail.Text(model.Messages[row.Uid.Value].Subject), _test.ReadText(_account, row.Email)[..(int)row.Size].Split("\r\nX:")[0]);
                }
            }

            Assert.Equal(_mailboxes.Keys.Order(StringComparer.Ordinal), _account.Mailboxes.Keys);
        }

        private async Task AppendAsync()
        {
            var model = Any();
            var (flags, keywords) = (AnyFlags(), AnyKeywords());
            var count = _random.Next(1, 4);
            await Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
            {
                var subject = $"message {Interlocked.Increment(ref _counter)}";
                var result = await _test.TryAppendAsync(model.Mailbox, Mail.Text(subject), flags, keywords);
                if (result.Refusal == Refusal.LimitReached)
                {
                    return; // Too many sets of keywords, until the account is tidied.
                }

                var added = Assert.Single(result.Value!);
                lock (model)
                {
                    model.Messages.Add(added.Uid.Value, new ModelMessage(subject, flags, string.Join(' ', keywords.Order(StringComparer.Ordinal)), (uint)Mail.Text(subject).Length));
                    model.UidNext = Math.Max(model.UidNext, added.Uid.Value + 1);
                }
            }));
        }

        private async Task ReplaceAsync()
        {
            var (from, to) = (Any(), Any());
            var uid = Some(from)[0];
            var (flags, subject) = (AnyFlags(), $"message {Interlocked.Increment(ref _counter)}");
            using var spool = _test.Spool(Mail.Text(subject));
            var result = await _test.Store.ReplaceMessageAsync(new NewMessage { Mailbox = to.Mailbox, Content = spool, Flags = flags }, from.Mailbox, uid);
            Assert.Equal(from.Messages.ContainsKey(uid.Value) ? Refusal.None : Refusal.NoSuchMessage, result.Refusal);
            if (result.IsDone)
            {
                from.Messages.Remove(uid.Value);
                from.Gone.Add((uid.Value, result.Value.ModSeq));
                to.Messages.Add(result.Value.Uid.Value, new ModelMessage(subject, flags, "", (uint)Mail.Text(subject).Length));
                to.UidNext = result.Value.Uid.Value + 1;
            }
        }

        private async Task FlagAsync()
        {
            var model = Any();
            var (uids, change, flags, keywords) = (Some(model), (FlagChange)_random.Next(3), AnyFlags(), AnyKeywords());
            var known = _account.Keywords;
            if ((await _test.Store.SetFlagsAsync(model.Mailbox, uids, change, flags, keywords)).Refusal == Refusal.LimitReached)
            {
                Assert.Same(known, _account.Keywords);
                return;
            }

            foreach (var uid in uids.Where(uid => model.Messages.ContainsKey(uid.Value)))
            {
                var old = model.Messages[uid.Value];
                var words = old.Keywords.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var (newFlags, newWords) = change switch
                {
                    FlagChange.Add => (old.Flags | flags, words.Union(keywords)),
                    FlagChange.Remove => (old.Flags & ~flags, words.Except(keywords)),
                    _ => (flags, keywords),
                };
                model.Messages[uid.Value] = old with { Flags = newFlags, Keywords = string.Join(' ', newWords.Order(StringComparer.Ordinal)) };
            }
        }

        private async Task ExpungeAsync()
        {
            var model = Any();
            var (uids, onlyDeleted) = (Some(model), _random.Next(2) == 0);
            var expunged = (await _test.Store.ExpungeAsync(model.Mailbox, uids, onlyDeleted)).Value!;
            foreach (var uid in uids)
            {
                if (model.Messages.TryGetValue(uid.Value, out var message) && (!onlyDeleted || message.Flags.HasFlag(MessageFlags.Deleted)))
                {
                    model.Messages.Remove(uid.Value);
                    model.Gone.Add((uid.Value, expunged.ModSeq));
                }
            }
        }

        private async Task CopyAsync(bool isMove)
        {
            var (from, to) = (Any(), Any());
            var uids = Some(from);
            var result = isMove ? await _test.Store.MoveAsync(from.Mailbox, uids, to.Mailbox) : await _test.Store.CopyAsync(from.Mailbox, uids, to.Mailbox);
            for (var i = 0; i < result.Value!.From.Count; i++)
            {
                var message = from.Messages[result.Value.From[i].Value];
                to.Messages.Add(result.Value.To[i].Value, message);
                to.UidNext = result.Value.To[i].Value + 1;
                if (isMove)
                {
                    from.Messages.Remove(result.Value.From[i].Value);
                    from.Gone.Add((result.Value.From[i].Value, result.Value.ModSeq));
                }
            }
        }

        private async Task AnnotateAsync()
        {
            var model = Any();
            var (name, value) = ($"/shared/{"xyz"[_random.Next(3)]}", _random.Next(3) == 0 ? null : $"value {Interlocked.Increment(ref _counter)}");
            var result = await _test.Store.SetAnnotationsAsync(_account, model.Mailbox, [new(name, value is null ? null : Encoding.ASCII.GetBytes(value))]);
            Assert.True(result.IsDone);
            model.Annotations.Remove(name);
            if (value is not null)
            {
                model.Annotations.Add(name, value);
            }
        }

        private async Task CreateAsync()
        {
            var name = AnyName();
            var result = await _test.Store.CreateMailboxAsync(_account, name);
            Assert.Equal(_mailboxes.ContainsKey(name) ? Refusal.MailboxExists : Refusal.None, result.Refusal);
            AddParents(name);
        }

        private async Task DeleteAsync()
        {
            var model = Any();
            var name = model.Mailbox.Info.Name;
            var expected = name == "INBOX" ? Refusal.BadName : Children(name).Count > 0 ? Refusal.HasChildren : Refusal.None;
            Assert.Equal(expected, (await _test.Store.DeleteMailboxAsync(model.Mailbox)).Refusal);
            if (expected == Refusal.None)
            {
                model.Messages.Clear();
                _mailboxes.Remove(name);
            }
        }

        private async Task RenameAsync()
        {
            var (model, name) = (Any(), AnyName());
            var old = model.Mailbox.Info.Name;
            var result = await _test.Store.RenameMailboxAsync(model.Mailbox, name);
            if (!result.IsDone)
            {
                Assert.True(_mailboxes.ContainsKey(name) || name.StartsWith(old + "/", StringComparison.Ordinal), $"{result.Refusal} for {old} to {name}");
                return;
            }

            if (old == "INBOX")
            {
                AddParents(name);
                var uid = 1u;
                foreach (var (_, message) in model.Messages)
                {
                    _mailboxes[name].Messages.Add(uid++, message);
                }

                _mailboxes[name].UidNext = uid;
                model.Gone.AddRange(model.Messages.Keys.Select(gone => (gone, model.Mailbox.Info.ModSeq)));
                model.Messages.Clear();
                foreach (var (key, value) in model.Annotations)
                {
                    _mailboxes[name].Annotations.Add(key, value);
                }

                return;
            }

            foreach (var child in Children(old).Append(old))
            {
                _mailboxes.Remove(child, out var moved);
                _mailboxes.Add(name + child[old.Length..], moved!);
            }

            AddParents(name);
        }

        private async Task OpenAsync()
        {
            if (_views.Count >= 6)
            {
                await CloseAsync();
            }

            var model = Any();
            var view = new ModelView(model, await _test.Store.OpenViewAsync(model.Mailbox, new ChangeSignal()));
            view.Open();
            _views.Add(view);
        }

        private Task SyncAsync()
        {
            if (_views.Count > 0)
            {
                _views[_random.Next(_views.Count)].Sync(withExpunged: _random.Next(3) == 0);
            }

            return Task.CompletedTask;
        }

        private Task CloseAsync()
        {
            if (_views.Count > 0)
            {
                var at = _random.Next(_views.Count);
                _views[at].Dispose();
                _views.RemoveAt(at);
            }

            return Task.CompletedTask;
        }

        private async Task TidyAsync()
        {
            await _test.ReapAsync();
            await _test.CompactAsync();
            AssertHistory(Any());
            await _test.TidyRowsAsync();
            AssertHistory(Any());
            await _test.AssertCleanAsync();
        }

        private void AssertHistory(ModelMailbox model)
        {
            var after = new ModSeq(_random.NextInt64(_account.Row.ModSeq.Value));
            var isWhole = _test.Store.TryReadExpunged(model.Mailbox, after, out var uids);
            Assert.Equal(after >= model.Mailbox.Info.ForgottenModSeq, isWhole);
            if (isWhole)
            {
                Assert.Equal(model.Gone.Where(gone => gone.ModSeq > after).Select(gone => new Uid(gone.Uid)).Order(), uids);
            }
        }

        private async Task ReopenAsync()
        {
            _views.ForEach(view => view.Dispose());
            _views.Clear();
            _account = (await _test.ReopenAsync(_account.Id))!;
            foreach (var (name, model) in _mailboxes.ToArray())
            {
                var fresh = new ModelMailbox(_account.FindMailbox(name)!) { UidNext = model.UidNext };
                foreach (var (uid, message) in model.Messages)
                {
                    fresh.Messages.Add(uid, message);
                }

                fresh.Gone.AddRange(model.Gone);
                foreach (var (key, value) in model.Annotations)
                {
                    fresh.Annotations.Add(key, value);
                }

                _mailboxes[name] = fresh;
            }
        }

        private void AddParents(string name)
        {
            for (var at = name; at is not null; at = MailboxPath.Parent(at))
            {
                if (!_mailboxes.ContainsKey(at))
                {
                    _mailboxes.Add(at, new ModelMailbox(_account.FindMailbox(at)!));
                }
            }
        }

        private List<string> Children(string name) => [.. _mailboxes.Keys.Where(other => other.StartsWith(name + "/", StringComparison.Ordinal))];

        private ModelMailbox Any() => _mailboxes.Values.ElementAt(_random.Next(_mailboxes.Count));

        private Uid[] Some(ModelMailbox model) =>
            [.. Enumerable.Range(0, _random.Next(1, 5)).Select(_ => new Uid((uint)_random.Next(1, (int)model.UidNext + 1))).Distinct().Order()];

        private MessageFlags AnyFlags() => (MessageFlags)_random.Next(32);

        private string[] AnyKeywords() => [.. Keywords.Where(_ => _random.Next(4) == 0)];

        private string AnyName() => string.Join('/', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => "xyz"[_random.Next(3)].ToString()));
    }
}
