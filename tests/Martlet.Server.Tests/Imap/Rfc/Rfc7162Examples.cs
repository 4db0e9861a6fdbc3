using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>
/// The examples of RFC 7162. Where the RFC gives MODSEQ alone in FETCH, UID comes with it (§3.2.4 asks for that with QRESYNC, §3.1 allows it). Every mailbox
/// has modseqs, so there is no NOMODSEQ.
/// </summary>
[Capability("CONDSTORE", "QRESYNC")]
public sealed class Rfc7162Examples
{
    [Fact]
    public Task Section_3_1_2_1_HIGHESTMODSEQ() => ImapServer.PlayAsync("""
        C: A142 SELECT INBOX
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S: A142 OK [READ-WRITE] Done.
        """, Mail.One, Mail.Two);

    // Examples 2 to 4: by UID, by the star, and as the enabling command.
    [Fact]
    public Task Section_3_1_3_conditional_STORE() => ImapServer.PlayAsync("""
        C: a101 SELECT INBOX
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a101 OK [READ-WRITE] Done.
        C: a103 UID STORE 3,2,4 (UNCHANGEDSINCE {first}) +FLAGS.SILENT (\Deleted)
        S: * OK [HIGHESTMODSEQ 7] Changes are numbered.
        S: * 2 FETCH (UID 2 MODSEQ (8))
        S: * 3 FETCH (UID 3 MODSEQ (8))
        S: * 4 FETCH (UID 4 MODSEQ (8))
        S: a103 OK Done.
        C: a104 STORE * (UNCHANGEDSINCE {first}) +FLAGS.SILENT (\Deleted $Processed)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Processed)
        S: * 5 FETCH (UID 5 MODSEQ (9))
        S: a104 OK Done.
        C2: c100 SELECT INBOX
        ...
        S2: c100 OK [READ-WRITE] Done.
        C2: c101 STORE 5 (UNCHANGEDSINCE 100) -FLAGS.SILENT (\Deleted)
        S2: * OK [HIGHESTMODSEQ 9] Changes are numbered.
        S2: * 5 FETCH (UID 5 MODSEQ (10))
        S2: c101 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 5)]);

    // Examples 5 to 7: what has changed since is named in MODIFIED and told with its flags.
    [Fact]
    public Task Section_3_1_3_failed_conditional_STORE() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 3 +FLAGS.SILENT (\Seen \Deleted)
        S2: b2 OK Done.
        C2: b3 STORE 4 +FLAGS.SILENT (\Answered)
        S2: b3 OK Done.
        C: d105 STORE 3,2,4 (UNCHANGEDSINCE {first}) +FLAGS.SILENT (\Deleted)
        S: * 2 FETCH (UID 2 MODSEQ (9))
        S: * 3 FETCH (UID 3 FLAGS (\Deleted \Seen) MODSEQ (7))
        S: * 4 FETCH (UID 4 FLAGS (\Answered) MODSEQ (8))
        S: d105 OK [MODIFIED 3:4] Some messages have changed since; they stay as they are.
        C: a102 STORE 1 (UNCHANGEDSINCE 0) +FLAGS.SILENT ($MDNSent)
        S: * 1 FETCH (UID 1 FLAGS () MODSEQ (3))
        S: a102 OK [MODIFIED 1] Some messages have changed since; they stay as they are.
        """, [.. Enumerable.Repeat(Mail.One, 4)]);

    // Examples 8 to 10: one of many has changed; its state comes with the reply, and the client asks again for that one.
    [Fact]
    public Task Section_3_1_3_retried_conditional_STORE() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 2 +FLAGS.SILENT (\Deleted \Answered)
        S2: b2 OK Done.
        C: a106 STORE 1:4 (UNCHANGEDSINCE {first}) +FLAGS.SILENT ($Processed)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Processed)
        S: * 1 FETCH (UID 1 MODSEQ (8))
        S: * 3 FETCH (UID 3 MODSEQ (8))
        S: * 4 FETCH (UID 4 MODSEQ (8))
        S: * 2 FETCH (UID 2 FLAGS (\Answered \Deleted) MODSEQ (7))
        S: a106 OK [MODIFIED 2] Some messages have changed since; they stay as they are.
        C: a107 NOOP
        S: a107 OK Done.
        C: b108 STORE 2 (UNCHANGEDSINCE 7) +FLAGS.SILENT ($Processed)
        S: * 2 FETCH (UID 2 MODSEQ (9))
        S: b108 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 4)]);

    // Example 11: messages that another session expunged, and one that it changed.
    [Fact]
    public Task Section_3_1_3_STORE_of_what_is_gone() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 4:7 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 4 EXPUNGE
        S2: * 4 EXPUNGE
        S2: * 4 EXPUNGE
        S2: * 4 EXPUNGE
        S2: b3 OK Done.
        C2: b4 STORE 2 +FLAGS.SILENT (\Deleted \Answered)
        S2: b4 OK Done.
        C: B001 STORE 1:7 (UNCHANGEDSINCE {first}) +FLAGS (\SEEN)
        S: * 1 FETCH (UID 1 FLAGS (\Seen) MODSEQ (13))
        S: * 3 FETCH (UID 3 FLAGS (\Seen) MODSEQ (13))
        S: * 2 FETCH (UID 2 FLAGS (\Answered \Deleted) MODSEQ (12))
        S: B001 NO [MODIFIED 2] Some of the messages are gone.
        C: B002 NOOP
        S: * 4 EXPUNGE
        S: * 4 EXPUNGE
        S: * 4 EXPUNGE
        S: * 4 EXPUNGE
        S: B002 OK Done.
        C: b003 STORE 2 (UNCHANGEDSINCE 12) +FLAGS (\Seen)
        S: * 2 FETCH (UID 2 FLAGS (\Answered \Deleted \Seen) MODSEQ (14))
        S: b003 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 7)]);

    [Fact]
    public Task Section_3_1_4_CHANGEDSINCE_and_MODSEQ() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Seen)
        S: a2 OK Done.
        C: a3 STORE 3 +FLAGS.SILENT ($MDNSent)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: a3 OK Done.
        C: s100 UID FETCH 1:* (FLAGS) (CHANGEDSINCE {first})
        S: * OK [HIGHESTMODSEQ 7] Changes are numbered.
        S: * 1 FETCH (UID 1 FLAGS (\Seen) MODSEQ (6))
        S: * 3 FETCH (UID 3 FLAGS ($MDNSent) MODSEQ (7))
        S: s100 OK Done.
        C: a FETCH 1:3 (MODSEQ)
        S: * 1 FETCH (MODSEQ (6))
        S: * 2 FETCH (MODSEQ (4))
        S: * 3 FETCH (MODSEQ (7))
        S: a OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    // All flags of an account are its own: the third session of the RFC's example, another user's, has no counterpart.
    [Fact]
    public Task Section_3_1_4_2_changes_are_told_to_other_sessions() => ImapServer.PlayAsync("""
        C: A142 SELECT INBOX (CONDSTORE)
        ...
        S: A142 OK [READ-WRITE] Done.
        C2: C179 SELECT INBOX (CONDSTORE)
        ...
        S2: C179 OK [READ-WRITE] Done.
        C: A150 STORE 1 +FLAGS.SILENT (\Answered)
        S: * 1 FETCH (UID 1 MODSEQ (4))
        S: A150 OK Done.
        C: A160 STORE 1 +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 1 MODSEQ (5))
        S: A160 OK Done.
        C2: C180 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Answered \Deleted) MODSEQ (5))
        S2: C180 OK Done.
        C: A240 STORE 1 +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 MODSEQ (6))
        S: A240 OK Done.
        C2: C270 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Answered \Deleted \Seen) MODSEQ (6))
        S2: C270 OK Done.
        C: A330 STORE 1 -FLAGS.SILENT (\Answered \Seen)
        S: * 1 FETCH (UID 1 MODSEQ (7))
        S: A330 OK Done.
        C2: C360 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Deleted) MODSEQ (7))
        S2: C360 OK Done.
        """, Mail.One);

    [Fact]
    public Task Section_3_1_5_SEARCH_MODSEQ() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 2 +FLAGS.SILENT (\Draft)
        S: * 2 FETCH (UID 2 MODSEQ (6))
        S: a2 OK Done.
        C: a SEARCH MODSEQ "/flags/\\draft" all 5
        S: * SEARCH 2 3 (MODSEQ 6)
        S: a OK Done.
        C: t SEARCH OR NOT MODSEQ 1 LARGER 50000
        S: * SEARCH
        S: t OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Section_3_1_7_and_3_1_8_STATUS_and_SELECT_with_CONDSTORE() => ImapServer.PlayAsync("""
        C: A041 CREATE blurdybloop
        S: A041 OK Done.
        C: A042 STATUS blurdybloop (UIDNEXT MESSAGES HIGHESTMODSEQ)
        S: * STATUS blurdybloop (MESSAGES 0 UIDNEXT 1 HIGHESTMODSEQ *)
        S: A042 OK Done.
        C: A142 SELECT INBOX (CONDSTORE)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: A142 OK [READ-WRITE] Done.
        """, Mail.One);

    // SORT is not offered.
    [Fact]
    public Task Section_3_1_10_ESEARCH() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a SEARCH RETURN (ALL) MODSEQ 4
        S: * ESEARCH (TAG "a") ALL 2:3 MODSEQ 5
        S: a OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    // The RFC's first example: another UIDVALIDITY, so nothing is told about it. Then the UIDs, then the sequence match data.
    [Fact]
    public Task Section_3_2_5_QRESYNC_in_SELECT() => ImapServer.PlayAsync("""
        C: A01 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: A01 OK Done.
        C: A02 SELECT INBOX (QRESYNC (67890007 2 41,43:211,214:541))
        ...
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: A02 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1:3,5,7 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        ...
        S2: b3 OK Done.
        C2: b4 UID STORE 4 +FLAGS.SILENT (\Seen \Answered)
        S2: b4 OK Done.
        C2: b5 UID STORE 9 +FLAGS.SILENT (\Draft $MDNSent)
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S2: b5 OK Done.
        C: A03 SELECT INBOX (QRESYNC ({validity} {first} 1,3:9))
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 5 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 2] The first message not seen.
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 11] The next UID.
        S: * OK [HIGHESTMODSEQ 16] Changes are numbered.
        S: * VANISHED (EARLIER) 1,3,5,7
        S: * 1 FETCH (UID 4 FLAGS (\Answered \Seen) MODSEQ (15))
        S: * 4 FETCH (UID 9 FLAGS (\Draft $MDNSent) MODSEQ (16))
        S: A03 OK [READ-WRITE] Done.
        C: A04 SELECT INBOX (QRESYNC ({validity} {first} 1:10))
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 5 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 2] The first message not seen.
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 11] The next UID.
        S: * OK [HIGHESTMODSEQ 16] Changes are numbered.
        S: * VANISHED (EARLIER) 1:3,5,7
        S: * 1 FETCH (UID 4 FLAGS (\Answered \Seen) MODSEQ (15))
        S: * 4 FETCH (UID 9 FLAGS (\Draft $MDNSent) MODSEQ (16))
        S: A04 OK [READ-WRITE] Done.
        C: B04 SELECT INBOX (QRESYNC ({validity} {first} 1:10 (1,3,4 4,8,9)))
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 5 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 2] The first message not seen.
        S: * OK [UIDVALIDITY *] UIDs are valid.
        S: * OK [UIDNEXT 11] The next UID.
        S: * OK [HIGHESTMODSEQ 16] Changes are numbered.
        S: * 1 FETCH (UID 4 FLAGS (\Answered \Seen) MODSEQ (15))
        S: * 4 FETCH (UID 9 FLAGS (\Draft $MDNSent) MODSEQ (16))
        S: B04 OK [READ-WRITE] Done.
        """, [.. Enumerable.Repeat(Mail.One, 10)]);

    [Fact]
    public Task Section_3_2_6_VANISHED_UID_FETCH_modifier() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 STORE 2,5 +FLAGS.SILENT (\Deleted)
        S: * 2 FETCH (UID 2 MODSEQ (9))
        S: * 5 FETCH (UID 5 MODSEQ (9))
        S: a3 OK Done.
        C: a4 EXPUNGE
        S: * VANISHED 2,5
        S: a4 OK [HIGHESTMODSEQ 10] Done.
        C: a5 STORE 1 +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 MODSEQ (11))
        S: a5 OK Done.
        C: s100 UID FETCH 1:500 (FLAGS) (CHANGEDSINCE {first})
        S: * 1 FETCH (UID 1 FLAGS (\Seen) MODSEQ (11))
        S: s100 OK Done.
        C: s101 UID SEARCH 1:500
        S: * SEARCH 1 3 4 6
        S: s101 OK Done.
        C: s102 UID FETCH 1:500 (FLAGS) (CHANGEDSINCE {first} VANISHED)
        S: * VANISHED (EARLIER) 2,5
        S: * 1 FETCH (UID 1 FLAGS (\Seen) MODSEQ (11))
        S: s102 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 6)]);

    // §3.2.8: the reply of CLOSE must not have HIGHESTMODSEQ.
    [Fact]
    public Task Section_3_2_7_to_3_2_9_EXPUNGE_CLOSE_UID_EXPUNGE() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 3,4,7,11 +FLAGS.SILENT (\Deleted)
        S: * 3 FETCH (UID 3 MODSEQ (15))
        S: * 4 FETCH (UID 4 MODSEQ (15))
        S: * 7 FETCH (UID 7 MODSEQ (15))
        S: * 11 FETCH (UID 11 MODSEQ (15))
        S: a2 OK Done.
        C: A202 EXPUNGE
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: * 5 EXPUNGE
        S: * 8 EXPUNGE
        S: A202 OK [HIGHESTMODSEQ 16] Done.
        C: a3 STORE 3:6 +FLAGS.SILENT (\Deleted)
        S: * 3 FETCH (UID 5 MODSEQ (17))
        S: * 4 FETCH (UID 6 MODSEQ (17))
        S: * 5 FETCH (UID 8 MODSEQ (17))
        S: * 6 FETCH (UID 9 MODSEQ (17))
        S: a3 OK Done.
        C: a.4 UID EXPUNGE 5,6,8
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: * 3 EXPUNGE
        S: a.4 OK [HIGHESTMODSEQ 18] Done.
        C: a5 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a5 OK Done.
        C: B202 EXPUNGE
        S: * VANISHED 9
        S: B202 OK [HIGHESTMODSEQ 19] Done.
        C: a6 STORE 1 +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 1 MODSEQ (20))
        S: a6 OK Done.
        C: A203 CLOSE
        S: A203 OK Done.
        """, [.. Enumerable.Repeat(Mail.One, 12)]);

    [Fact]
    public Task Section_3_2_10_2_VANISHED() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 STORE 3,4,7,11 +FLAGS.SILENT (\Deleted)
        S: * 3 FETCH (UID 3 MODSEQ (15))
        S: * 4 FETCH (UID 4 MODSEQ (15))
        S: * 7 FETCH (UID 7 MODSEQ (15))
        S: * 11 FETCH (UID 11 MODSEQ (15))
        S: a3 OK Done.
        C: A202 EXPUNGE
        S: * VANISHED 3:4,7,11
        S: A202 OK [HIGHESTMODSEQ 16] Done.
        C: a4 UID STORE 2,6 +FLAGS.SILENT (\Deleted)
        S: * 2 FETCH (UID 2 MODSEQ (17))
        S: * 4 FETCH (UID 6 MODSEQ (17))
        S: a4 OK Done.
        C: A210 EXPUNGE
        S: * VANISHED 2,6
        S: A210 OK [HIGHESTMODSEQ 18] Done.
        """, [.. Enumerable.Repeat(Mail.One, 12)]);

    // Another session expunges a message that this one changes: STORE by number does not tell VANISHED, so a modseq below it is named with the reply.
    [Fact]
    public Task Section_6_a_delayed_VANISHED() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: * OK [HIGHESTMODSEQ {first}] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 3 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 3 EXPUNGE
        S2: b3 OK Done.
        C: A150 STORE 1:3 (UNCHANGEDSINCE {first}) +FLAGS.SILENT \Seen
        S: * 1 FETCH (UID 1 MODSEQ (8))
        S: * 2 FETCH (UID 2 MODSEQ (8))
        S: * OK [HIGHESTMODSEQ 6] Expunges wait to be told.
        S: A150 NO [EXPUNGEISSUED] Some of the messages are gone.
        C: A151 STORE 3 +FLAGS.SILENT \Seen
        S: * OK [HIGHESTMODSEQ 6] Expunges wait to be told.
        S: A151 NO [EXPUNGEISSUED] Some of the messages are gone.
        C: A152 NOOP
        S: * VANISHED 3
        S: * OK [HIGHESTMODSEQ 8] All is told.
        S: A152 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
