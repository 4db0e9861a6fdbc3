namespace Martlet.Protocols.Imap.Commands;

/// <summary>What a client knows of a mailbox from before, RFC 7162 §3.2.5.</summary>
/// <param name="UidValidity">If it is no longer this, the rest has no meaning.</param>
/// <param name="ModSeq">The last modification sequence it knows. The grammar wants 1 or more; 0 is read too.</param>
/// <param name="KnownUids">UIDs it knows, without <c>*</c>; null for all.</param>
/// <param name="MatchSeqs">Sequence numbers it knew for <paramref name="MatchUids"/>; resolved, ascending; null if not given.</param>
/// <param name="MatchUids">As many UIDs as there are <paramref name="MatchSeqs"/>; resolved, ascending; null if not given.</param>
public sealed record QResyncParameter(uint UidValidity, long ModSeq, NumSet? KnownUids, NumSet? MatchSeqs, NumSet? MatchUids);

/// <summary>SELECT and EXAMINE: RFC 9051 §6.3.2, §6.3.3.</summary>
/// <param name="Mailbox">The mailbox to open.</param>
/// <param name="CondStore">The parameter CONDSTORE, RFC 7162 §3.1.8.</param>
/// <param name="QResync">The parameter QRESYNC, RFC 7162 §3.2.5; BAD unless enabled.</param>
public sealed record SelectCommand(MailboxName Mailbox, bool CondStore, QResyncParameter? QResync)
{
    /// <summary>Reads the arguments to the end; null after an error. Repeated and unknown parameters are errors.</summary>
    public static SelectCommand? Read(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.Mailbox(out var mailbox))
        {
            return null;
        }

        var condStore = false;
        QResyncParameter? qresync = null;
        if (reader.TryTake((byte)' '))
        {
            if (!reader.OpenParen())
            {
                return null;
            }

            do
            {
                if (!condStore && reader.TryKeyword("CONDSTORE"u8))
                {
                    condStore = true;
                }
                else if (qresync is null && reader.TryKeyword("QRESYNC"u8))
                {
                    qresync = ReadQResync(ref reader);
                }
                else
                {
                    reader.Fail("Unknown or repeated parameter.");
                }
            }
            while (reader.TryTake((byte)' '));

            if (!reader.CloseParen())
            {
                return null;
            }
        }

        return reader.End() ? new SelectCommand(mailbox, condStore, qresync) : null;
    }

    private static QResyncParameter? ReadQResync(ref ImapReader reader)
    {
        if (!reader.Space() || !reader.OpenParen() || !reader.NzNumber(out var uidValidity) || !reader.Space() || !reader.Number64(out var modSeq))
        {
            return null;
        }

        NumSet? known = null, seqs = null, uids = null;
        if (reader.Peek() == ' ' && reader.PeekAt(1) != '(' && !(reader.Space() && reader.PlainSet(out known)))
        {
            return null;
        }

        if (reader.TryTake((byte)' ') && !ReadMatch(ref reader, out seqs, out uids))
        {
            return null;
        }

        return reader.CloseParen() ? new QResyncParameter(uidValidity, modSeq, known, seqs, uids) : null;
    }

    private static bool ReadMatch(ref ImapReader reader, out NumSet? seqs, out NumSet? uids)
    {
        seqs = uids = null;
        if (!reader.OpenParen() || !reader.PlainSet(out var first) || !reader.Space() || !reader.PlainSet(out var second) || !reader.CloseParen())
        {
            return false;
        }

        // RFC 7162 §3.2.5.2: both ascending, and pairs: so both have the same count. Resolving them sorts what a careless client did not.
        seqs = first.Resolve(0);
        uids = second.Resolve(0);
        return seqs.Count == uids.Count || reader.Fail("The sets of sequence numbers and UIDs differ in length.");
    }
}
