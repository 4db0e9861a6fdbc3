namespace Martlet.Protocols.Imap.Responses;

/// <summary>
/// Reads flag lists of responses and remembers those it has seen: a mailbox has a handful of different ones, and a FETCH of all flags then allocates none. A
/// table of fixed size; a list that falls into a used place takes it over.
/// </summary>
/// <remarks>One per connection, not thread safe.</remarks>
internal sealed class FlagLists
{
    private const int Places = 256;
    private const int KeyBytesMax = 128;

    private readonly (byte[]? Key, Flag[] Flags)[] _known = new (byte[]?, Flag[])[Places];

    /// <summary>A list in parentheses.</summary>
    /// <param name="reader">At the parenthesis.</param>
    /// <param name="flags">The flags, in their order.</param>
    /// <param name="hasStar"><c>\*</c> was in it, which is no flag.</param>
    public bool Read(ref ImapReader reader, out IReadOnlyList<Flag> flags, out bool hasStar)
    {
        flags = [];
        hasStar = false;
        var rest = reader.Rest;
        var end = rest[..Math.Min(rest.Length, KeyBytesMax)].IndexOf((byte)')') + 1;
        if (end == 0)
        {
            return ReadList(ref reader, out flags, out hasStar);
        }

        var key = rest[..end];
        var hash = new HashCode();
        hash.AddBytes(key);
        ref var place = ref _known[hash.ToHashCode() & (Places - 1)];
        if (place.Key is { } known && key.SequenceEqual(known))
        {
            reader.Take(end, 2 * end);
            flags = place.Flags;
            return true;
        }

        if (!ReadList(ref reader, out flags, out hasStar))
        {
            return false;
        }

        if (!hasStar)
        {
            place = (key.ToArray(), (Flag[])flags);
        }

        return true;
    }

    private static bool ReadList(ref ImapReader reader, out IReadOnlyList<Flag> flags, out bool hasStar)
    {
        flags = [];
        hasStar = false;
        if (!reader.OpenList(out var isOpen))
        {
            return false;
        }

        List<Flag> list = [];
        while (isOpen && reader.More())
        {
            if (!reader.Run(ResponseText.AtomChar, "Expected a flag.", out var name))
            {
                return false;
            }

            if (list.Count >= reader.Limits.FlagsMax)
            {
                return reader.Fail("Too many flags.", ImapErrorKind.Limit);
            }

            if (name.SequenceEqual("\\*"u8))
            {
                hasStar = true;
            }
            else
            {
                list.Add(Flag.TryCreate(name, out var flag) ? flag : Flag.OfServer(ResponseText.Decode(name)));
            }
        }

        flags = list.ToArray();
        return reader.Error is null;
    }
}
