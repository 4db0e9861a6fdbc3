using Martlet.Store.Model;

namespace Martlet.Server.Imap.Listing;

/// <summary>Names in ordinal order, to ask in O(log n) whether one is there and whether any is below one.</summary>
internal readonly struct SortedNames(string[] names)
{
    public bool Contains(string name) => Array.BinarySearch(names, name, StringComparer.Ordinal) >= 0;

    public bool HasBelow(string name)
    {
        // What is below a name starts with "name/", and nothing sorts between the two but other names that do.
        var prefix = name + MailboxPath.Separator;
        var at = Array.BinarySearch(names, prefix, StringComparer.Ordinal);
        at = at < 0 ? ~at : at;
        return at < names.Length && names[at].StartsWith(prefix, StringComparison.Ordinal);
    }
}
