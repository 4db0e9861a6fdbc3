using Martlet.Protocols.Imap;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Search;

/// <summary>A condition on the row alone.</summary>
internal abstract class RowMatcher() : Matcher(MatchCost.Row)
{
    public sealed override Verdict Judge(in MessageRow row, int seq) => IsMatch(row, seq) ? Verdict.Yes : Verdict.No;

    public sealed override bool Matches(SearchMessage message) => IsMatch(message.Row, message.Seq);

    protected abstract bool IsMatch(in MessageRow row, int seq);
}

/// <summary>All messages or none.</summary>
internal sealed class AllMatcher(bool result) : RowMatcher
{
    protected override bool IsMatch(in MessageRow row, int seq) => result;
}

/// <summary>A system flag.</summary>
internal sealed class FlagMatcher(MessageFlags flag, bool isSet) : RowMatcher
{
    protected override bool IsMatch(in MessageRow row, int seq) => ((row.Flags & flag) != MessageFlags.None) == isSet;
}

/// <summary>A keyword of the account.</summary>
internal sealed class KeywordMatcher(Account account, int keyword, bool isSet) : RowMatcher
{
    // Neighbours mostly have the same keywords; a set never changes its number.
    private KeywordSetId _set;
    private bool _isInSet;

    protected override bool IsMatch(in MessageRow row, int seq)
    {
        if (row.Keywords != _set)
        {
            _set = row.Keywords;
            _isInSet = account.Keywords.Contains(_set, keyword);
        }

        return _isInSet == isSet;
    }
}

/// <summary>A set of sequence numbers or UIDs, <c>*</c> and <c>$</c> included; they mean something else in each mailbox.</summary>
internal sealed class SetMatcher(NumSet set, bool isUid) : RowMatcher
{
    private NumSet _resolved = NumSet.Empty;
    private uint[] _saved = [];

    public override void Enter(SearchedMailbox mailbox)
    {
        var map = mailbox.Map;
        _saved = mailbox.SavedResult;
        _resolved = set.Resolve(isUid ? map.Count == 0 ? 0 : map[map.Count] : (uint)map.Count);
    }

    protected override bool IsMatch(in MessageRow row, int seq) => set.IsSavedResult
        ? Array.BinarySearch(_saved, row.Uid.Value) >= 0
        : _resolved.Contains(isUid ? row.Uid.Value : (uint)seq);
}

/// <summary>LARGER and SMALLER, both strict.</summary>
internal sealed class SizeMatcher(SizeKey key) : RowMatcher
{
    protected override bool IsMatch(in MessageRow row, int seq) => key.IsLarger ? row.Size > key.Bytes : row.Size < key.Bytes;
}

/// <summary>MODSEQ.</summary>
internal sealed class ModSeqMatcher(long least) : RowMatcher
{
    protected override bool IsMatch(in MessageRow row, int seq) => row.ModSeq.Value >= least;
}

/// <summary>YOUNGER is within the interval, OLDER is at its edge or before (RFC 5032 §3).</summary>
internal sealed class AgeMatcher(AgeKey key, long now) : RowMatcher
{
    protected override bool IsMatch(in MessageRow row, int seq)
    {
        var age = now - row.Received.UnixSeconds;
        return key.IsOlder ? age >= key.Seconds : age <= key.Seconds;
    }
}

/// <summary>
/// BEFORE, ON, SINCE: the day that was written, because time and zone are disregarded (RFC 9051 §6.4.4). SAVEDBEFORE and the like: the day in UTC.
/// </summary>
internal sealed class DayMatcher(bool isSaved, DayRange days) : RowMatcher
{
    private const int SecondsADay = 24 * 60 * 60;

    // In days since 1970, so that no date is made for a message.
    private readonly long _first = DayNumber(days.First);
    private readonly long _last = DayNumber(days.Last);

    protected override bool IsMatch(in MessageRow row, int seq)
    {
        var seconds = isSaved ? row.SavedSeconds : row.Received.UnixSeconds + (row.Received.ZoneMinutes * 60L);
        var day = seconds >= 0 ? seconds / SecondsADay : ((seconds + 1) / SecondsADay) - 1;
        return day >= _first && day <= _last;
    }

    private static long DayNumber(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}

/// <summary>The days a date key asks for, both included.</summary>
internal readonly record struct DayRange(DateOnly First, DateOnly Last)
{
    /// <summary>No day.</summary>
    private static readonly DayRange None = new(DateOnly.MaxValue, DateOnly.MinValue);

    public static DayRange Of(DateKey key) => key.Comparison switch
    {
        SearchDateComparison.Before => key.Day == DateOnly.MinValue ? None : new(DateOnly.MinValue, key.Day.AddDays(-1)),
        SearchDateComparison.On => new(key.Day, key.Day),
        _ => new(key.Day, DateOnly.MaxValue),
    };

    public bool Contains(DateOnly day) => day >= First && day <= Last;
}
