using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Search;

/// <summary>
/// One search over one mailbox or several. It holds a few messages at a time and lets others run in between; the rows in memory are asked first, and only for
/// messages that they leave open is more read: structures together, bytes one by one.
/// </summary>
internal sealed class SearchRun : IDisposable
{
    private const int RowsAtOnce = 256;
    private const int BytesAtOnce = 1024 * 1024; // Between two looks at whether others want to run and the client is still there.

    private readonly ImapSession _session;
    private readonly SearchCommand _command;
    private readonly long _goal;
    private readonly Matcher _matcher;
    private readonly Progress _progress;
    private readonly SearchMessage _message;
    private readonly MessageRow[] _rows = new MessageRow[RowsAtOnce];
    private readonly (int Seq, bool IsOpen)[] _candidates = new (int, bool)[RowsAtOnce];
    private readonly EmailId[] _emails = new EmailId[RowsAtOnce];
    private long _done;
    private long _readBefore;

    /// <summary>Begins a search.</summary>
    /// <param name="session">Whose.</param>
    /// <param name="command">What for.</param>
    /// <param name="goal">Messages in all mailboxes together.</param>
    public SearchRun(ImapSession session, SearchCommand command, long goal)
    {
        _session = session;
        _command = command;
        _goal = goal;
        _matcher = MatcherBuilder.Build(command.Key, session);
        _progress = new Progress(session, goal);
        _message = new SearchMessage(session, readsBodies: _matcher.Cost == MatchCost.Body);
    }

    /// <summary>Something could not be read because it is damaged, and was taken not to match.</summary>
    public bool FoundDamage => _message.FoundDamage;

    /// <summary>Looks through a mailbox.</summary>
    public async ValueTask<SearchHits> FindAsync(SearchedMailbox mailbox)
    {
        var hits = new SearchHits(_command);
        var isBackward = hits.LastWanted > 0;
        var wanted = Math.Max(hits.FirstWanted, hits.LastWanted);
        _matcher.Enter(mailbox);
        var count = mailbox.Map.Count;
        for (var at = 0; at < count; at += RowsAtOnce)
        {
            var size = Math.Min(RowsAtOnce, count - at);
            var candidates = Sift(mailbox, isBackward ? count - at - size : at, size);
            var isLoaded = _matcher.Cost == MatchCost.Row;
            for (var i = 0; i < candidates; i++)
            {
                var next = isBackward ? candidates - 1 - i : i;
                if (_candidates[next].IsOpen)
                {
                    isLoaded = isLoaded || Load(candidates);
                    if (!IsMatch(next, candidates))
                    {
                        await BreatheAsync(isDue: _message.BytesRead - _readBefore >= BytesAtOnce);
                        continue;
                    }
                }

                hits.Add(_rows[next].Uid.Value, _rows[next].ModSeq.Value);
                if (hits.Uids.Count == wanted)
                {
                    return Ordered(hits, isBackward);
                }
            }

            _done += size;
            await BreatheAsync(isDue: _matcher.Cost > MatchCost.Row || _done % (RowsAtOnce * 64) == 0);
        }

        return Ordered(hits, isBackward);
    }

    public void Dispose() => _message.Dispose();

    private static SearchHits Ordered(SearchHits hits, bool isBackward)
    {
        if (isBackward)
        {
            hits.Reverse();
        }

        return hits;
    }

    /// <summary>Reads rows and keeps those that match or may.</summary>
    private int Sift(SearchedMailbox mailbox, int at, int size)
    {
        var uids = mailbox.Map.Uids.Slice(at, size);
        var count = mailbox.View.Read(uids, _rows);
        var candidates = 0;
        var offset = 0;
        for (var i = 0; i < count; i++)
        {
            while (uids[offset] != _rows[i].Uid.Value)
            {
                offset++; // A message whose row is gone; its number stays.
            }

            var seq = at + ++offset;
            var verdict = _matcher.Judge(_rows[i], seq);
            if (verdict != Verdict.No)
            {
                _candidates[candidates] = (seq, verdict == Verdict.Open);
                _emails[candidates] = _rows[i].Email;
                _rows[candidates++] = _rows[i];
            }
        }

        return candidates;
    }

    private bool Load(int candidates)
    {
        _message.Load(_emails.AsSpan(0, candidates));
        return true;
    }

    private bool IsMatch(int at, int candidates)
    {
        if (_message.MustLoad(_emails[at]))
        {
            _message.Load(_emails.AsSpan(at, candidates - at));
        }

        _message.MoveTo(_rows[at], _candidates[at].Seq);
        return _matcher.Matches(_message);
    }

    // A long search must not keep a pool thread from the others, and the client must not be taken for dead, nor take us for it.
    private async ValueTask BreatheAsync(bool isDue)
    {
        if (isDue)
        {
            _readBefore = _message.BytesRead;
            await Task.Yield();
            _session.Connection.ExpectWithin(_session.Options.IdleAfterLogin);
            _session.Connection.Stopping.ThrowIfCancellationRequested();
            await _progress.ReportAsync(Math.Min(_done, _goal));
        }
    }
}
