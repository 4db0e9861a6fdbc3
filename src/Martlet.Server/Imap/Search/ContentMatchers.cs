using Martlet.Messages.Headers;
using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Search;

/// <summary>SENTBEFORE, SENTON, SENTSINCE: the day in the Date field. A message without a readable date matches none.</summary>
internal sealed class SentMatcher(Func<DateOnly, bool> compare) : Matcher(MatchCost.Structure)
{
    public override bool Matches(SearchMessage message) =>
        message.TryGetMeta(out var meta) && MessageDate.TryParse(meta.Envelope.Date.Value, out var date) && compare(DateOnly.FromDateTime(date.Date));
}

/// <summary>BCC, CC, FROM, TO, SUBJECT, BODY, TEXT: a substring in decoded text.</summary>
internal sealed class TextMatcher(SearchField field, string value) : Matcher(CostOf(field))
{
    private readonly TextFinder _finder = new(value);

    public override bool Matches(SearchMessage message) => field switch
    {
        SearchField.Body => message.BodyContains(_finder),
        SearchField.Text => message.HeaderContains(_finder) || message.BodyContains(_finder),
        _ => message.EnvelopeContains(field, _finder),
    };

    private static MatchCost CostOf(SearchField field) => field is SearchField.Body or SearchField.Text ? MatchCost.Body : MatchCost.Structure;
}

/// <summary>HEADER: a substring in a named field; an empty one matches every message that has the field.</summary>
internal sealed class HeaderMatcher(string name, string value) : Matcher(MatchCost.Header)
{
    private readonly TextFinder _finder = new(value);

    public override bool Matches(SearchMessage message) => message.FieldContains(name, _finder);
}
