using Martlet.Messages.Text;
using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Search;

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
        SeqKey seq => new SetMatcher(seq.Messages, isUid: false),
        UidKey uid => new SetMatcher(uid.Uids, isUid: true),
        SizeKey size => new SizeMatcher(size),
        AgeKey age => new AgeMatcher(age, session.Time.GetUtcNow().ToUnixTimeSeconds()),
        ModSeqKey modSeq => new ModSeqMatcher(modSeq.ModSeq),
        DateKey { Date: SearchDate.Sent } date => new SentMatcher(DayRange.Of(date)),
        DateKey date => new DayMatcher(date.Date == SearchDate.Saved, DayRange.Of(date)),
        TextKey { Field: SearchField.Body or SearchField.Text } text => new BodyMatcher(text.Field == SearchField.Text, new TextFinder(text.Value)),
        TextKey text => new EnvelopeMatcher(text.Field, new TextFinder(text.Value)),
        HeaderKey header => new HeaderMatcher(header.Name, new TextFinder(header.Value)),
        _ => throw new InvalidOperationException($"No matcher for {key.GetType().Name}."),
    };

    private static RowMatcher Flag(FlagKey key, ImapSession session)
    {
        if (key.Flag.IsSystem)
        {
            return new FlagMatcher(FlagNames.Find(key.Flag), key.IsSet);
        }

        var keyword = session.LoggedIn.Keywords.Find(key.Flag.Name);
        return keyword < 0 ? new AllMatcher(!key.IsSet) : new KeywordMatcher(session.LoggedIn, keyword, key.IsSet);
    }
}
