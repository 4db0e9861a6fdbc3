using Martlet.Protocols.Imap.Commands;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Listing;

/// <summary>
/// Which names a LIST gives, at the moment it began: those that meet the selection criteria, and with RECURSIVEMATCH those above one that does and is not listed
/// itself (RFC 5258 §3.5).
/// </summary>
internal sealed class ListSelector
{
    private readonly Account _account;
    private readonly ListCommand _command;
    private readonly ListPattern[] _patterns;
    private readonly SortedNames _subscribed;
    private SortedNames _selected = new([]);
    private SortedNames _unlisted = new([]);

    private ListSelector(Account account, ListCommand command)
    {
        _account = account;
        _command = command;
        _patterns = [.. command.Patterns.Where(pattern => pattern.Length > 0).Select(pattern => new ListPattern(command.Reference.Value, pattern))];
        Existing = new SortedNames([.. account.Mailboxes.Keys]);
        _subscribed = new SortedNames([.. account.Subscriptions]);
        Criteria = [.. Names.Where(criterion => command.Selections.HasFlag(criterion.Option)).Select(criterion => criterion.Name)];
    }

    /// <summary>Names of the criteria, for CHILDINFO.</summary>
    public IReadOnlyList<string> Criteria { get; }

    /// <summary>All mailboxes.</summary>
    public SortedNames Existing { get; }

    private static (ListSelections Option, string Name)[] Names => [(ListSelections.Subscribed, "SUBSCRIBED"), (ListSelections.SpecialUse, "SPECIAL-USE")];

    private bool IsRecursive => _command.Selections.HasFlag(ListSelections.RecursiveMatch);

    /// <summary>Looks at an account.</summary>
    /// <param name="account">Account.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="yield">Called for each name: many long patterns over many long names take their time.</param>
    public static async ValueTask<ListSelector> CreateAsync(Account account, ListCommand command, Func<ValueTask> yield)
    {
        var selector = new ListSelector(account, command);
        if (selector.IsRecursive)
        {
            var (selected, unlisted) = (new List<string>(), new List<string>());
            foreach (var name in selector.Candidates().Where(selector.IsSelected))
            {
                await yield();
                selected.Add(name);
                if (!selector.MatchesPattern(name))
                {
                    unlisted.Add(name);
                }
            }

            (selector._selected, selector._unlisted) = (new([.. selected]), new([.. unlisted]));
        }

        return selector;
    }

    /// <summary>Names that may be listed, sorted: mailboxes, and subscribed names that are none, with what is above them for RECURSIVEMATCH.</summary>
    public IEnumerable<string> Candidates()
    {
        if (!_command.Selections.HasFlag(ListSelections.Subscribed))
        {
            return _account.Mailboxes.Keys;
        }

        var names = new SortedSet<string>(_account.Mailboxes.Keys, StringComparer.Ordinal);
        foreach (var subscribed in _account.Subscriptions)
        {
            for (var name = subscribed; name is not null && names.Add(name) && IsRecursive; name = MailboxPath.Parent(name))
            {
                // What is above a name that is there already is there as well.
            }
        }

        return names;
    }

    /// <summary>Whether a name matches a pattern.</summary>
    public bool MatchesPattern(string name)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a name meets all criteria itself.</summary>
    public bool IsSelected(string name) =>
        (!_command.Selections.HasFlag(ListSelections.Subscribed) || IsSubscribed(name))
        && (!_command.Selections.HasFlag(ListSelections.SpecialUse) || _account.FindMailbox(name) is { Info.Use: not SpecialUse.None });

    /// <summary>Whether CHILDINFO belongs to a name: one below it meets the criteria.</summary>
    /// <param name="name">Name that matches a pattern.</param>
    /// <param name="isSelected">Whether it meets them itself; if not, only one below that is not listed counts, because else CHILDINFO would be redundant.</param>
    public bool HasChildInfo(string name, bool isSelected) => isSelected ? _selected.HasBelow(name) : _unlisted.HasBelow(name);

    /// <summary>Whether the name is subscribed.</summary>
    public bool IsSubscribed(string name) => _subscribed.Contains(name);
}
