using Martlet.Store.Model;

namespace Martlet.Server.Imap.Listing;

/// <summary>
/// Patterns of LIST: <c>*</c> matches anything, <c>%</c> anything but the separator (RFC 9051 §6.3.9). Time is pattern times name, whatever the pattern: no
/// back-tracking that a row of stars could blow up.
/// </summary>
internal sealed class ListPattern
{
    private readonly string _pattern;

    public ListPattern(string reference, string pattern)
    {
        var joined = (reference + pattern).Normalize(); // As names are stored.
        // The first level INBOX has any case.
        var first = joined.IndexOf(MailboxPath.Separator, StringComparison.Ordinal);
        var level = first < 0 ? joined : joined[..first];
        _pattern = level.Equals(MailboxPath.Inbox, StringComparison.OrdinalIgnoreCase) ? MailboxPath.Inbox + joined[level.Length..] : joined;
    }

    /// <summary>Whether a name matches.</summary>
    public bool Matches(string name) => MatchesExactly(name) || (name == MailboxPath.Inbox && MatchesInbox());

    private bool MatchesExactly(string name)
    {
        // States reached: may[i] says that the name so far can have used the first i characters of the pattern.
        Span<bool> may = _pattern.Length < 256 ? stackalloc bool[_pattern.Length + 1] : new bool[_pattern.Length + 1];
        may.Clear();
        may[0] = true;
        Skip(may);
        foreach (var c in name)
        {
            for (var i = _pattern.Length; i > 0; i--)
            {
                var p = _pattern[i - 1];
                may[i] = p switch
                {
                    '*' => may[i] || may[i - 1],
                    '%' => (may[i] || may[i - 1]) && c != MailboxPath.Separator,
                    _ => may[i - 1] && p == c,
                };
            }

            may[0] = false;
            Skip(may);
            if (!may.Contains(true))
            {
                return false;
            }
        }

        return may[_pattern.Length];
    }

    // Wildcards match nothing, too.
    private void Skip(Span<bool> may)
    {
        for (var i = 0; i < _pattern.Length; i++)
        {
            may[i + 1] |= may[i] && _pattern[i] is '*' or '%' && may[i];
        }
    }

    // "inb*" finds INBOX.
    private bool MatchesInbox() =>
        !_pattern.Contains(MailboxPath.Separator, StringComparison.Ordinal) && new ListPattern("", _pattern.ToUpperInvariant()).MatchesExactly(MailboxPath.Inbox);
}
