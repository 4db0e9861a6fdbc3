using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>Special uses as attributes (RFC 6154 §2).</summary>
internal static class SpecialUses
{
    /// <summary>The attribute; null for an ordinary mailbox.</summary>
    public static string? Attribute(SpecialUse use) => use switch
    {
        SpecialUse.Archive => "\\Archive",
        SpecialUse.Drafts => "\\Drafts",
        SpecialUse.Junk => "\\Junk",
        SpecialUse.Sent => "\\Sent",
        SpecialUse.Trash => "\\Trash",
        SpecialUse.None => null,
        _ => throw new InvalidOperationException("A use nobody knows."),
    };

    /// <summary>The use for an attribute in any case.</summary>
    public static bool TryParse(string attribute, out SpecialUse use)
    {
        foreach (var candidate in Enum.GetValues<SpecialUse>())
        {
            if (string.Equals(Attribute(candidate), attribute, StringComparison.OrdinalIgnoreCase))
            {
                use = candidate;
                return true;
            }
        }

        use = SpecialUse.None;
        return false;
    }
}
