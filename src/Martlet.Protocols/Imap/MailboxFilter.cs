using System.Diagnostics.CodeAnalysis;

namespace Martlet.Protocols.Imap;

/// <summary>Which mailboxes a <see cref="MailboxFilter"/> means.</summary>
public enum MailboxFilterKind
{
    /// <summary>The selected mailbox.</summary>
    Selected,

    /// <summary>The same, with expunges told only when the client asks for something (RFC 5465 §6.1.2). ESEARCH refuses it (RFC 7377 §2.2).</summary>
    SelectedDelayed,

    /// <summary>Those that mail is delivered to.</summary>
    Inboxes,

    /// <summary>All mailboxes of the account.</summary>
    Personal,

    /// <summary>Those subscribed to.</summary>
    Subscribed,

    /// <summary>The named ones and everything below them.</summary>
    Subtree,

    /// <summary>The named ones and their children (RFC 7377 §2.2).</summary>
    SubtreeOne,

    /// <summary>The named ones; wildcards are ordinary characters.</summary>
    Mailboxes,
}

/// <summary>A mailbox specifier of NOTIFY and ESEARCH: <c>filter-mailboxes</c> of RFC 5465 §8 and RFC 7377 §4.</summary>
/// <param name="Kind">Which mailboxes.</param>
/// <param name="Names">At least one for the kinds that take names, none for the others. Names may repeat and need not exist.</param>
public sealed record MailboxFilter(MailboxFilterKind Kind, IReadOnlyList<MailboxName> Names)
{
    /// <summary>Reads one specifier; at most <see cref="ImapLimits.FilterNamesMax"/> names.</summary>
    public static bool Read(ref ImapReader reader, [NotNullWhen(true)] out MailboxFilter? filter)
    {
        filter = null;
        Span<char> word = stackalloc char[24];
        if (!reader.Word(word, out var length))
        {
            return false;
        }

        MailboxFilterKind? kind = word[..length] switch
        {
            "SELECTED" => MailboxFilterKind.Selected,
            "SELECTED-DELAYED" => MailboxFilterKind.SelectedDelayed,
            "INBOXES" => MailboxFilterKind.Inboxes,
            "PERSONAL" => MailboxFilterKind.Personal,
            "SUBSCRIBED" => MailboxFilterKind.Subscribed,
            "SUBTREE" => MailboxFilterKind.Subtree,
            "SUBTREE-ONE" => MailboxFilterKind.SubtreeOne,
            "MAILBOXES" => MailboxFilterKind.Mailboxes,
            _ => null,
        };
        if (kind is not { } known)
        {
            return reader.Fail("Unknown mailbox specifier.");
        }

        List<MailboxName> names = [];
        var takesNames = known is MailboxFilterKind.Subtree or MailboxFilterKind.SubtreeOne or MailboxFilterKind.Mailboxes;
        if (takesNames && !(reader.Space() && ReadNames(ref reader, names)))
        {
            return false;
        }

        filter = new MailboxFilter(known, names);
        return true;
    }

    // one-or-more-mailbox
    private static bool ReadNames(ref ImapReader reader, List<MailboxName> names)
    {
        var isList = reader.TryTake((byte)'(');
        do
        {
            if (names.Count >= reader.Limits.FilterNamesMax)
            {
                return reader.Fail("Too many mailboxes.", ImapErrorKind.Limit);
            }

            if (!reader.Mailbox(out var name))
            {
                return false;
            }

            names.Add(name);
        }
        while (isList && reader.TryTake((byte)' '));

        return !isList || reader.CloseParen();
    }
}
