using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Listing;
using Martlet.Store;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>LIST: RFC 9051 §6.3.9 with the selection and return options of RFC 5258, RFC 6154 and RFC 5819.</summary>
internal static class List
{
    private const int NamesAtOnce = 64;

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, ListCommand command)
    {
        if (!command.IsExtended && command.Patterns is [""])
        {
            // RFC 9051 §6.3.9: asks for the separator and the root of the reference; our names have no root.
            session.Writer.Raw("* LIST (\\NoSelect) \"/\" \"\"\r\n"u8);
            return ImapResult.Ok("Done.");
        }

        var account = session.LoggedIn;
        var patterns = command.Patterns.Where(pattern => pattern.Length > 0).Select(pattern => new ListPattern(command.Reference.Value, pattern)).ToArray();
        var existing = new SortedNames([.. account.Mailboxes.Keys]);
        var subscribed = new SortedNames([.. account.Subscriptions]);
        var looked = 0;
        foreach (var name in Names(account, command.Selections))
        {
            if (++looked % NamesAtOnce == 0)
            {
                // Many long patterns over many long names take their time: others get a turn, and it ends when the client is gone.
                await Task.Yield();
                session.Connection.Stopping.ThrowIfCancellationRequested();
            }

            if (Matches(patterns, name))
            {
                Write(session, command, name, existing, subscribed);
                await session.FlushIfLargeAsync();
            }
        }

        return ImapResult.Ok("Done.");
    }

    /// <summary>Names that may be listed, sorted: mailboxes, and subscribed names that are none, with what is above them for RECURSIVEMATCH.</summary>
    private static IEnumerable<string> Names(Account account, ListSelections selections)
    {
        if (!selections.HasFlag(ListSelections.Subscribed))
        {
            return account.Mailboxes.Keys;
        }

        var names = new SortedSet<string>(account.Mailboxes.Keys, StringComparer.Ordinal);
        foreach (var subscribed in account.Subscriptions)
        {
            var isRecursive = selections.HasFlag(ListSelections.RecursiveMatch);
            for (var name = subscribed; name is not null && names.Add(name) && isRecursive; name = MailboxPath.Parent(name))
            {
                // What is above a name that is there already is there as well.
            }
        }

        return names;
    }

    private static bool Matches(ListPattern[] patterns, string name)
    {
        foreach (var pattern in patterns)
        {
            if (pattern.Matches(name))
            {
                return true;
            }
        }

        return false;
    }

    private static void Write(ImapSession session, ListCommand command, string name, SortedNames existing, SortedNames subscribed)
    {
        var mailbox = session.LoggedIn.FindMailbox(name);
        var isSubscribed = subscribed.Contains(name);
        var use = mailbox is null ? null : SpecialUses.Attribute(mailbox.Info.Use);
        var isSelected = (!command.Selections.HasFlag(ListSelections.Subscribed) || isSubscribed)
            && (!command.Selections.HasFlag(ListSelections.SpecialUse) || use is not null);
        // RFC 5258 §3: RECURSIVEMATCH also lists those whose descendants match, and says so.
        var hasSubscribedChild = command.Selections.HasFlag(ListSelections.RecursiveMatch) && command.Selections.HasFlag(ListSelections.Subscribed)
            && subscribed.HasBelow(name);
        if (!isSelected && !hasSubscribedChild)
        {
            return;
        }

        var attributes = new List<string>();
        if (mailbox is null)
        {
            attributes.Add("\\NonExistent");
        }

        if (mailbox is not null)
        {
            attributes.Add(existing.HasBelow(name) ? "\\HasChildren" : "\\HasNoChildren");
        }

        if (isSubscribed && (command.Returns.HasFlag(ListReturns.Subscribed) || command.Selections.HasFlag(ListSelections.Subscribed)))
        {
            attributes.Add("\\Subscribed");
        }

        if (use is not null)
        {
            attributes.Add(use); // Always: macOS Mail looks for it in plain LIST (RFC 6154 §2 allows it).
        }

        ListWriter.Write(session.Writer, name, attributes, oldName: null, hasSubscribedChild);
        if (command.Status != StatusItems.None && mailbox is not null)
        {
            Status.Write(session, mailbox, command.Status);
        }
    }
}
