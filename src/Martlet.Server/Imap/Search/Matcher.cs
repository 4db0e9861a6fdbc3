using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Search;

/// <summary>What a test needs to look at; cheaper ones are asked first.</summary>
internal enum MatchCost
{
    /// <summary>The row in memory.</summary>
    Row,

    /// <summary>The stored structure: envelope, addresses.</summary>
    Structure,

    /// <summary>The header's bytes.</summary>
    Header,

    /// <summary>The whole message.</summary>
    Body,
}

/// <summary>One condition on a message.</summary>
internal abstract class Matcher(MatchCost cost)
{
    /// <summary>What it looks at.</summary>
    public MatchCost Cost => cost;

    /// <summary>Whether the message fulfils it.</summary>
    public abstract bool Matches(SearchMessage message);

    /// <summary>Whether the message could fulfil it, as far as its row tells: only for those is more read.</summary>
    public virtual bool MayMatch(SearchMessage message) => Cost > MatchCost.Row || Matches(message);
}

internal sealed class AllMatcher(bool result) : Matcher(MatchCost.Row)
{
    public override bool Matches(SearchMessage message) => result;
}

internal sealed class NotMatcher(Matcher inner) : Matcher(inner.Cost)
{
    public override bool Matches(SearchMessage message) => !inner.Matches(message);
}

internal sealed class AndMatcher(Matcher[] inner) : Matcher(inner.Max(matcher => matcher.Cost))
{
    private readonly Matcher[] _cheapFirst = [.. inner.OrderBy(matcher => matcher.Cost)];

    public override bool Matches(SearchMessage message)
    {
        foreach (var matcher in _cheapFirst)
        {
            if (!matcher.Matches(message))
            {
                return false;
            }
        }

        return true;
    }

    public override bool MayMatch(SearchMessage message) => Array.TrueForAll(_cheapFirst, matcher => matcher.MayMatch(message));
}

internal sealed class OrMatcher(Matcher left, Matcher right) : Matcher(left.Cost > right.Cost ? left.Cost : right.Cost)
{
    private readonly Matcher _first = left.Cost <= right.Cost ? left : right;
    private readonly Matcher _second = left.Cost <= right.Cost ? right : left;

    public override bool Matches(SearchMessage message) => _first.Matches(message) || _second.Matches(message);

    public override bool MayMatch(SearchMessage message) => _first.MayMatch(message) || _second.MayMatch(message);
}

/// <summary>A condition on the row alone.</summary>
internal sealed class RowMatcher(Func<SearchMessage, bool> test) : Matcher(MatchCost.Row)
{
    public override bool Matches(SearchMessage message) => test(message);
}

/// <summary>Makes matchers from the keys of RFC 9051 §6.4.4.</summary>
internal static class MatcherBuilder
{
    public static Matcher Build(SearchKey key, ImapSession session) => key switch
    {
        AllKey or SaveDateSupportedKey => new AllMatcher(result: true),
        AndKey and => and.Keys.Count == 0 ? new AllMatcher(result: true) : new AndMatcher([.. and.Keys.Select(inner => Build(inner, session))]),
        OrKey or => new OrMatcher(Build(or.Left, session), Build(or.Right, session)),
        NotKey not => new NotMatcher(Build(not.Key, session)),
        FlagKey flag => Flag(flag, session),
        RecentKey recent => new AllMatcher(!recent.IsRecent), // \Recent is not kept: no message is recent.
        SeqKey seq => Set(seq.Messages, isUid: false, session),
        UidKey uid => Set(uid.Uids, isUid: true, session),
        SizeKey size => new RowMatcher(message => size.IsLarger ? message.Row.Size > size.Bytes : message.Row.Size < size.Bytes),
        AgeKey age => Age(age, session.Time.GetUtcNow().ToUnixTimeSeconds()),
        ModSeqKey modSeq => new RowMatcher(message => message.Row.ModSeq.Value >= modSeq.ModSeq),
        DateKey date => Date(date),
        TextKey text => new TextMatcher(text.Field, text.Value),
        HeaderKey header => new HeaderMatcher(header.Name, header.Value),
        _ => throw new InvalidOperationException($"No matcher for {key.GetType().Name}."),
    };

    private static Matcher Flag(FlagKey key, ImapSession session)
    {
        if (key.Flag.IsSystem)
        {
            var flag = FlagNames.Find(key.Flag);
            return new RowMatcher(message => message.Row.Flags.HasFlag(flag) == key.IsSet);
        }

        var keywords = session.LoggedIn.Keywords;
        var keyword = keywords.Find(key.Flag.Name);
        return keyword < 0 ? new AllMatcher(!key.IsSet) : new RowMatcher(message => keywords.Contains(message.Row.Keywords, keyword) == key.IsSet);
    }

    private static RowMatcher Set(NumSet set, bool isUid, ImapSession session)
    {
        var selected = session.Open;
        var map = selected.Map;
        if (set.IsSavedResult)
        {
            var saved = selected.SavedResult;
            return new RowMatcher(message => Array.BinarySearch(saved, message.Row.Uid.Value) >= 0);
        }

        var largest = isUid ? map.Count == 0 ? 0 : map[map.Count] : (uint)map.Count;
        var resolved = set.Resolve(largest);
        return isUid
            ? new RowMatcher(message => resolved.Contains(message.Row.Uid.Value))
            : new RowMatcher(message => resolved.Contains((uint)message.Seq));
    }

    // RFC 5032 §3: YOUNGER is within the interval, OLDER is at its edge or before.
    private static RowMatcher Age(AgeKey key, long now) => new(message =>
    {
        var age = now - message.Row.Received.UnixSeconds;
        return key.IsOlder ? age >= key.Seconds : age <= key.Seconds;
    });

    private static Matcher Date(DateKey key)
    {
        Func<DateOnly, bool> compare = key.Comparison switch
        {
            SearchDateComparison.Before => day => day < key.Day,
            SearchDateComparison.On => day => day == key.Day,
            _ => day => day >= key.Day,
        };

        // RFC 9051 §6.4.4: time and zone are disregarded, so the day is the one that was written.
        return key.Date switch
        {
            SearchDate.Internal => new RowMatcher(message => compare(DateOnly.FromDateTime(message.Row.Received.ToDateTimeOffset().Date))),
            SearchDate.Saved => new RowMatcher(message => compare(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(message.Row.SavedSeconds).UtcDateTime))),
            _ => new SentMatcher(compare),
        };
    }
}
