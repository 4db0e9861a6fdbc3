namespace Martlet.Protocols.Imap.Commands;

/// <summary>What STORE does with its flags.</summary>
public enum StoreAction
{
    /// <summary><c>FLAGS</c>: these and no others.</summary>
    Replace,

    /// <summary><c>+FLAGS</c></summary>
    Add,

    /// <summary><c>-FLAGS</c></summary>
    Remove,
}

/// <summary>STORE and UID STORE: RFC 9051 §6.4.6, with UNCHANGEDSINCE of RFC 7162 §3.1.3.</summary>
/// <param name="Messages">Sequence numbers, or UIDs for the UID form.</param>
/// <param name="Action">What to do.</param>
/// <param name="Flags">With these; may be none. Each once.</param>
public sealed record StoreCommand(NumSet Messages, StoreAction Action, IReadOnlyList<Flag> Flags)
{
    /// <summary><c>.SILENT</c>: no flags in the reply (with CONDSTORE, MODSEQ still).</summary>
    public bool IsSilent { get; init; }

    /// <summary>Only messages whose modification sequence is not higher; null without the modifier. 0 fails for all.</summary>
    public long? UnchangedSince { get; init; }

    /// <summary>Reads the arguments to the end; null after an error.</summary>
    public static StoreCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.SequenceSet(out var messages) || !reader.Space())
        {
            return null;
        }

        long? unchangedSince = null;
        if (reader.TryTake((byte)'('))
        {
            if (!reader.Keyword("UNCHANGEDSINCE"u8) || !reader.Space() || !reader.Number64(out var modSeq) || !reader.CloseParen() || !reader.Space())
            {
                return null;
            }

            unchangedSince = modSeq;
        }

        var action = reader.TryTake((byte)'+') ? StoreAction.Add : reader.TryTake((byte)'-') ? StoreAction.Remove : StoreAction.Replace;
        var isSilent = reader.TryKeyword("FLAGS.SILENT"u8);
        if (!isSilent && !reader.Keyword("FLAGS"u8))
        {
            return null;
        }

        if (!reader.Space() || !(reader.Peek() == '(' ? reader.FlagList(out var flags) : reader.Flags(out flags)) || !reader.End())
        {
            return null;
        }

        return new StoreCommand(messages, action, flags) { IsSilent = isSilent, UnchangedSince = unchangedSince };
    }
}
