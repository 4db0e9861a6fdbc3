using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap.Listing;

/// <summary>Writes LIST and LSUB responses (RFC 9051 §7.3.1).</summary>
internal static class ListWriter
{
    /// <summary>A LIST response.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="name">Mailbox.</param>
    /// <param name="attributes">Attributes with their backslashes.</param>
    /// <param name="oldName">The name asked for, when it is spelled otherwise (RFC 9051 OLDNAME).</param>
    /// <param name="childInfo">Criteria that one below it meets: CHILDINFO of RFC 5258 §3.5.</param>
    /// <param name="command">LIST or LSUB.</param>
    public static void Write(
        ImapWriter writer, string name, IReadOnlyList<string> attributes, string? oldName, IReadOnlyList<string>? childInfo = null, string command = "LIST")
    {
        writer.Raw("* "u8).Atom(command).Raw(" ("u8).Atom(string.Join(' ', attributes)).Raw(") \"/\" "u8).Mailbox(new MailboxName(name));
        if (childInfo is { Count: > 0 })
        {
            writer.Raw(" (\"CHILDINFO\" (\""u8).Atom(string.Join("\" \"", childInfo)).Raw("\"))"u8);
        }
        else if (oldName is not null)
        {
            writer.Raw(" (\"OLDNAME\" ("u8).Mailbox(new MailboxName(oldName)).Raw("))"u8);
        }

        writer.CrLf();
    }
}
