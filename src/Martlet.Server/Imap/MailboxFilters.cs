using Martlet.Protocols.Imap;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>
/// What the specifiers of ESEARCH and NOTIFY mean in an account (RFC 5465 §6, RFC 7377 §2.2). Names of mailboxes that do not exist mean nothing and are no error;
/// mailboxes of others cannot be named at all.
/// </summary>
internal static class MailboxFilters
{
    /// <summary>The mailboxes that any of the specifiers means now, each once, sorted by name.</summary>
    /// <param name="account">Account.</param>
    /// <param name="selected">The selected mailbox, if there is one.</param>
    /// <param name="filters">Specifiers.</param>
    /// <remarks>Time is at most mailboxes × levels for each specifier, whatever names it has.</remarks>
    public static IReadOnlyList<Mailbox> Resolve(Account account, Mailbox? selected, IReadOnlyList<MailboxFilter> filters)
    {
        var mailboxes = account.Mailboxes;
        var names = mailboxes.Keys.ToArray();
        var found = new SortedDictionary<string, Mailbox>(StringComparer.Ordinal);
        foreach (var filter in filters)
        {
            if (IsSelected(filter.Kind) && selected is { IsDeleted: false })
            {
                found[selected.Info.Name] = selected;
            }

            foreach (var name in Names(account, filter, names))
            {
                if (mailboxes.TryGetValue(name, out var mailbox))
                {
                    found[name] = mailbox;
                }
            }
        }

        return [.. found.Values];
    }

    private static bool IsSelected(MailboxFilterKind kind) => kind is MailboxFilterKind.Selected or MailboxFilterKind.SelectedDelayed;

    private static IEnumerable<string> Names(Account account, MailboxFilter filter, string[] all) => filter.Kind switch
    {
        MailboxFilterKind.Personal => all,
        MailboxFilterKind.Inboxes => [MailboxPath.Inbox], // Mail is delivered nowhere else.
        MailboxFilterKind.Subscribed => account.Subscriptions,
        MailboxFilterKind.Mailboxes => filter.Names.Select(Normal),
        MailboxFilterKind.Subtree => filter.Names.Select(Normal).Distinct(StringComparer.Ordinal).SelectMany(root => Tree(all, root)),
        MailboxFilterKind.SubtreeOne => filter.Names.Select(Normal).Distinct(StringComparer.Ordinal)
            .SelectMany(root => Tree(all, root).Where(name => name == root || MailboxPath.Parent(name) == root)),
        _ => [],
    };

    // What is below a name starts with "name/", and in ordinal order nothing else stands between.
    private static IEnumerable<string> Tree(string[] all, string root)
    {
        yield return root;
        var prefix = root + MailboxPath.Separator;
        var at = Array.BinarySearch(all, prefix, StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < all.Length && all[at].StartsWith(prefix, StringComparison.Ordinal); at++)
        {
            yield return all[at];
        }
    }

    private static string Normal(MailboxName name) => name.Value.Normalize(); // As names are stored.
}
