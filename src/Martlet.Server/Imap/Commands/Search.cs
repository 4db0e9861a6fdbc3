using System.Runtime.InteropServices;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Martlet.Server.Imap.Search;
using Martlet.Store.Model;

namespace Martlet.Server.Imap.Commands;

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4, with ESEARCH results (RFC 4731) and saved results (RFC 9051 §6.4.4.1).</summary>
internal static class Search
{
    private const int RowsAtOnce = 512;
    private const int BodiesAtOnce = 16; // Between two looks at whether the client is still there.

    public static async ValueTask<ImapResult> RunAsync(ImapSession session, SearchCommand command, bool isUid)
    {
        var selected = session.Open;
        List<uint> found;
        bool foundDamage;
        using (var message = new SearchMessage(session))
        {
            var matcher = MatcherBuilder.Build(command.Key, session);
            // RFC 9051 §6.4.4.1: a search that fails leaves an empty result.
            selected.SavedResult = command.Returns.HasFlag(SearchReturns.Save) ? [] : selected.SavedResult;
            found = await FindAsync(session, selected, matcher, message);
            foundDamage = message.FoundDamage;
        }

        if (command.Returns.HasFlag(SearchReturns.Save) && !foundDamage)
        {
            selected.SavedResult = Saved(command.Returns, found);
        }

        if (command.Returns == SearchReturns.None && !session.IsRev2)
        {
            await WriteSearchAsync(session, found, isUid);
        }
        else if (command.Returns != SearchReturns.Save)
        {
            WriteESearch(session, command.Returns == SearchReturns.None ? SearchReturns.All : command.Returns, found, isUid);
        }

        return foundDamage
            ? ImapResult.No(ResponseCode.Corruption, "Some stored data is damaged and was not searched; the administrator's log says which.")
            : ImapResult.Ok("Done.");
    }

    private static async ValueTask<List<uint>> FindAsync(ImapSession session, SelectedMailbox selected, Matcher matcher, SearchMessage message)
    {
        var found = new List<uint>();
        var rows = new MessageRow[matcher.Cost >= MatchCost.Header ? BodiesAtOnce : RowsAtOnce];
        for (var at = 0; at < selected.Map.Count; at += rows.Length)
        {
            Find(selected, matcher, message, rows, at, found);
            if (matcher.Cost > MatchCost.Row)
            {
                // A long search must not keep a pool thread from the others, and the client must not be taken for dead.
                await Task.Yield();
                session.Connection.ExpectWithin(session.Options.IdleAfterLogin);
                session.Connection.Stopping.ThrowIfCancellationRequested();
            }
        }

        return found;
    }

    private static void Find(SelectedMailbox selected, Matcher matcher, SearchMessage message, MessageRow[] rows, int at, List<uint> found)
    {
        var uids = selected.Map.Uids[at..Math.Min(at + rows.Length, selected.Map.Count)];
        var count = selected.View.Read(uids, rows);
        // First by the rows alone; only for those that may still match is more read, for all of them at once.
        var seqs = new int[count];
        var emails = new List<EmailId>(count);
        var candidates = 0;
        var seq = at;
        for (var i = 0; i < count; i++)
        {
            while (selected.Map[++seq] != rows[i].Uid.Value)
            {
                // A message whose row is gone; its number stays.
            }

            message.MoveTo(rows[i], seq);
            if (matcher.MayMatch(message))
            {
                seqs[candidates] = seq;
                emails.Add(rows[i].Email);
                rows[candidates++] = rows[i];
            }
        }

        if (matcher.Cost > MatchCost.Row && candidates > 0)
        {
            message.Load(CollectionsMarshal.AsSpan(emails));
        }

        for (var i = 0; i < candidates; i++)
        {
            if (matcher.Cost > MatchCost.Row && message.MustLoad(rows[i].Email))
            {
                message.Load(CollectionsMarshal.AsSpan(emails)[i..]);
            }

            message.MoveTo(rows[i], seqs[i]);
            if (matcher.Cost == MatchCost.Row || matcher.Matches(message))
            {
                found.Add(rows[i].Uid.Value);
            }
        }
    }

    // RFC 9051 §6.4.4.4: with MIN or MAX and neither ALL nor COUNT, only those are saved.
    private static uint[] Saved(SearchReturns returns, List<uint> found)
    {
        var isAll = (returns & (SearchReturns.All | SearchReturns.Count)) != SearchReturns.None || (returns & (SearchReturns.Min | SearchReturns.Max)) == SearchReturns.None;
        if (isAll || found.Count == 0)
        {
            return [.. found];
        }

        var saved = new SortedSet<uint>();
        if (returns.HasFlag(SearchReturns.Min))
        {
            saved.Add(found[0]);
        }

        if (returns.HasFlag(SearchReturns.Max))
        {
            saved.Add(found[^1]);
        }

        return [.. saved];
    }

    private static async ValueTask WriteSearchAsync(ImapSession session, List<uint> found, bool isUid)
    {
        session.Writer.Raw("* SEARCH"u8);
        foreach (var uid in found)
        {
            session.Writer.Space().Number(Number(session, uid, isUid));
            await session.FlushIfLargeAsync();
        }

        session.Writer.CrLf();
    }

    private static void WriteESearch(ImapSession session, SearchReturns returns, List<uint> found, bool isUid)
    {
        var writer = session.Writer;
        // The tag is always quoted and UID always said, also with no result: clients match on both.
        writer.Raw("* ESEARCH (TAG "u8).String(session.CurrentTag ?? "").Raw(")"u8).Raw(isUid ? " UID"u8 : ""u8);
        if (found.Count > 0)
        {
            if (returns.HasFlag(SearchReturns.Min))
            {
                writer.Raw(" MIN "u8).Number(Number(session, found[0], isUid));
            }

            if (returns.HasFlag(SearchReturns.Max))
            {
                writer.Raw(" MAX "u8).Number(Number(session, found[^1], isUid));
            }

            if (returns.HasFlag(SearchReturns.All))
            {
                var builder = new NumSetBuilder();
                found.ForEach(uid => builder.Add(Number(session, uid, isUid)));
                writer.Raw(" ALL "u8).Set(builder.ToSet());
            }
        }

        if (returns.HasFlag(SearchReturns.Count))
        {
            writer.Raw(" COUNT "u8).Number(found.Count);
        }

        writer.CrLf();
    }

    private static uint Number(ImapSession session, uint uid, bool isUid) => isUid ? uid : (uint)session.Open.Map.Find(uid);
}
