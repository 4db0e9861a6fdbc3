using System.Globalization;
using Martlet.Store.Model;
using Xunit;

namespace Martlet.Store.Tests.Crash;

/// <summary>One session of the killed process as its acknowledgements tell it, and the one operation that may or may not have happened.</summary>
internal sealed class CrashModel(int number)
{
    private readonly SortedDictionary<uint, (int Token, int Flags)>[] _messages = [[], []];
    private readonly uint[] _uidNext = [1, 1];
    private readonly string[] _names = [CrashWorker.Name(number, 0), CrashWorker.Name(number, 1)];
    private readonly int[] _annotations = [0, 0];
    private string[]? _pending;

    /// <summary>Operations acknowledged.</summary>
    public int Acknowledged { get; private set; }

    public void Hear(string[] words)
    {
        if (words[0] == "?")
        {
            Assert.Null(_pending);
            _pending = words[1..^1];
            return;
        }

        Assert.NotNull(_pending);
        var uid = words.Length - 2 > _pending.Length ? uint.Parse(words[^2], CultureInfo.InvariantCulture) : 0;
        Apply(_pending, uid);
        _pending = null;
        Acknowledged++;
    }

    /// <summary>The store must hold what was acknowledged, with or without the operation under way.</summary>
    public async Task CompareAsync(MailStore store, Account account)
    {
        var mailboxes = account.Mailboxes.Values.Where(mailbox => mailbox.Info.Name.StartsWith($"w{number}-", StringComparison.Ordinal)).OrderBy(mailbox => mailbox.Id).ToArray();
        Assert.Equal(2, mailboxes.Length);
        var stored = await Task.WhenAll(mailboxes.Select(mailbox => ReadAsync(store, mailbox)));
        var annotations = Array.ConvertAll(mailboxes, mailbox => ReadAnnotation(store, mailbox));
        if (!(Holds(mailboxes, stored) && _annotations.SequenceEqual(annotations)) && _pending is { } pending)
        {
            var which = int.Parse(pending[2], CultureInfo.InvariantCulture);
            Apply(pending, pending[1] switch { "append" => _uidNext[which], "move" or "replace" => _uidNext[1 - which], _ => 0 });
        }

        for (var which = 0; which < 2; which++)
        {
            Assert.Equal(_names[which], mailboxes[which].Info.Name);
            Assert.Equal(_messages[which], stored[which]);
            Assert.Equal(_annotations[which], annotations[which]);
            Assert.True(mailboxes[which].Info.UidNext.Value >= _uidNext[which], "a UID is free to be given out again");
            _uidNext[which] = mailboxes[which].Info.UidNext.Value;
        }

        _pending = null;
    }

    private bool Holds(Mailbox[] mailboxes, SortedDictionary<uint, (int, int)>[] stored) =>
        Enumerable.Range(0, 2).All(which => _names[which] == mailboxes[which].Info.Name && _messages[which].SequenceEqual(stored[which]));

    private static int ReadAnnotation(MailStore store, Mailbox mailbox) =>
        store.ReadAnnotation(mailbox.Account, mailbox.Id, CrashWorker.Annotation) is { } value ? int.Parse(value, CultureInfo.InvariantCulture) : 0;

    private static async Task<SortedDictionary<uint, (int Token, int Flags)>> ReadAsync(MailStore store, Mailbox mailbox)
    {
        var found = new SortedDictionary<uint, (int, int)>();
        using var view = await store.OpenViewAsync(mailbox, new Changes.ChangeSignal());
        foreach (var uid in view.Opened.Uids.ToArray())
        {
            Assert.True(view.TryGet(new Uid(uid), out var row));
            using var batch = new Reading.EmailBatch();
            store.ReadEmails(batch, mailbox.Account, [row.Email]);
            Assert.True(batch.TryGet(row.Email, out var blob, out var meta));
            Assert.True(Messages.Mime.MessageMeta.TryRead(meta, out var read));
            var subject = System.Text.Encoding.ASCII.GetString(read.Envelope.Subject.Value).Split(' ');
            var bytes = new byte[blob.Length];
            Assert.Equal(bytes.Length, store.ReadBytes(mailbox.Account, row.Email, ref blob, 0, bytes));
            Assert.Contains($"token {subject[1]} end", System.Text.Encoding.ASCII.GetString(bytes), StringComparison.Ordinal);
            found.Add(uid, (int.Parse(subject[1], CultureInfo.InvariantCulture), (int)row.Flags));
        }

        return found;
    }

    private void Apply(string[] operation, uint newUid)
    {
        var which = int.Parse(operation[2], CultureInfo.InvariantCulture);
        var uid = operation[1] is "append" or "rename" or "annotate" ? 0 : uint.Parse(operation[3], CultureInfo.InvariantCulture);
        switch (operation[1])
        {
            case "append":
                Add(which, newUid, (int.Parse(operation[3], CultureInfo.InvariantCulture), 0));
                break;
            case "flag":
                _messages[which][uid] = _messages[which][uid] with { Flags = int.Parse(operation[4], CultureInfo.InvariantCulture) };
                break;
            case "flagall":
                foreach (var known in _messages[which].Keys.ToArray())
                {
                    _messages[which][known] = _messages[which][known] with { Flags = (int)uid };
                }

                break;
            case "move":
                Add(1 - which, newUid, _messages[which][uid]);
                _messages[which].Remove(uid);
                break;
            case "replace":
                Add(1 - which, newUid, (int.Parse(operation[4], CultureInfo.InvariantCulture), 0));
                _messages[which].Remove(uid);
                break;
            case "expunge":
                _messages[which].Remove(uid);
                break;
            case "annotate":
                _annotations[which] = int.Parse(operation[3], CultureInfo.InvariantCulture);
                break;
            case "rename":
                _names[which] = operation[3];
                break;
            default:
                Assert.Fail($"unknown operation {operation[1]}");
                break;
        }
    }

    private void Add(int which, uint uid, (int Token, int Flags) message)
    {
        Assert.True(uid >= _uidNext[which], $"UID {uid} was given out before");
        _messages[which].Add(uid, message);
        _uidNext[which] = uid + 1;
    }
}
