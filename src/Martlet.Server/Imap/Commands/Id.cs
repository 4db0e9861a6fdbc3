using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>ID: RFC 2971. We give our name; the version only to those who have logged in.</summary>
internal static class Id
{
    private static readonly string Version = typeof(Id).Assembly.GetName().Version?.ToString(3) ?? "0";

    public static ValueTask<ImapResult> RunAsync(ImapSession session, IdCommand command)
    {
        session.NoteClient(command.Fields);
        session.Writer.Raw("* ID (\"name\" \"Martlet\""u8);
        if (session.Account is not null)
        {
            session.Writer.Raw(" \"version\" "u8).String(Version);
        }

        session.Writer.Raw(")\r\n"u8);
        return new(ImapResult.Ok("Done."));
    }
}
