using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>Tells a client that comes back what happened since: SELECT (QRESYNC), RFC 7162 §3.2.5.</summary>
internal static class Resync
{
    private const int RowsAtOnce = 512;

    /// <summary>Writes VANISHED (EARLIER), then the flags of what is new or changed. A client whose modseq is newer than ours hears everything.</summary>
    public static async ValueTask WriteAsync(ImapSession session, QResyncParameter client)
    {
        var selected = session.Open;
        var since = new ModSeq(client.ModSeq > selected.Told.Value ? 0 : client.ModSeq);
        var last = selected.View.Opened.UidNext.Value - 1;
        var known = client.KnownUids?.Resolve(last) ?? (last == 0 ? NumSet.Empty : NumSet.Of(new NumRange(1, last)).Resolve(last));
        // A modseq from the future is no memory of ours: all that are not there are named.
        var gone = History.Vanished(session, new ModSeq(client.ModSeq), known, SureUpTo(selected, client));
        await VanishedReply.WriteAsync(session, gone, isEarlier: true);

        var uids = selected.ChangedSince([.. selected.Map.Uids.ToArray().Where(known.Contains)], since);
        var rows = new MessageRow[RowsAtOnce];
        for (var at = 0; at < uids.Length; at += rows.Length)
        {
            var count = selected.View.Read(uids.AsSpan(at, Math.Min(rows.Length, uids.Length - at)), rows);
            for (var i = 0; i < count; i++)
            {
                FetchReply.WriteChange(session, rows[i], withUid: true);
                await session.FlushIfLargeAsync();
            }
        }
    }

    // RFC 7162 §3.2.5.2: where a sequence number still has the client's UID, nothing below is gone that the client does not know of.
    private static uint SureUpTo(SelectedMailbox selected, QResyncParameter client)
    {
        var sure = 0u;
        if (client is { MatchSeqs: { } seqs, MatchUids: { } uids })
        {
            var uid = uids.Numbers.GetEnumerator();
            foreach (var seq in seqs.Numbers)
            {
                if (!uid.MoveNext() || seq > (uint)selected.Map.Count || selected.Map[(int)seq] != uid.Current)
                {
                    break;
                }

                sure = uid.Current;
            }
        }

        return sure;
    }
}
