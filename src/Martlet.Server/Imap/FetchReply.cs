using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>FETCH responses; with UIDONLY they are UIDFETCH responses, which begin with the UID (RFC 9586 §3.3).</summary>
internal static class FetchReply
{
    /// <summary>Writes up to and with the parenthesis, and the UID when it is wanted.</summary>
    /// <returns>Whether an item is written already, so that the next one needs a space before it.</returns>
    public static bool Open(ImapSession session, uint uid, bool withUid)
    {
        if (session.Has(ImapFeatures.UidOnly))
        {
            session.Writer.Raw("* "u8).Number(uid).Raw(" UIDFETCH ("u8);
            return false;
        }

        session.Writer.Raw("* "u8).Number(session.Open.Map.Find(uid)).Raw(withUid ? " FETCH (UID "u8 : " FETCH ("u8);
        if (withUid)
        {
            session.Writer.Number(uid);
        }

        return withUid;
    }

    /// <summary>Writes the response to a change: flags unless they are not wanted, and with CONDSTORE the UID and modseq (RFC 7162 §3.2.4).</summary>
    public static void WriteChange(ImapSession session, in MessageRow row, bool withUid, bool withFlags = true)
    {
        var withModSeq = session.Has(ImapFeatures.CondStore);
        var hasItem = Open(session, row.Uid.Value, withUid || withModSeq);
        if (withFlags)
        {
            session.Writer.Raw(hasItem ? " FLAGS "u8 : "FLAGS "u8);
            FlagNames.Write(session.Writer, row.Flags, row.Keywords, session.Open.Mailbox.Account.Keywords);
            hasItem = true;
        }

        if (withModSeq)
        {
            session.Writer.Raw(hasItem ? " "u8 : ""u8);
            WriteModSeq(session, row);
        }

        session.Writer.Raw(")\r\n"u8);
    }

    /// <summary>Writes the item MODSEQ.</summary>
    public static void WriteModSeq(ImapSession session, in MessageRow row) => session.Writer.Raw("MODSEQ ("u8).Number(row.ModSeq.Value).Raw(")"u8);
}
