using System.Text.Json;

namespace Martlet.Server.Observe.Journal;

/// <summary>
/// Finds journeys in the journal: in a first pass the records of messages that are asked for, in a second one what became of each copy, from mailbox to mailbox.
/// Takes the time of reading the files; memory is bounded by the limit of journeys.
/// </summary>
/// <param name="folder">Folder of the journal.</param>
/// <param name="query">What to look for.</param>
/// <param name="words">Makes sentences.</param>
internal sealed class TraceFinder(string folder, TraceQuery query, TraceWords words)
{
    /// <summary>Copies of one message that are followed.</summary>
    public const int CopiesMax = 1000;

    /// <summary>Steps of one journey that are shown.</summary>
    public const int StepsMax = 500;

    private readonly string _text = query.Text is null ? "" : JournalText.MessageId(query.Text);
    private readonly bool _isMessageId = query.Text?.TrimStart().StartsWith('<') == true;
    private bool _isCut;
    private long _missing;

    /// <summary>Looks.</summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    public async Task<TraceResult> FindAsync(CancellationToken cancel)
    {
        var (taken, refused) = (new Queue<JournalRecord>(), new Queue<JournalRecord>());
        var needle = JsonSerializer.SerializeToUtf8Bytes(_text, JournalText.Json).AsMemory()[1..^1];
        await JournalReader.ReadMailAsync(folder, line => Look(line, needle.Span, taken), cancel);
        await JournalReader.ReadRefusedAsync(folder, line => Look(line, needle.Span, refused), cancel);
        _isCut |= taken.Count + refused.Count > query.Limit;
        var stories = taken.Concat(refused).OrderBy(record => record.Time).TakeLast(query.Limit).Select(record => new TraceTrack(record, words)).ToList();
        var followed = new TraceFollower(stories, query.OnlyOf, words);
        await JournalReader.ReadMailAsync(folder, followed.Take, cancel);
        return new TraceResult([.. stories.Select(story => story.ToStory())], _isCut, _missing);
    }

    private void Look(ReadOnlySpan<byte> line, ReadOnlySpan<byte> needle, Queue<JournalRecord> found)
    {
        // A Message-ID stands in the line as JSON writes it: a line without it need not be read further. Of an address the case does not matter.
        if ((_isMessageId && line.IndexOf(needle) < 0 && line.IndexOf(MissingKind) < 0) || JournalLine.Read(line) is not { } record)
        {
            return;
        }

        var seen = query.OnlyOf is { } account ? TraceView.Of(record, account) : record;
        if (seen is { Kind: JournalKinds.Missing })
        {
            _missing += Math.Max(0, seen.Missing ?? 0);
        }
        else if (seen is { Kind: JournalKinds.Delivered or JournalKinds.Refused or JournalKinds.Added } && IsInTime(seen) && Matches(seen))
        {
            found.Enqueue(seen);
            if (found.Count > query.Limit)
            {
                found.Dequeue();
                _isCut = true;
            }
        }
    }

    private bool IsInTime(JournalRecord record) =>
        (query.Since is not { } since || record.Time >= since.ToUnixTimeMilliseconds()) && (query.Until is not { } until || record.Time <= until.ToUnixTimeMilliseconds());

    private bool Matches(JournalRecord record) =>
        _text.Length == 0
        || record.MessageId == _text
        || (!_isMessageId && MatchesAddress(record));

    private bool MatchesAddress(JournalRecord record) =>
        IsSame(record.From) || IsSame(record.Login)
        || (query.Account is { } account && (record.LoginAccount == account || record.Places?.Any(place => place.Account == account) == true))
        || record.Recipients?.Any(recipient => IsSame(recipient.Address) || (query.Account is { } known && recipient.Accounts?.Contains(known) == true)) == true;

    private static ReadOnlySpan<byte> MissingKind => "\"missing\""u8;

    private bool IsSame(string? address) => address is not null && address.Equals(_text, StringComparison.OrdinalIgnoreCase);
}
