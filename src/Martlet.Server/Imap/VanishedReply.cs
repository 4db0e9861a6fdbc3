using Martlet.Protocols.Imap;

namespace Martlet.Server.Imap;

/// <summary>VANISHED responses: RFC 7162 §3.2.10.</summary>
internal static class VanishedReply
{
    private const int RangesPerLine = 300; // About 6 kB: RFC 7162 §4 asks clients for lines of 8,192 bytes.

    /// <summary>Writes the responses; none for an empty set, which the grammar does not have.</summary>
    /// <param name="session">Session.</param>
    /// <param name="uids">Resolved set.</param>
    /// <param name="isEarlier">Gone before this session knew the messages: sequence numbers do not move.</param>
    public static async ValueTask WriteAsync(ImapSession session, NumSet uids, bool isEarlier)
    {
        for (var at = 0; at < uids.Ranges.Length; at += RangesPerLine)
        {
            var piece = NumSet.Of(uids.Ranges[at..Math.Min(at + RangesPerLine, uids.Ranges.Length)]);
            session.Writer.Raw(isEarlier ? "* VANISHED (EARLIER) "u8 : "* VANISHED "u8).Set(piece).CrLf();
            await session.FlushIfLargeAsync();
        }
    }
}
