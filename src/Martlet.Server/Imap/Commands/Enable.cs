using Martlet.Protocols.Imap.Commands;

namespace Martlet.Server.Imap.Commands;

/// <summary>ENABLE: RFC 9051 §6.3.1. Names that are unknown or hidden from the account are ignored; ENABLED is always answered, if empty (clients wait for it).</summary>
internal static class Enable
{
    public static ValueTask<ImapResult> RunAsync(ImapSession session, EnableCommand command)
    {
        session.Writer.Raw("* ENABLED"u8);
        var enabled = ImapFeatures.None;
        foreach (var row in Capabilities.All)
        {
            if (row.Enables != ImapFeatures.None && command.Names(row.Name) && !session.Hides(row.Name))
            {
                enabled |= row.Enables;
                session.Writer.Space().Atom(row.Name);
            }
        }

        session.Writer.CrLf();
        session.Enable(enabled);
        return new(ImapResult.Ok("Done."));
    }
}
