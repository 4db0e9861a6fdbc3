namespace Martlet.Protocols.Imap.Responses;

/// <summary>A response code: what stands in brackets in a status response. Names are in <see cref="ResponseCode"/>.</summary>
/// <param name="Name">The word, in upper case.</param>
public abstract record ResponseCodeData(string Name);

/// <summary>A code without arguments that mean something here, such as ALERT or TRYCREATE, and every code not known or not well formed.</summary>
/// <param name="Name">The word, in upper case.</param>
/// <param name="Text">What stands after the word; empty for most.</param>
public sealed record PlainCode(string Name, string Text) : ResponseCodeData(Name);

/// <summary>A code with one number: UIDNEXT, UIDVALIDITY, UNSEEN, HIGHESTMODSEQ.</summary>
/// <param name="Name">The word, in upper case.</param>
/// <param name="Number">The number.</param>
public sealed record NumberCode(string Name, long Number) : ResponseCodeData(Name);

/// <summary>CAPABILITY, RFC 9051 §7.1.</summary>
/// <param name="Capabilities">All of them.</param>
public sealed record CapabilityCode(CapabilitySet Capabilities) : ResponseCodeData(ResponseCode.Capability);

/// <summary>PERMANENTFLAGS, RFC 9051 §7.1.</summary>
/// <param name="Flags">Flags that can be changed for good.</param>
/// <param name="MayCreate">The list has <c>\*</c>: keywords can be made.</param>
public sealed record PermanentFlagsCode(IReadOnlyList<Flag> Flags, bool MayCreate) : ResponseCodeData(ResponseCode.PermanentFlags);

/// <summary>APPENDUID, RFC 4315 §3.</summary>
/// <param name="UidValidity">Of the mailbox.</param>
/// <param name="Uids">Of the new messages, in their order.</param>
public sealed record AppendUidCode(uint UidValidity, NumSet Uids) : ResponseCodeData(ResponseCode.AppendUid);

/// <summary>COPYUID, RFC 4315 §3. Both sets have the same number of UIDs, else the code is a <see cref="PlainCode"/>.</summary>
/// <param name="UidValidity">Of the mailbox copied to.</param>
/// <param name="Source">UIDs of the originals, as the server ordered them.</param>
/// <param name="Destination">UIDs of the copies, pairwise.</param>
public sealed record CopyUidCode(uint UidValidity, NumSet Source, NumSet Destination) : ResponseCodeData(ResponseCode.CopyUid)
{
    /// <summary>Originals and copies. May be as many as the sets name: up to 2³²-1 of a hostile server, so walk it, do not collect it blindly.</summary>
    public IEnumerable<(uint Source, uint Destination)> Pairs() => Walk(Source).Zip(Walk(Destination));

    /// <summary>How many UIDs a set names, in wire order and with repetitions.</summary>
    internal static long Count(NumSet set)
    {
        var count = 0L;
        foreach (var range in set.Ranges)
        {
            count += range.Resolve(0).Count;
        }

        return count;
    }

    private static IEnumerable<uint> Walk(NumSet set)
    {
        for (var i = 0; i < set.Ranges.Length; i++)
        {
            var (first, last) = set.Ranges[i].Resolve(0);
            for (var uid = (long)first; uid <= last; uid++)
            {
                yield return (uint)uid;
            }
        }
    }
}

/// <summary>MODIFIED, RFC 7162 §3.1.3.</summary>
/// <param name="Messages">Those that were not changed: sequence numbers, or UIDs after UID STORE.</param>
public sealed record ModifiedCode(NumSet Messages) : ResponseCodeData(ResponseCode.Modified);

/// <summary>BADCHARSET, RFC 9051 §7.1.</summary>
/// <param name="Charsets">Those the server knows; may be none.</param>
public sealed record BadCharsetCode(IReadOnlyList<string> Charsets) : ResponseCodeData(ResponseCode.BadCharset);

/// <summary>BADEVENT, RFC 5465 §5: events of NOTIFY that the server does not know.</summary>
/// <param name="Events">Those it knows.</param>
public sealed record BadEventCode(IReadOnlyList<string> Events) : ResponseCodeData(NameOf)
{
    internal const string NameOf = "BADEVENT";
}

/// <summary>METADATA, RFC 5464 §4.2.1 and §4.3.</summary>
/// <param name="Kind">LONGENTRIES, MAXSIZE, TOOMANY, NOPRIVATE or what the server says.</param>
/// <param name="Bytes">Size of the largest value left out (LONGENTRIES) or allowed (MAXSIZE); null for the others.</param>
public sealed record MetadataCode(string Kind, long? Bytes) : ResponseCodeData(NameOf)
{
    internal const string NameOf = "METADATA";
}

/// <summary>INPROGRESS, RFC 9585 §3: a long command is still running.</summary>
/// <param name="Tag">Of the command; null if not said.</param>
/// <param name="Done">Work done; null if not said.</param>
/// <param name="Goal">Work there is; null if not said.</param>
public sealed record InProgressCode(string? Tag, long? Done, long? Goal) : ResponseCodeData(NameOf)
{
    internal const string NameOf = "INPROGRESS";
}
