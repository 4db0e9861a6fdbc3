using Martlet.Store.Model;

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

/// <summary>What a row tells about a condition.</summary>
internal enum Verdict
{
    /// <summary>Not fulfilled.</summary>
    No,

    /// <summary>Fulfilled.</summary>
    Yes,

    /// <summary>More must be read.</summary>
    Open,
}

/// <summary>One condition on a message. Made once for a command, and told which mailbox comes next.</summary>
internal abstract class Matcher(MatchCost cost)
{
    /// <summary>What it looks at.</summary>
    public MatchCost Cost => cost;

    /// <summary>A mailbox begins.</summary>
    public virtual void Enter(SearchedMailbox mailbox)
    {
    }

    /// <summary>Whether the message fulfils it, as far as its row tells.</summary>
    public virtual Verdict Judge(in MessageRow row, int seq) => Verdict.Open;

    /// <summary>Whether the message fulfils it.</summary>
    public abstract bool Matches(SearchMessage message);
}

internal sealed class NotMatcher(Matcher inner) : Matcher(inner.Cost)
{
    public override void Enter(SearchedMailbox mailbox) => inner.Enter(mailbox);

    public override Verdict Judge(in MessageRow row, int seq) => inner.Judge(row, seq) switch
    {
        Verdict.No => Verdict.Yes,
        Verdict.Yes => Verdict.No,
        _ => Verdict.Open,
    };

    public override bool Matches(SearchMessage message) => !inner.Matches(message);
}

internal sealed class AndMatcher(Matcher[] inner) : Matcher(inner.Max(matcher => matcher.Cost))
{
    private readonly Matcher[] _cheapFirst = [.. inner.OrderBy(matcher => matcher.Cost)];

    public override void Enter(SearchedMailbox mailbox) => Array.ForEach(_cheapFirst, matcher => matcher.Enter(mailbox));

    public override Verdict Judge(in MessageRow row, int seq)
    {
        var all = Verdict.Yes;
        foreach (var matcher in _cheapFirst)
        {
            switch (matcher.Judge(row, seq))
            {
                case Verdict.No:
                    return Verdict.No;
                case Verdict.Open:
                    all = Verdict.Open;
                    break;
                default:
                    break;
            }
        }

        return all;
    }

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
}

internal sealed class OrMatcher(Matcher left, Matcher right) : Matcher(left.Cost > right.Cost ? left.Cost : right.Cost)
{
    private readonly Matcher _first = left.Cost <= right.Cost ? left : right;
    private readonly Matcher _second = left.Cost <= right.Cost ? right : left;

    public override void Enter(SearchedMailbox mailbox)
    {
        _first.Enter(mailbox);
        _second.Enter(mailbox);
    }

    public override Verdict Judge(in MessageRow row, int seq)
    {
        var first = _first.Judge(row, seq);
        if (first == Verdict.Yes)
        {
            return first;
        }

        var second = _second.Judge(row, seq);
        return second == Verdict.No ? first : second;
    }

    public override bool Matches(SearchMessage message) => _first.Matches(message) || _second.Matches(message);
}
