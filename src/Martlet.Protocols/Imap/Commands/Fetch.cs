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

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static FetchCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.SequenceSet(out var messages) || !reader.Space() || FetchItem.ReadItems(ref reader) is not { } items)
        {
            return null;
        }

        long? changedSince = null;
        var vanished = false;
        if (reader.TryTake((byte)' ') && !ReadModifiers(ref reader, out changedSince, out vanished))
        {
            return null;
        }

        return reader.End() ? new FetchCommand(messages, items) { ChangedSince = changedSince, Vanished = vanished } : null;
    }

    private static bool ReadModifiers(ref ImapReader reader, out long? changedSince, out bool vanished)
    {
        changedSince = null;
        vanished = false;
        if (!reader.OpenParen())
        {
            return false;
        }

        do
        {
            if (changedSince is null && reader.TryKeyword("CHANGEDSINCE"u8))
            {
                if (!reader.Space() || !reader.Number64(out var modSeq))
                {
                    return false;
                }

                changedSince = modSeq;
            }
            else if (!vanished && reader.TryKeyword("VANISHED"u8))
            {
                vanished = true;
            }
            else
            {
                return reader.Fail("Unknown or repeated modifier.");
            }
        }
        while (reader.TryTake((byte)' '));

        // RFC 7162 §3.2.6: VANISHED without CHANGEDSINCE is an error.
        return (!vanished || changedSince is not null || reader.Fail("VANISHED needs CHANGEDSINCE.")) && reader.CloseParen();
    }
}
