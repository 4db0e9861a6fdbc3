using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Search;

namespace Martlet.Server.Imap.Commands;

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4, with ESEARCH results (RFC 4731), parts of them (RFC 9394) and saved results (RFC 5182).</summary>
internal static class Search
{
    public static async ValueTask<ImapResult> RunAsync(ImapSession session, SearchCommand command, bool isUid)
    {
        if (Begin(session, command) is { } refusal)
        {
            return refusal;
        }

        var selected = session.Open;
        using var run = new SearchRun(session, command, selected.Map.Count);
        var hits = await run.FindAsync(SearchedMailbox.Of(selected));
        if (command.Returns == SearchReturns.None && !session.IsRev2)
        {
            await WriteSearchAsync(session, hits, isUid);
        }
        else if (command.Returns != SearchReturns.Save)
        {
            ESearchWriter.Write(session, command.Returns == SearchReturns.None ? SearchReturns.All : command.Returns, command.Partial, hits, isUid);
        }

        return Finish(session, command, run, hits);
    }

    /// <summary>What comes before every search, of ESEARCH too: refusals that are no matter of grammar, and CONDSTORE turned on by MODSEQ.</summary>
    public static ImapResult? Begin(ImapSession session, SearchCommand command)
    {
        if (command.UsesSequenceNumbers && session.Has(ImapFeatures.UidOnly))
        {
            return ImapResult.Bad(ResponseCode.UidRequired, "There are no sequence numbers with UIDONLY.");
        }

        if (command.IsCharsetUnknown)
        {
            Save(session, command, []);
            return ImapResult.No($"{ResponseCode.BadCharset} (US-ASCII UTF-8)", "Only US-ASCII and UTF-8 are known.");
        }

        if (command.UsesModSeq)
        {
            session.Enable(ImapFeatures.CondStore); // RFC 7162 §3.1: MODSEQ is one of the commands that do.
        }

        return null;
    }

    /// <summary>
    /// Saves what was found in the selected mailbox, if that is asked for, and says how it went. RFC 5182 §2.1: a search that fails leaves an empty result.
    /// </summary>
    public static ImapResult Finish(ImapSession session, SearchCommand command, SearchRun run, SearchHits? hits)
    {
        Save(session, command, run.FoundDamage || hits is null ? [] : hits.Saved());
        return run.FoundDamage
            ? ImapResult.No(ResponseCode.Corruption, "Some stored data is damaged and was not searched; the administrator's log says which.")
            : ImapResult.Ok("Done.");
    }

    private static void Save(ImapSession session, SearchCommand command, uint[] found)
    {
        if (command.Returns.HasFlag(SearchReturns.Save) && session.Selected is { } selected)
        {
            selected.SavedResult = found;
        }
    }

    private static async ValueTask WriteSearchAsync(ImapSession session, SearchHits hits, bool isUid)
    {
        session.Writer.Raw("* SEARCH"u8);
        foreach (var uid in hits.Uids)
        {
            session.Writer.Space().Number(isUid ? uid : (uint)session.Open.Map.Find(uid));
            await session.FlushIfLargeAsync();
        }

        if (hits.HighestModSeq() is > 0 and var modSeq)
        {
            session.Writer.Raw(" (MODSEQ "u8).Number(modSeq).Raw(")"u8);
        }

        session.Writer.CrLf();
    }
}
