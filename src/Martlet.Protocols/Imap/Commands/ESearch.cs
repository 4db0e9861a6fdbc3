namespace Martlet.Protocols.Imap.Commands;

/// <summary>ESEARCH: RFC 7377 §2.</summary>
/// <param name="Sources">Which mailboxes, at least one specifier; <c>selected</c> when the client names none.</param>
/// <param name="Search">What to look for, and what to answer: ALL unless the client says otherwise.</param>
public sealed record ESearchCommand(IReadOnlyList<MailboxFilter> Sources, SearchCommand Search)
{
    private static readonly MailboxFilter[] Selected = [new(MailboxFilterKind.Selected, [])];

    /// <summary>Only the selected mailbox is searched.</summary>
    public bool IsSelectedOnly => Sources.All(source => source.Kind == MailboxFilterKind.Selected);

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static ESearchCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space())
        {
            return null;
        }

        IReadOnlyList<MailboxFilter> sources = Selected;
        if (reader.TryKeyword("IN"u8) && !(reader.Space() && ReadSources(ref reader, out sources) && reader.Space()))
        {
            return null;
        }

        if (SearchCommand.ReadProgram(ref reader, SearchReturns.All) is not { } search)
        {
            return null;
        }

        var command = new ESearchCommand(sources, search);
        if (search.Returns.HasFlag(SearchReturns.Save) && !command.IsSelectedOnly)
        {
            reader.Fail("SAVE is for the selected mailbox only."); // RFC 7377 §2.2.
            return null;
        }

        return command;
    }

    private static bool ReadSources(ref ImapReader reader, out IReadOnlyList<MailboxFilter> sources)
    {
        var list = new List<MailboxFilter>();
        sources = list;
        if (!reader.OpenParen())
        {
            return false;
        }

        do
        {
            if (reader.Peek() == '(')
            {
                return reader.Fail("No scope option is known."); // RFC 7377 §4 defines the place, but no option.
            }

            if (list.Count >= reader.Limits.OptionsMax)
            {
                return reader.Fail("Too many sources.", ImapErrorKind.Limit);
            }

            if (!MailboxFilter.Read(ref reader, out var filter))
            {
                return false;
            }

            if (filter.Kind == MailboxFilterKind.SelectedDelayed)
            {
                return reader.Fail("SELECTED-DELAYED is for NOTIFY only."); // RFC 7377 §2.2.
            }

            list.Add(filter);
        }
        while (reader.TryTake((byte)' '));

        return reader.CloseParen();
    }
}
