namespace Martlet.Server.Observe.Journal;

/// <summary>Follows copies of messages from mailbox to mailbox. UIDs are never used twice, so that account, mailbox and UID name one copy for ever.</summary>
internal sealed class TraceFollower
{
    private readonly Dictionary<(int Account, long Mailbox), Dictionary<uint, TraceTrack>> _copies = [];
    private readonly HashSet<int> _accounts = [];
    private readonly int? _onlyOf;
    private readonly TraceWords _words;

    /// <summary>Begins where the messages were put.</summary>
    public TraceFollower(IEnumerable<TraceTrack> tracks, int? onlyOf, TraceWords words)
    {
        _onlyOf = onlyOf;
        _words = words;
        foreach (var track in tracks)
        {
            foreach (var place in track.Places)
            {
                Follow(track, place.Account, place.Mailbox, place.Uid);
            }
        }
    }

    /// <summary>Takes a line of the journal.</summary>
    public void Take(ReadOnlySpan<byte> line)
    {
        // Nearly all lines are deliveries: what is no change is not read.
        if (_accounts.Count == 0 || line.IndexOf("\"n\":"u8) < 0 || JournalLine.Read(line) is not { Account: { } account } record || !_accounts.Contains(account)
            || (_onlyOf is { } only && only != account))
        {
            return;
        }

        switch (record.Kind)
        {
            case JournalKinds.AccountRemoved:
                TakeAccount(record, account);
                break;
            case JournalKinds.MailboxDeleted or JournalKinds.MailboxRenamed when Find(account, record.Mailbox) is { } all:
                foreach (var track in all.Values.Distinct())
                {
                    track.Add(_words.Changed(record, uid: 0, toUid: 0));
                }

                if (record.Kind == JournalKinds.MailboxDeleted)
                {
                    _copies.Remove((account, record.Mailbox!.Value));
                }

                break;
            case JournalKinds.Copied or JournalKinds.Moved or JournalKinds.Expunged when Find(account, record.Mailbox) is { } known:
                TakeMessages(record, account, known);
                break;
            default:
                break;
        }
    }

    private Dictionary<uint, TraceTrack>? Find(int account, long? mailbox) => mailbox is { } number ? _copies.GetValueOrDefault((account, number)) : null;

    private void TakeAccount(JournalRecord record, int account)
    {
        foreach (var key in _copies.Keys.Where(key => key.Account == account).ToArray())
        {
            foreach (var track in _copies[key].Values.Distinct())
            {
                track.Add(_words.Changed(record, uid: 0, toUid: 0));
            }

            _copies.Remove(key);
        }
    }

    // Walks whichever is shorter: the copies that are followed here, or the messages of the change.
    private void TakeMessages(JournalRecord record, int account, Dictionary<uint, TraceTrack> known)
    {
        foreach (var run in UidRuns.Read(record.Uids ?? ""))
        {
            var uids = run.Last - run.First < (uint)known.Count ? Count(run).Where(known.ContainsKey) : known.Keys.Where(run.Has).Order();
            foreach (var uid in uids.ToArray())
            {
                var track = known[uid];
                var to = run.To == 0 ? 0 : run.ToOf(uid);
                track.Add(_words.Changed(record, uid, to));
                if (record.Kind is JournalKinds.Moved or JournalKinds.Expunged)
                {
                    known.Remove(uid);
                }

                if (to > 0 && record.ToMailbox is { } mailbox)
                {
                    Follow(track, account, mailbox, to);
                }
            }
        }
    }

    private static IEnumerable<uint> Count(UidRun run)
    {
        for (var uid = (ulong)run.First; uid <= run.Last; uid++)
        {
            yield return (uint)uid;
        }
    }

    private void Follow(TraceTrack track, int account, long mailbox, uint uid)
    {
        if (++track.Copies > TraceFinder.CopiesMax)
        {
            return;
        }

        _accounts.Add(account);
        if (!_copies.TryGetValue((account, mailbox), out var known))
        {
            _copies[(account, mailbox)] = known = [];
        }

        known[uid] = track;
    }
}
