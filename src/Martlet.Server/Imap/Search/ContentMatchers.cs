using Martlet.Messages.Headers;
using Martlet.Messages.Text;
using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Search;

/// <summary>SENTBEFORE, SENTON, SENTSINCE: the day in the Date field. A message without a readable date matches none.</summary>
internal sealed class SentMatcher(DayRange days) : Matcher(MatchCost.Structure)
{
    public override bool Matches(SearchMessage message) =>
        message.TryGetMeta(out var meta) && MessageDate.TryParseDay(meta.Envelope.Date.Value, out var day) && days.Contains(day);
}

/// <summary>BCC, CC, FROM, TO, SUBJECT: a substring in the decoded envelope.</summary>
internal sealed class EnvelopeMatcher(SearchField field, TextFinder finder) : Matcher(MatchCost.Structure)
{
    public override bool Matches(SearchMessage message) => message.EnvelopeContains(field, finder);
}

/// <summary>HEADER: a substring in a named field; an empty one matches every message that has the field.</summary>
internal sealed class HeaderMatcher(string name, TextFinder finder) : Matcher(MatchCost.Header)
{
    public override bool Matches(SearchMessage message) => message.FieldContains(name, finder);
}

/// <summary>BODY and TEXT: a substring in the decoded text of the message.</summary>
internal sealed class BodyMatcher(bool withHeaders, TextFinder finder) : Matcher(MatchCost.Body)
{
    public override Verdict Judge(in MessageRow row, int seq) => finder.IsEmpty ? Verdict.Yes : Verdict.Open;

    public override bool Matches(SearchMessage message) => finder.IsEmpty || message.Contains(finder, withHeaders);
}
