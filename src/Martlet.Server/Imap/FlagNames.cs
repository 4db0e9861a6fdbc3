using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>Flags between the wire and the store.</summary>
internal static class FlagNames
{
    private static readonly (MessageFlags Flag, Flag Name)[] System =
    [
        (MessageFlags.Answered, Flag.Answered),
        (MessageFlags.Flagged, Flag.Flagged),
        (MessageFlags.Deleted, Flag.Deleted),
        (MessageFlags.Seen, Flag.Seen),
        (MessageFlags.Draft, Flag.Draft),
    ];

    // All 32 combinations, ready to be sent.
    private static readonly byte[][] Combinations = [.. Enumerable.Range(0, (int)MessageFlags.All + 1).Select(Combine)];

    /// <summary>Writes what stands in FLAGS' parentheses.</summary>
    public static void Write(ImapWriter writer, MessageFlags flags, KeywordSetId set, KeywordTable keywords)
    {
        var system = Combinations[(int)(flags & MessageFlags.All)];
        writer.Raw("("u8).Raw(system);
        var isFirst = system.Length == 0;
        if (set.Value != 0)
        {
            foreach (var keyword in keywords.Members(set))
            {
                writer.Raw(isFirst ? ""u8 : " "u8).Atom(keywords.Names[keyword]);
                isFirst = false;
            }
        }

        writer.Raw(")"u8);
    }

    /// <summary>Splits flags of a command. \Recent and unknown system flags are not the client's to set: left out, as the grammar already refused others.</summary>
    public static (MessageFlags Flags, List<string> Keywords) Split(IReadOnlyList<Flag> flags)
    {
        var system = MessageFlags.None;
        var keywords = new List<string>();
        foreach (var flag in flags)
        {
            if (flag.IsSystem)
            {
                system |= Find(flag);
            }
            else
            {
                keywords.Add(flag.Name);
            }
        }

        return (system, keywords);
    }

    /// <summary>The store's flag for a system flag; None for one it does not keep.</summary>
    public static MessageFlags Find(Flag flag)
    {
        foreach (var (value, name) in System)
        {
            if (name == flag)
            {
                return value;
            }
        }

        return MessageFlags.None;
    }

    private static byte[] Combine(int flags) =>
        global::System.Text.Encoding.ASCII.GetBytes(string.Join(' ', System.Where(row => ((MessageFlags)flags).HasFlag(row.Flag)).Select(row => row.Name.Name)));
}
