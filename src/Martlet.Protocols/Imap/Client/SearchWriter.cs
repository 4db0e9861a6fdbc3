using System.Globalization;
using Martlet.Protocols.Imap.Commands;

namespace Martlet.Protocols.Imap.Client;

/// <summary>Writes search-return-opts and search-program of RFC 9051 §9.</summary>
internal static class SearchWriter
{
    private static readonly (SearchReturns Option, string Name)[] ReturnNames =
    [
        (SearchReturns.Min, "MIN"), (SearchReturns.Max, "MAX"), (SearchReturns.All, "ALL"), (SearchReturns.Count, "COUNT"), (SearchReturns.Save, "SAVE"),
    ];

    /// <summary>RETURN with its options, or nothing.</summary>
    public static void Returns(ImapCommandWriter writer, SearchReturns returns, PartialRange? partial)
    {
        var names = Array.FindAll(ReturnNames, option => returns.HasFlag(option.Option)).Select(static option => option.Name).ToList();
        if (partial is { } range)
        {
            names.Add($"PARTIAL {range}");
        }

        if (names.Count > 0)
        {
            writer.Raw(" RETURN ").List(names, static (w, name) => w.Raw(name));
        }
    }

    /// <summary>The keys, with their charset if one is due.</summary>
    public static void Program(ImapCommandWriter writer, SearchKey key)
    {
        // RFC 9051 §6.4.4: IMAP4rev1 assumes US-ASCII; RFC 6855 §3: with UTF8=ACCEPT a charset must not be named.
        if (!writer.IsUtf8 && !IsAscii(key))
        {
            writer.Raw(" CHARSET UTF-8");
        }

        writer.Raw(" ");
        if (key is AndKey all)
        {
            Join(writer, all.Keys);
        }
        else
        {
            Write(writer, key);
        }
    }

    private static void Join(ImapCommandWriter writer, IReadOnlyList<SearchKey> keys)
    {
        for (var i = 0; i < keys.Count; i++)
        {
            writer.Raw(i > 0 ? " " : "");
            Write(writer, keys[i]);
        }
    }

    private static void Write(ImapCommandWriter writer, SearchKey key)
    {
        switch (key)
        {
            case AllKey: writer.Raw("ALL"); break;
            case AndKey all:
                writer.Raw("(");
                Join(writer, all.Keys);
                writer.Raw(")");
                break;
            case OrKey or:
                writer.Raw("OR ");
                Join(writer, [or.Left, or.Right]);
                break;
            case NotKey not:
                writer.Raw("NOT ");
                Write(writer, not.Key);
                break;
            case FlagKey { Flag.IsSystem: true } flag: writer.Raw(flag.IsSet ? "" : "UN").Atom(flag.Flag.Name[1..].ToUpperInvariant()); break;
            case FlagKey flag: writer.Raw(flag.IsSet ? "KEYWORD " : "UNKEYWORD ").Atom(flag.Flag.Name); break;
            case RecentKey recent: writer.Raw(recent.IsRecent ? "RECENT" : "OLD"); break;
            case TextKey text: writer.Raw(text.Field.ToString().ToUpperInvariant()).Raw(" ").String(text.Value); break;
            case HeaderKey header: writer.Raw("HEADER ").AString(header.Name).Raw(" ").String(header.Value); break;
            case DateKey date: writer.Raw(DateName(date)).Raw(date.Day.ToString(" d-MMM-yyyy", CultureInfo.InvariantCulture)); break;
            case SizeKey size: writer.Raw(size.IsLarger ? "LARGER " : "SMALLER ").Number(size.Bytes); break;
            case AgeKey age: writer.Raw(age.IsOlder ? "OLDER " : "YOUNGER ").Number(age.Seconds); break;
            case ModSeqKey modSeq: writer.Raw("MODSEQ ").Number(modSeq.ModSeq); break;
            case SeqKey seq: writer.Set(seq.Messages); break;
            case UidKey uid: writer.Raw("UID ").Set(uid.Uids); break;
            case SaveDateSupportedKey: writer.Raw("SAVEDATESUPPORTED"); break;
            default: throw new ArgumentException($"{key.GetType().Name} has no form here.", nameof(key));
        }
    }

    private static string DateName(DateKey key) => (key.Date switch
    {
        SearchDate.Sent => "SENT",
        SearchDate.Saved => "SAVED",
        _ => "",
    }) + key.Comparison.ToString().ToUpperInvariant();

    private static bool IsAscii(SearchKey key) => key switch
    {
        AndKey all => all.Keys.All(IsAscii),
        OrKey or => IsAscii(or.Left) && IsAscii(or.Right),
        NotKey not => IsAscii(not.Key),
        TextKey text => System.Text.Ascii.IsValid(text.Value),
        HeaderKey header => System.Text.Ascii.IsValid(header.Value),
        _ => true,
    };
}
