using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>QRESYNC: RFC 7162 §3.2, and what clients trip over elsewhere.</summary>
public sealed class QResyncTests
{
    private static readonly string[] Six = [Mail.One, Mail.Two, Mail.One, Mail.Two, Mail.One, Mail.Two];

    [Fact]
    public Task It_must_be_enabled_first() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox (QRESYNC (1 2))
        S: a1 BAD QRESYNC comes after ENABLE QRESYNC.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 UID FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)
        S: a3 BAD VANISHED is for UID FETCH after ENABLE QRESYNC.
        C: a4 ENABLE QRESYNC CONDSTORE
        S: * ENABLED CONDSTORE QRESYNC
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: a4 OK Done.
        C: a5 FETCH 1:* FLAGS (CHANGEDSINCE 1 VANISHED)
        S: a5 BAD VANISHED is for UID FETCH after ENABLE QRESYNC.
        C: a6 UID FETCH 1:* FLAGS (VANISHED)
        S: a6 BAD VANISHED needs CHANGEDSINCE.
        C: a7 SELECT inbox (QRESYNC (0 2))
        S: a7 BAD Expected a number above zero.
        C: a8 SELECT inbox (QRESYNC (1 2 1:* ))
        S: a8 BAD *
        C: a9 SELECT inbox (QRESYNC (1 2 1:2 (1:2 1)))
        S: a9 BAD The sets of sequence numbers and UIDs differ in length.
        C: b1 SELECT inbox (QRESYNC (1 2) QRESYNC (1 2))
        S: b1 BAD Unknown or repeated parameter.
        """, Mail.One);

    [Fact]
    public Task A_client_that_comes_back_hears_what_it_missed() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 7] The next UID.
        S: * OK [HIGHESTMODSEQ 8] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 UNSELECT
        S: a3 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 2,6 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 2 EXPUNGE
        S2: * 5 EXPUNGE
        S2: b3 OK Done.
        C2: b4 UID STORE 4 +FLAGS.SILENT (\Flagged)
        S2: b4 OK Done.
        C: a4 SELECT inbox (QRESYNC ({validity} 8))
        ...
        S: * 4 EXISTS
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: * VANISHED (EARLIER) 2,6
        S: * 3 FETCH (UID 4 FLAGS (\Flagged) MODSEQ (11))
        S: a4 OK [READ-WRITE] Done.
        # Only of the messages it knows.
        C: a5 SELECT inbox (QRESYNC ({validity} 8 1:3))
        S: * OK [CLOSED] The mailbox before is closed.
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: * VANISHED (EARLIER) 2
        S: a5 OK [READ-WRITE] Done.
        # Where a sequence number still has its UID, nothing below is news.
        C: a6 SELECT inbox (QRESYNC ({validity} 8 1:6 (1,2 1,3)))
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: * VANISHED (EARLIER) 6
        S: * 3 FETCH (UID 4 FLAGS (\Flagged) MODSEQ (11))
        S: a6 OK [READ-WRITE] Done.
        C: a7 SELECT inbox (QRESYNC ({validity} 8 1:6 (1,2 1,2)))
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: * VANISHED (EARLIER) 2,6
        S: * 3 FETCH (UID 4 FLAGS (\Flagged) MODSEQ (11))
        S: a7 OK [READ-WRITE] Done.
        # Nothing happened since: no empty VANISHED.
        C: a8 SELECT inbox (QRESYNC ({validity} 11))
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: a8 OK [READ-WRITE] Done.
        # Another UIDVALIDITY: the parameters mean nothing.
        C: a9 EXAMINE inbox (QRESYNC (99 8))
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: a9 OK [READ-ONLY] Done.
        # A modseq we never gave out (a restored backup): everything is told.
        C: b1 SELECT inbox (QRESYNC ({validity} 1000))
        ...
        S: * OK [HIGHESTMODSEQ 11] Changes are numbered.
        S: * VANISHED (EARLIER) 2,6
        S: * 1 FETCH (UID 1 FLAGS () MODSEQ (3))
        S: * 2 FETCH (UID 3 FLAGS () MODSEQ (5))
        S: * 3 FETCH (UID 4 FLAGS (\Flagged) MODSEQ (11))
        S: * 4 FETCH (UID 5 FLAGS () MODSEQ (7))
        S: b1 OK [READ-WRITE] Done.
        """, Six);

    [Fact]
    public Task The_star_covers_expunged_messages_at_the_end() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 UID STORE 5:6 +FLAGS.SILENT (\Deleted)
        S: * 5 FETCH (UID 5 MODSEQ (9))
        S: * 6 FETCH (UID 6 MODSEQ (9))
        S: a3 OK Done.
        C: a4 EXPUNGE
        S: * VANISHED 5:6
        S: a4 OK [HIGHESTMODSEQ 10] Done.
        C: a5 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 8 VANISHED)
        S: * VANISHED (EARLIER) 5:6
        S: a5 OK Done.
        C: a6 UID FETCH 6:* (UID) (VANISHED CHANGEDSINCE 8)
        S: * VANISHED (EARLIER) 6
        S: a6 OK Done.
        C: a7 UID FETCH 1:4 (FLAGS) (CHANGEDSINCE 8 VANISHED)
        S: a7 OK Done.
        C: a8 UID STORE 1:4 +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 1 MODSEQ (11))
        S: * 2 FETCH (UID 2 MODSEQ (11))
        S: * 3 FETCH (UID 3 MODSEQ (11))
        S: * 4 FETCH (UID 4 MODSEQ (11))
        S: a8 OK Done.
        C: a9 UID EXPUNGE 1:*
        S: * VANISHED 1:4
        S: a9 OK [HIGHESTMODSEQ 12] Done.
        # The mailbox is empty; the star is still the last UID ever given out.
        C: b1 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 10 VANISHED)
        S: * VANISHED (EARLIER) 1:4
        S: b1 OK Done.
        C: b2 UID FETCH *:1 (FLAGS) (CHANGEDSINCE 8 VANISHED)
        S: * VANISHED (EARLIER) 1:6
        S: b2 OK Done.
        """, Six);

    [Fact]
    public Task With_NOTIFY_NONE_no_HIGHESTMODSEQ_covers_flags_that_were_not_told() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 NOTIFY NONE
        S: a3 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 2 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        C2: b3 UID STORE 3 +FLAGS.SILENT (\Deleted)
        S2: b3 OK Done.
        C2: b4 EXPUNGE
        S2: * 3 EXPUNGE
        S2: b4 OK Done.
        C: a5 EXPUNGE
        S: * VANISHED 3
        S: a5 OK [HIGHESTMODSEQ 8] Done.
        # Nothing is lost: who asks again is told.
        C: a6 NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange))
        S: * 2 FETCH (UID 2 FLAGS (\Flagged) MODSEQ (9))
        S: a6 OK Done.
        """, Six);

    [Fact]
    public Task Without_FlagChange_no_HIGHESTMODSEQ_covers_flags_that_were_not_told() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 NOTIFY SET (SELECTED (MessageNew MessageExpunge))
        S: a3 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 2 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        C: a4 UID STORE 1 +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 1 MODSEQ (10))
        S: a4 OK Done.
        C: a5 EXPUNGE
        S: * VANISHED 1
        S: a5 OK [HIGHESTMODSEQ 8] Done.
        """, Six);

    [Fact]
    public Task Others_expunges_come_as_VANISHED_when_they_may_and_not_before() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 2:3 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 2 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b3 OK Done.
        # Still readable, not yet told; what is not told yet is not EARLIER.
        C: a3 FETCH 2 UID
        S: * 2 FETCH (UID 2)
        S: * OK [HIGHESTMODSEQ 9] Expunges wait to be told.
        S: a3 OK Done.
        C: a4 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 9 VANISHED)
        S: * VANISHED 2:3
        S: * OK [HIGHESTMODSEQ 10] All is told.
        S: a4 OK Done.
        C: a5 IDLE
        S: + Waiting for DONE.
        C2: b4 UID STORE 6 +FLAGS.SILENT (\Deleted)
        S2: b4 OK Done.
        S: * 4 FETCH (UID 6 FLAGS (\Deleted) MODSEQ (11))
        C2: b5 UID EXPUNGE 6
        S2: * 4 EXPUNGE
        S2: b5 OK Done.
        S: * VANISHED 6
        C: DONE
        S: a5 OK Done.
        # A message that came and went in the meantime is never spoken of.
        C2: b6 UID COPY 1 inbox
        ...
        S2: b6 OK [COPYUID *
        C2: b7 UID STORE 7 +FLAGS.SILENT (\Deleted)
        S2: b7 OK Done.
        C2: b8 EXPUNGE
        S2: * 4 EXPUNGE
        S2: b8 OK Done.
        C: a6 NOOP
        S: a6 OK Done.
        """, Six);

    [Fact]
    public async Task A_client_older_than_our_memory_hears_of_all_that_is_not_there()
    {
        await using var server = await ImapServer.StartAsync(new TestServerOptions { Limits = new StoreLimits { TombstonesPerMailboxMax = 1 } });
        await ImapServer.AddAsync(server, TestServer.Alice, MailboxPath.Inbox, Six);
        await Transcript.RunAsync(server, """
            C: a1 SELECT inbox
            ...
            S: a1 OK [READ-WRITE] Done.
            C: a2 STORE 1,3,5 +FLAGS.SILENT (\Deleted)
            S: a2 OK Done.
            C: a3 UID EXPUNGE 1
            S: * 1 EXPUNGE
            S: a3 OK Done.
            C: a4 UID EXPUNGE 3
            S: * 2 EXPUNGE
            S: a4 OK Done.
            C: a5 UID EXPUNGE 5
            S: * 3 EXPUNGE
            S: a5 OK Done.
            """);
        await server.Store.TidyRowsAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(default, server.Account(TestServer.Alice).FindMailbox(MailboxPath.Inbox)!.Info.ForgottenModSeq);
        await Transcript.RunAsync(server, """
            C: b1 ENABLE QRESYNC
            S: * ENABLED QRESYNC
            S: b1 OK Done.
            C: b2 STATUS inbox (UIDVALIDITY)
            S: * STATUS INBOX (UIDVALIDITY {validity})
            S: b2 OK Done.
            # The last expunge had modseq 12: who knows 11 is told exactly.
            C: b3 SELECT inbox (QRESYNC ({validity} 11))
            ...
            S: * VANISHED (EARLIER) 5
            S: b3 OK [READ-WRITE] Done.
            C: b4 SELECT inbox (QRESYNC ({validity} 8))
            ...
            S: * VANISHED (EARLIER) 1,3,5
            S: b4 OK [READ-WRITE] Done.
            C: b5 SELECT inbox (QRESYNC ({validity} 8 2:4))
            ...
            S: * VANISHED (EARLIER) 3
            S: b5 OK [READ-WRITE] Done.
            C: b6 SELECT inbox (QRESYNC ({validity} 8 1:6 (1 2)))
            ...
            S: * VANISHED (EARLIER) 3,5
            S: b6 OK [READ-WRITE] Done.
            C: b7 UID FETCH 1:* (UID) (CHANGEDSINCE 8 VANISHED)
            S: * VANISHED (EARLIER) 1,3,5
            S: b7 OK Done.
            C: b8 UID FETCH 4:* (UID) (CHANGEDSINCE 0 VANISHED)
            S: * VANISHED (EARLIER) 5
            S: * 2 FETCH (UID 4 MODSEQ (6))
            S: * 3 FETCH (UID 6 MODSEQ (8))
            S: b8 OK Done.
            """);
    }

    [Fact]
    public Task MOVE_tells_VANISHED_and_the_modseq_and_CLOSE_tells_nothing() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 MOVE 1:2 Sent
        S: * OK [COPYUID * 1:2 1:2] Moved.
        S: * VANISHED 1:2
        S: a3 OK [HIGHESTMODSEQ 9] Done.
        C: a4 STATUS Sent (HIGHESTMODSEQ)
        S: * STATUS Sent (HIGHESTMODSEQ 9)
        S: a4 OK Done.
        C: a5 STORE 1 +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 3 MODSEQ (10))
        S: a5 OK Done.
        C: a6 CLOSE
        S: a6 OK Done.
        C: a7 STATUS inbox (HIGHESTMODSEQ)
        S: * STATUS INBOX (HIGHESTMODSEQ 11)
        S: a7 OK Done.
        """, Six);
}
