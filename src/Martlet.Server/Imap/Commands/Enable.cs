using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>ENABLE: RFC 9051 §6.3.1. Unknown names are ignored; ENABLED is always answered, if empty (clients wait for it).</summary>
internal static class Enable
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session, EnableCommand command)
    {
        session.Writer.Raw("* ENABLED"u8);
        foreach (var name in Capabilities.Enableable)
        {
            if (command.Capabilities.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                session.IsRev2 |= name == Martlet.Protocols.Imap.Capability.Imap4Rev2;
                session.IsUtf8 = true;
                session.Writer.Space().Atom(name);
            }
        }

        session.Writer.CrLf();
        return new(ImapResult.Ok("Done."));
    }
}
