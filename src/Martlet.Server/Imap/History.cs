using Martlet.Protocols.Imap;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>What became of messages a client knew before: for SELECT (QRESYNC) and UID FETCH (VANISHED), RFC 7162 §3.2.5 and §3.2.6.</summary>
internal static class History
{
    /// <summary>UIDs that are gone and that the session never told the client of: those it still counts are told with VANISHED without EARLIER.</summary>
    /// <param name="session">Session with a mailbox open.</param>
    /// <param name="since">Modseq the client knows. When it is older than our memory, or newer than anything here (a restored backup), all that are not there are named.</param>
    /// <param name="known">Resolved UIDs the client asks for.</param>
    /// <param name="isSureUpTo">The client knows what became of UIDs up to here.</param>
    public static NumSet Vanished(ImapSession session, ModSeq since, NumSet known, uint isSureUpTo = 0)
    {
        var selected = session.Open;
        return since <= selected.Mailbox.Info.ModSeq && session.Store.TryReadExpunged(selected.Mailbox, since, out var expunged)
            ? Remembered(selected, expunged, known, isSureUpTo)
            : Missing(selected, known, isSureUpTo);
    }

    private static NumSet Remembered(SelectedMailbox selected, IReadOnlyList<Uid> expunged, NumSet known, uint isSureUpTo)
    {
        var builder = new NumSetBuilder();
        foreach (var uid in expunged)
        {
            if (uid.Value > isSureUpTo && known.Contains(uid.Value) && selected.Map.Find(uid.Value) == 0)
            {
                builder.Add(uid.Value);
            }
        }

        return builder.ToSet();
    }

    private static NumSet Missing(SelectedMailbox selected, NumSet known, uint isSureUpTo)
    {
        var builder = new NumSetBuilder();
        // UIDs from UIDNEXT on have never been given out; a client cannot know them.
        var last = selected.View.UidNext.Value - 1;
        foreach (var range in known.Ranges)
        {
            var from = Math.Max(range.First, isSureUpTo + 1);
            var to = Math.Min(range.Last, last);
            for (var seq = selected.Map.LowerBound(from); from <= to; seq++)
            {
                var next = seq <= selected.Map.Count ? selected.Map[seq] : uint.MaxValue;
                if (next > from)
                {
                    builder.AddRange(from, Math.Min(to, next - 1));
                }

                if (next > to)
                {
                    break;
                }

                from = next + 1;
            }
        }

        return builder.ToSet();
    }
}
