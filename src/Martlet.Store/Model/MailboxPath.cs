using System.Text;

namespace Martlet.Store.Model;

/// <summary>Rules for mailbox names, for whoever names one: IMAP, pages, import.</summary>
public static class MailboxPath
{
    /// <summary>Between the levels of a name.</summary>
    public const char Separator = '/';

    /// <summary>The one mailbox every account has (RFC 9051 §5.1).</summary>
    public const string Inbox = "INBOX";

    /// <summary>Brings the name into the form it is stored in: NFC, INBOX in upper case as the first level.</summary>
    /// <returns>False when the name is not allowed.</returns>
    public static bool TryNormalize(string name, StoreLimits limits, out string normalized)
    {
        normalized = "";
        if (name.Length == 0 || name.Length > limits.MailboxNameBytesMax || !IsWellFormed(name))
        {
            return false;
        }

        // Names that differ only in normalization would look the same to people and be two mailboxes.
        name = name.Normalize(NormalizationForm.FormC);
        if (Encoding.UTF8.GetByteCount(name) > limits.MailboxNameBytesMax || name[0] == '#')
        {
            return false;
        }

        var levels = name.Split(Separator);
        if (levels.Length > limits.MailboxDepthMax)
        {
            return false;
        }

        foreach (var level in levels)
        {
            if (level is "" or "." or "..")
            {
                return false;
            }
        }

        if (levels[0].Equals(Inbox, StringComparison.OrdinalIgnoreCase))
        {
            levels[0] = Inbox;
        }

        normalized = string.Join(Separator, levels);
        return true;
    }

    /// <summary>The mailbox above, or null at the top.</summary>
    public static string? Parent(string name)
    {
        var last = name.LastIndexOf(Separator);
        return last < 0 ? null : name[..last];
    }

    /// <summary>Whether a mailbox is below another, at any level.</summary>
    public static bool IsBelow(string name, string ancestor) =>
        name.Length > ancestor.Length && name[ancestor.Length] == Separator && name.StartsWith(ancestor, StringComparison.Ordinal);

    // No controls, no line or paragraph separators, no broken surrogates: such names cannot be shown or sent back safely.
    private static bool IsWellFormed(string name)
    {
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFD)
            {
                return false;
            }
        }

        return true;
    }
}
