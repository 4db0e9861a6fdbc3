using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>NOTIFY: RFC 5465. From then on the client is told at any time what it asked for, and nothing else of the selected mailbox.</summary>
internal static class Notify
{
    private const NotifyEvents Unsupported = NotifyEvents.AnnotationChange | NotifyEvents.Unknown;

    private static readonly string BadEvent =
        $"{ResponseCode.BadEvent} ({string.Join(' ', NotifyCommand.Names.Where(row => (row.Event & Unsupported) == NotifyEvents.None).Select(row => row.Text))})";

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, NotifyCommand command)
    {
        if (command.Groups.Any(group => (group.Events & Unsupported) != NotifyEvents.None))
        {
            return ImapResult.No(BadEvent, "Other events cannot be told.");
        }

        var notifications = new Notifications(session, session.LoggedIn, command.Groups);
        if (notifications.Watch is { } tooMany && tooMany.Watched > session.Options.NotifyMailboxesMax)
        {
            notifications.Dispose();
            return ImapResult.No(ResponseCode.NotificationOverflow, "These are too many mailboxes to watch.");
        }

        // From here on the session's: a client that goes away in the middle of the STATUS responses leaves no watch behind.
        session.Notify(notifications);
        if (command.WithStatus && notifications.Watch is { } watch)
        {
            await watch.WriteStatusAsync();
        }

        return ImapResult.Ok("Done.");
    }
}
