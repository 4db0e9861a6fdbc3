using System.Text;

namespace Martlet.Protocols.Imap.Commands;

/// <summary>ENABLE: RFC 9051 §6.3.1.</summary>
/// <param name="Capabilities">In upper case, unknown ones included: they are ignored, not refused. Compare without regard to case (<c>IMAP4rev2</c>).</param>
public sealed record EnableCommand(IReadOnlyList<string> Capabilities)
{
    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static EnableCommand? Read(ref ImapReader reader)
    {
        List<string> capabilities = [];
        do
        {
            if (capabilities.Count >= reader.Limits.OptionsMax)
            {
                reader.Fail("Too many capabilities.", ImapErrorKind.Limit);
                return null;
            }

            if (!reader.Space() || !reader.Atom(out var name))
            {
                return null;
            }

            capabilities.Add(Encoding.ASCII.GetString(name).ToUpperInvariant());
        }
        while (reader.Peek() == ' ');

        return reader.End() ? new EnableCommand(capabilities) : null;
    }

    /// <summary>Whether the client names a capability.</summary>
    public bool Names(string capability)
    {
        foreach (var name in Capabilities)
        {
            if (name.Equals(capability, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
