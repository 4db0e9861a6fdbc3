namespace Martlet.Server.Imap;

/// <summary>Begins and ends FETCH responses; with UIDONLY they are UIDFETCH responses (RFC 9586 §3.3).</summary>
internal static class FetchReply
{
    /// <summary>Writes up to and with the parenthesis, and the UID when it is wanted.</summary>
    /// <returns>The separator before the next item: nothing, or a space.</returns>
    public static ReadOnlySpan<byte> Open(ImapSession session, uint uid, bool withUid)
    {
        if (session.Has(ImapFeatures.UidOnly))
        {
            session.Writer.Raw("* "u8).Number(uid).Raw(" UIDFETCH ("u8);
            return ""u8;
        }

        session.Writer.Raw("* "u8).Number(session.Open.Map.Find(uid)).Raw(" FETCH ("u8);
        if (!withUid)
        {
            return ""u8;
        }

        session.Writer.Raw("UID "u8).Number(uid);
        return " "u8;
    }
}
