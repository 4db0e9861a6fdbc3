using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Listing;
using Martlet.Server.Imap.Metadata;

namespace Martlet.Server.Imap.Commands;

/// <summary>LIST: RFC 9051 §6.3.9 with the selection and return options of RFC 5258, RFC 6154, RFC 5819 and RFC 9590.</summary>
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

        Status.NoteItems(session, command.Status);
        var looked = 0;
        var selector = await ListSelector.CreateAsync(session.LoggedIn, command, YieldAsync);
        foreach (var name in selector.Candidates())
        {
            await YieldAsync();
            if (selector.MatchesPattern(name))
            {
                await WriteAsync(session, command, selector, name);
                await session.FlushIfLargeAsync();
            }
        }

        return ImapResult.Ok("Done.");

        // Others get a turn, and it ends when the client is gone.
        async ValueTask YieldAsync()
        {
            if (++looked % NamesAtOnce == 0)
            {
                await Task.Yield();
                session.Connection.Stopping.ThrowIfCancellationRequested();
            }
        }
    }

    private static async ValueTask WriteAsync(ImapSession session, ListCommand command, ListSelector selector, string name)
    {
        var isSelected = selector.IsSelected(name);
        var hasChildInfo = selector.HasChildInfo(name, isSelected);
        if (!isSelected && !hasChildInfo)
        {
            return;
        }

        var mailbox = session.LoggedIn.FindMailbox(name);
        // The special use always: macOS Mail looks for it in plain LIST (RFC 6154 §2 allows it).
        var tellsSubscribed = command.Returns.HasFlag(ListReturns.Subscribed) || command.Selections.HasFlag(ListSelections.Subscribed);
        var attributes = ListAttributes.For(session.LoggedIn, name, selector.Existing, tellsSubscribed && selector.IsSubscribed(name));
        if (mailbox is null && command.Returns.HasFlag(ListReturns.Children))
        {
            attributes.Add("\\HasNoChildren"); // Asked for, it is always told (RFC 5258 §4); above a mailbox there is always a mailbox.
        }

        ListWriter.Write(session.Writer, name, attributes, oldName: null, hasChildInfo ? selector.Criteria : []);
        if (!isSelected || mailbox is null)
        {
            return; // RFC 5819 §3: what is listed for those below it only has no STATUS, and as little METADATA.
        }

        if (command.Status != StatusItems.None)
        {
            Status.Write(session, mailbox, command.Status);
        }

        if (command.Metadata.Count > 0)
        {
            await new MetadataReader(session, mailbox).WriteAsync(command.Metadata);
        }
    }
}
