using Martlet.Protocols.Imap;
using Martlet.Server.Imap.Fetch;
using Martlet.Store.Model;

namespace Martlet.Server.Imap;

/// <summary>Tells the client what other sessions did to the open mailbox, at the moments when it may be told (RFC 9051 §7.5.1).</summary>
internal sealed class Updates(ImapSession session)
{
    private static readonly Flag[] Offered = [.. new[] { "$Forwarded", "$MDNSent", "$Junk", "$NotJunk", "$Phishing", "$Important" }.Select(Parse)];

    private const NotifyEvents ByDefault = NotifyEvents.MessageNew | NotifyEvents.MessageExpunge | NotifyEvents.FlagChange;

    /// <summary>Writes all pending changes that the client wants to hear of: of the open mailbox, then of the others it watches (RFC 5465), then of annotations.</summary>
    /// <param name="withExpunged">Whether expunges may be told now.</param>
    /// <param name="isExpunge">Whether the client has just expunged messages itself, which it must be told in any case.</param>
    /// <param name="reply">Tagged reply of the command that these changes come with, which still has to be sent; null for none.</param>
    /// <exception cref="ProtocolException">The store failed: what was taken as told was not, so the session cannot go on. The reply is written.</exception>
    public async ValueTask TellAsync(bool withExpunged, bool isExpunge = false, ImapResult? reply = null)
    {
        var (flushed, waiting) = (session.Connection.BytesFlushed, session.Connection.Output.Length);
        try
        {
            await TellAllAsync(withExpunged, isExpunge);
        }
        catch (StoreException e)
        {
            session.NoteFailedUpdate(e);
            if (session.Connection.BytesFlushed != flushed)
            {
                // It may have been cut off inside a line or a literal, where no text of ours may follow: closing says it.
                session.Connection.Output.Clear();
                throw new IOException("The store failed while changes were sent.", e);
            }

            session.Connection.Output.Truncate(waiting);
            if (reply is { } result)
            {
                session.WriteTagged(result); // What it says has happened: a client that heard nothing would do it again.
            }

            var failure = StoreReplies.For(e);
            throw new ProtocolException(failure.Code, failure.Text);
        }
    }

    private async ValueTask TellAllAsync(bool withExpunged, bool isExpunge)
    {
        await WriteAsync(withExpunged, isExpunge);
        WriteHeldBack();
        if (session.Notifications?.Watch is { } watch)
        {
            await watch.TellAsync();
        }

        if (session.MetadataUpdates is { } metadata)
        {
            await metadata.WriteAsync();
        }
    }

    private async ValueTask WriteAsync(bool withExpunged, bool isExpunge)
    {
        var events = session.Notifications?.Events ?? ByDefault;
        var tellsAll = events != NotifyEvents.None;
        if (session.Selected is not { } selected || !(tellsAll || isExpunge))
        {
            return;
        }

        // Expunges first, then flags, then new messages.
        var delta = selected.Collect(withExpunged, withChanges: tellsAll, withFlags: (events & NotifyEvents.FlagChange) != NotifyEvents.None);
        if (delta.IsEmpty)
        {
            return;
        }

        await WriteExpungedAsync(selected, delta.Expunged);
        if ((events & NotifyEvents.FlagChange) != NotifyEvents.None)
        {
            AnnounceKeywords();
            foreach (var row in delta.Changed)
            {
                WriteFlags(row);
                await session.FlushIfLargeAsync();
            }
        }

        foreach (var row in delta.Added)
        {
            selected.Map.Add(row.Uid.Value);
        }

        if (delta.Added.Count > 0)
        {
            WriteExists();
            await FetchAsync(selected.TakeOthers(delta.Added));
        }
    }

    // RFC 7162 §3.2: while expunges wait, a client that takes the highest modseq it has seen would never hear of them if it lost the connection now.
    private void WriteHeldBack()
    {
        if (session.Selected is not { } selected || !session.Has(ImapFeatures.QResync))
        {
            return;
        }

        var pending = selected.View.FirstPendingExpunge;
        if (pending is { } first)
        {
            session.Writer.Raw("* OK [HIGHESTMODSEQ "u8).Number(Math.Min(first.Value - 1, selected.Told.Value)).Raw("] Expunges wait to be told.\r\n"u8);
        }
        else if (selected.IsHeldBack)
        {
            session.Writer.Raw("* OK [HIGHESTMODSEQ "u8).Number(selected.Told.Value).Raw("] All is told.\r\n"u8);
        }

        selected.IsHeldBack = pending is not null;
    }

    // RFC 5465 §5.2: what the client wants to know of new messages at once.
    private async ValueTask FetchAsync(uint[] uids)
    {
        if (uids.Length > 0 && session.Notifications is { Items: { Count: > 0 } items })
        {
            using var run = new FetchRun(session, items, withUid: true, withModSeq: session.Has(ImapFeatures.CondStore), setsSeen: false);
            await run.RunAsync(uids);
        }
    }

    /// <summary>Writes EXISTS, and RECENT for clients of RFC 3501.</summary>
    public void WriteExists()
    {
        session.Writer.Raw("* "u8).Number(session.Open.Map.Count).Raw(" EXISTS\r\n"u8);
        if (!session.IsRev2)
        {
            // \Recent is not kept: RFC 9051 dropped it, and no client needs it.
            session.Writer.Raw("* 0 RECENT\r\n"u8);
        }
    }

    /// <summary>Writes a FETCH response with UID and FLAGS, if the client knows the message.</summary>
    public void WriteFlags(in MessageRow row)
    {
        if (session.Open.Map.Find(row.Uid.Value) > 0)
        {
            FetchReply.WriteChange(session, row, withUid: true);
        }
    }

    /// <summary>Writes FLAGS anew when messages have keywords the client has not been told of.</summary>
    public void AnnounceKeywords()
    {
        var selected = session.Open;
        var inUse = selected.View.KeywordsInUse();
        if (!Array.TrueForAll(inUse, selected.AnnouncedKeywords.Contains))
        {
            WriteFlagsLine();
        }
    }

    /// <summary>Writes FLAGS: system flags, the keywords many clients look for, and those in use here.</summary>
    public void WriteFlagsLine()
    {
        var flags = Flags();
        session.Writer.Raw("* FLAGS "u8).Flags(flags).CrLf();
    }

    /// <summary>Writes PERMANENTFLAGS: what STORE keeps; nothing in a mailbox opened read-only.</summary>
    public void WritePermanentFlags()
    {
        var selected = session.Open;
        session.Writer.Raw("* OK [PERMANENTFLAGS "u8);
        if (selected.IsReadOnly)
        {
            session.Writer.Raw("()] No flags can be changed.\r\n"u8);
            return;
        }

        var canMakeMore = selected.Mailbox.Account.Keywords.Names.Count < session.Store.Limits.KeywordsMax;
        session.Writer.Flags(Flags(), canMakeMore).Raw("] Flags that are kept.\r\n"u8);
    }

    // RFC 7162 §3.2.10, RFC 9586 §3.2: UIDs instead of sequence numbers once the client has asked for them.
    private async ValueTask WriteExpungedAsync(SelectedMailbox selected, IReadOnlyList<uint> gone)
    {
        if (gone.Count == 0)
        {
            return;
        }

        if (session.Has(ImapFeatures.QResync | ImapFeatures.UidOnly))
        {
            // Only messages that the client counts: each one lowers its number by one.
            var known = NumSet.OfNumbers([.. gone.Where(uid => selected.Map.Find(uid) > 0)]);
            selected.Map.Remove(gone);
            await VanishedReply.WriteAsync(session, known, isEarlier: false);
            return;
        }

        foreach (var seq in selected.Map.Remove(gone))
        {
            session.Writer.Raw("* "u8).Number(seq).Raw(" EXPUNGE\r\n"u8);
            await session.FlushIfLargeAsync();
        }
    }

    private List<Flag> Flags()
    {
        var selected = session.Open;
        var names = selected.Mailbox.Account.Keywords.Names;
        var flags = new List<Flag>([.. Flag.System, .. Offered]);
        foreach (var keyword in selected.View.KeywordsInUse())
        {
            selected.AnnouncedKeywords.Add(keyword);
            if (Flag.TryCreate(names[keyword], out var flag) && !flags.Contains(flag))
            {
                flags.Add(flag);
            }
        }

        return flags;
    }

    private static Flag Parse(string name) => Flag.TryCreate(name, out var flag) ? flag : throw new InvalidOperationException($"{name} is no flag.");
}
