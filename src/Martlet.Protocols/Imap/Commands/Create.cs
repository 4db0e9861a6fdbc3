using System.Text;

namespace Martlet.Protocols.Imap.Commands;

/// <summary>CREATE: RFC 9051 §6.3.4, with the special-use attributes of RFC 6154 §3.</summary>
/// <param name="Mailbox">The new mailbox, without a trailing separator (which only says that children will follow).</param>
/// <param name="SpecialUses">Attributes as <c>\Sent</c>, as the client spelled them, unknown ones included (<c>NO [USEATTR]</c>). Usually none.</param>
public sealed record CreateCommand(MailboxName Mailbox, IReadOnlyList<string> SpecialUses)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static CreateCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.Mailbox(out var mailbox))
        {
            return null;
        }

        List<string> uses = [];
        if (reader.TryTake((byte)' ')
            && !(reader.OpenParen() && reader.Keyword("USE"u8) && reader.Space() && ReadUses(ref reader, uses) && reader.CloseParen()))
        {
            return null;
        }

        if (!reader.End())
        {
            return null;
        }

        return new CreateCommand(mailbox.Value is [.. var parent, MailboxName.Separator] ? new MailboxName(parent) : mailbox, uses);
    }

    private static bool ReadUses(ref ImapReader reader, List<string> uses)
    {
        if (!reader.OpenParen() || reader.TryTake((byte)')'))
        {
            return reader.Error is null;
        }

        do
        {
            if (uses.Count >= reader.Limits.OptionsMax)
            {
                return reader.Fail("Too many attributes.", ImapErrorKind.Limit);
            }

            if (!reader.Byte((byte)'\\', "Expected an attribute such as \\Sent.") || !reader.Atom(out var name))
            {
                return false;
            }

            uses.Add("\\" + Encoding.ASCII.GetString(name));
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }
}
