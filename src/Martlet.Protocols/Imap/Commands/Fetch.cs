namespace Martlet.Protocols.Imap.Commands;

/// <summary>FETCH and UID FETCH: RFC 9051 §6.4.5, with the modifiers of RFC 7162 §3.1.4 and §3.2.6.</summary>
/// <param name="Messages">Sequence numbers, or UIDs for the UID form.</param>
/// <param name="Items">At least one; macros spelled out.</param>
public sealed record FetchCommand(NumSet Messages, IReadOnlyList<FetchItem> Items)
{
    /// <summary>Only messages with a higher modification sequence; null without the modifier. 0 is read too (iOS sends it) and means all.</summary>
    public long? ChangedSince { get; init; }

    /// <summary>Expunged ones are wanted too. Only for UID FETCH with QRESYNC enabled, which the session checks; CHANGEDSINCE is there.</summary>
    public bool Vanished { get; init; }

    /// <summary>Only this part of the messages (RFC 9394 §3.2). Only for UID FETCH, which the session checks.</summary>
    public PartialRange? Partial { get; init; }

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static FetchCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.SequenceSet(out var messages) || !reader.Space() || FetchItem.ReadItems(ref reader) is not { } items)
        {
            return null;
        }

        var command = new FetchCommand(messages, items);
        return (reader.Peek() != ' ' || (reader.Space() && ReadModifiers(ref reader, ref command))) && reader.End() ? command : null;
    }

    private static bool ReadModifiers(ref ImapReader reader, ref FetchCommand command)
    {
        if (!reader.OpenParen())
        {
            return false;
        }

        do
        {
            if (command.ChangedSince is null && reader.TryKeyword("CHANGEDSINCE"u8))
            {
                if (!reader.Space() || !reader.Number64(out var modSeq))
                {
                    return false;
                }

                command = command with { ChangedSince = modSeq };
            }
            else if (!command.Vanished && reader.TryKeyword("VANISHED"u8))
            {
                command = command with { Vanished = true };
            }
            else if (command.Partial is null && reader.TryKeyword("PARTIAL"u8))
            {
                if (!reader.Space() || !PartialRange.Read(ref reader, out var partial))
                {
                    return false;
                }

                command = command with { Partial = partial };
            }
            else
            {
                return reader.Fail("Unknown or repeated modifier.");
            }
        }
        while (reader.TryTake((byte)' '));

        // RFC 7162 §3.2.6: VANISHED without CHANGEDSINCE is an error.
        return (!command.Vanished || command.ChangedSince is not null || reader.Fail("VANISHED needs CHANGEDSINCE.")) && reader.CloseParen();
    }
}
