using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Listing;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>LSUB: RFC 3501 §6.3.9, for clients without LIST (SUBSCRIBED).</summary>
internal static class Lsub
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, LsubCommand command)
    {
        var pattern = new ListPattern(command.Reference.Value, command.Pattern);
        var account = session.LoggedIn;
        var parents = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in account.Subscriptions)
        {
            if (pattern.Matches(name))
            {
                ListWriter.Write(session.Writer, name, [], oldName: null, command: "LSUB");
                await session.FlushIfLargeAsync();
                continue;
            }

            // RFC 3501 §6.3.9: "%" lists a parent that is not subscribed itself, so that the client finds the way down.
            for (var parent = MailboxPath.Parent(name); parent is not null && command.Pattern.EndsWith('%'); parent = MailboxPath.Parent(parent))
            {
                if (pattern.Matches(parent) && !account.Subscriptions.Contains(parent))
                {
                    parents.Add(parent);
                }
            }
        }

        foreach (var parent in parents)
        {
            ListWriter.Write(session.Writer, parent, ["\\NoSelect"], oldName: null, command: "LSUB");
        }

        return ImapResult.Ok("Done.");
    }
}
