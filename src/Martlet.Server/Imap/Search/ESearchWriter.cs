using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store;

namespace Martlet.Server.Imap.Search;

/// <summary>Writes ESEARCH responses (RFC 9051 §7.3.4).</summary>
internal static class ESearchWriter
{
    /// <summary>The answer about the selected mailbox.</summary>
    /// <param name="session">Session.</param>
    /// <param name="returns">What is answered; not SAVE alone, which has no answer.</param>
    /// <param name="partial">The part that PARTIAL asks for.</param>
    /// <param name="hits">What was found.</param>
    /// <param name="isUid">Whether numbers are UIDs.</param>
    public static void Write(ImapSession session, SearchReturns returns, PartialRange partial, SearchHits hits, bool isUid)
    {
        // The tag is always quoted and UID always said, also with no result: clients match on both.
        session.Writer.Raw("* ESEARCH (TAG "u8).String(session.CurrentTag ?? "").Raw(")"u8).Raw(isUid ? " UID"u8 : ""u8);
        var map = isUid ? null : session.Open.Map;
        Write(session.Writer, returns, partial, hits, map);
    }

    /// <summary>The answer of ESEARCH about one mailbox of several: with its name, and always with UIDs (RFC 7377 §2.1).</summary>
    public static void Write(ImapSession session, SearchCommand command, SearchHits hits, Mailbox mailbox)
    {
        var info = mailbox.Info;
        session.Writer.Raw("* ESEARCH (TAG "u8).String(session.CurrentTag ?? "").Raw(" MAILBOX "u8).Mailbox(new MailboxName(info.Name))
            .Raw(" UIDVALIDITY "u8).Number(info.UidValidity.Value).Raw(") UID"u8);
        Write(session.Writer, command.Returns, command.Partial, hits, map: null);
    }

    private static void Write(ImapWriter writer, SearchReturns returns, PartialRange partial, SearchHits hits, UidMap? map)
    {
        var uids = hits.Uids;
        if (uids.Count > 0)
        {
            if (returns.HasFlag(SearchReturns.Min))
            {
                writer.Raw(" MIN "u8).Number(Number(uids[0], map));
            }

            if (returns.HasFlag(SearchReturns.Max))
            {
                writer.Raw(" MAX "u8).Number(Number(uids[^1], map));
            }

            if (returns.HasFlag(SearchReturns.All))
            {
                writer.Raw(" ALL "u8).Set(Set(uids, 0, uids.Count, map));
            }
        }

        if (returns.HasFlag(SearchReturns.Count))
        {
            writer.Raw(" COUNT "u8).Number(uids.Count);
        }

        if (returns.HasFlag(SearchReturns.Partial))
        {
            var (start, length) = hits.Part;
            writer.Raw(" PARTIAL ("u8).Atom(partial.ToString()).Space();
            _ = length == 0 ? writer.Nil() : writer.Set(Set(uids, start, length, map));
            writer.Raw(")"u8);
        }

        if (hits.HighestModSeq() is > 0 and var modSeq)
        {
            writer.Raw(" MODSEQ "u8).Number(modSeq);
        }

        writer.CrLf();
    }

    private static NumSet Set(IReadOnlyList<uint> uids, int start, int length, UidMap? map)
    {
        var builder = new NumSetBuilder();
        for (var i = start; i < start + length; i++)
        {
            builder.Add(Number(uids[i], map));
        }

        return builder.ToSet();
    }

    private static uint Number(uint uid, UidMap? map) => map is null ? uid : (uint)map.Find(uid);
}
