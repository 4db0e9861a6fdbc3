using System.Globalization;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Metadata;
using Martlet.Store;

namespace Martlet.Server.Imap.Commands;

/// <summary>GETMETADATA: RFC 5464 §4.2. Annotations of the server are the account's own: users share nothing.</summary>
internal static class GetMetadata
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, GetMetadataCommand command)
    {
        if (!TryFind(session, command.Mailbox, out var mailbox))
        {
            return StoreReplies.NoSuchMailbox();
        }

        var reader = new MetadataReader(session, mailbox);
        await reader.WriteAsync(command.Entries, command.Depth, command.MaxSize);
        return reader.LargestLeftOut == 0
            ? ImapResult.Ok("Done.")
            : ImapResult.Ok(string.Create(CultureInfo.InvariantCulture, $"{ResponseCode.Metadata} LONGENTRIES {reader.LargestLeftOut}"), "Done, without larger values.");
    }

    /// <summary>The mailbox of that name, null for the server (the empty name).</summary>
    public static bool TryFind(ImapSession session, MailboxName name, out Mailbox? mailbox)
    {
        mailbox = name.IsEmpty ? null : session.LoggedIn.FindMailbox(name.Value);
        return name.IsEmpty || mailbox is not null;
    }
}
