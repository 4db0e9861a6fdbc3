using Martlet.Store;

namespace Martlet.Server.Imap.Listing;

/// <summary>Attributes of a mailbox name in LIST responses (RFC 9051 §7.3.1).</summary>
internal static class ListAttributes
{
    /// <summary>All that hold: whether it exists, has children, is subscribed, and its special use.</summary>
    public static List<string> For(Account account, string name, SortedNames existing, bool isSubscribed)
    {
        var attributes = new List<string>();
        var mailbox = account.FindMailbox(name);
        attributes.Add(mailbox is null ? "\\NonExistent" : existing.HasBelow(name) ? "\\HasChildren" : "\\HasNoChildren");
        if (isSubscribed)
        {
            attributes.Add("\\Subscribed");
        }

        if (mailbox is not null && SpecialUses.Attribute(mailbox.Info.Use) is { } use)
        {
            attributes.Add(use);
        }

        return attributes;
    }
}
