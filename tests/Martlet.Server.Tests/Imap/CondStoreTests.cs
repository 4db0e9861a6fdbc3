using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>CONDSTORE: RFC 7162 §3.1, with its examples adapted. The modseqs: an account begins with 2, each change takes the next.</summary>
public sealed class CondStoreTests
{
    [Fact]
    public Task Every_enabling_command_tells_the_modseq_of_an_open_mailbox_once() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1:2 (MODSEQ)
        S: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S: * 1 FETCH (MODSEQ (3))
        S: * 2 FETCH (MODSEQ (4))
        S: a2 OK Done.
        C: a3 ENABLE CONDSTORE
        S: * ENABLED CONDSTORE
        S: a3 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 FETCH 1:2 FLAGS (CHANGEDSINCE 3)
        S2: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S2: * 2 FETCH (FLAGS () MODSEQ (4))
        S2: b2 OK Done.
        C3: c1 SELECT inbox
        ...
        S3: c1 OK [READ-WRITE] Done.
        C3: c2 STORE 1 (UNCHANGEDSINCE 4) +FLAGS.SILENT (\Seen)
        S3: * OK [HIGHESTMODSEQ 4] Changes are numbered.
        S3: * 1 FETCH (UID 1 MODSEQ (5))
        S3: c2 OK Done.
        C4: d1 SELECT inbox
        ...
        S4: d1 OK [READ-WRITE] Done.
        C4: d2 STATUS inbox (HIGHESTMODSEQ)
        S4: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S4: * STATUS INBOX (HIGHESTMODSEQ 5)
        S4: d2 OK Done.
        C5: e1 SELECT inbox (CONDSTORE)
        ...
        S5: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S5: e1 OK [READ-WRITE] Done.
        C5: e2 STORE 2 +FLAGS (\Seen)
        S5: * 2 FETCH (UID 2 FLAGS (\Seen) MODSEQ (6))
        S5: e2 OK Done.
        C6: f1 ENABLE CONDSTORE
        S6: * ENABLED CONDSTORE
        S6: f1 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task The_modseq_is_the_same_in_SELECT_and_STATUS_and_never_0() => ImapServer.PlayAsync("""
        C: a1 CREATE Empty
        S: a1 OK Done.
        C: a2 STATUS Empty (HIGHESTMODSEQ)
        S: * STATUS Empty (HIGHESTMODSEQ {modseq})
        S: a2 OK Done.
        C: a3 EXAMINE Empty
        ...
        S: * 0 EXISTS
        ...
        S: * OK [HIGHESTMODSEQ {modseq}] Changes are numbered.
        S: a3 OK [READ-ONLY] Done.
        C: a4 SELECT inbox
        ...
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: a4 OK [READ-WRITE] Done.
        C: a5 STORE 1 +FLAGS (\Deleted)
        S: * 1 FETCH (UID 1 FLAGS (\Deleted) MODSEQ (5))
        S: a5 OK Done.
        C: a6 EXPUNGE
        S: * 1 EXPUNGE
        S: a6 OK [HIGHESTMODSEQ 6] Done.
        C: a7 STATUS inbox (HIGHESTMODSEQ)
        S: * STATUS INBOX (HIGHESTMODSEQ 6)
        S: a7 OK Done.
        C: a8 SELECT inbox
        ...
        S: * OK [HIGHESTMODSEQ 6] Changes are numbered.
        S: a8 OK [READ-WRITE] Done.
        """, Mail.One);

    [Fact]
    public Task CREATE_with_a_use_and_RENAME_raise_the_modseq() => ImapServer.PlayAsync("""
        C: a1 CREATE First (USE (\Archive))
        S: a1 OK Done.
        C: a2 STATUS First (HIGHESTMODSEQ)
        S: * STATUS First (HIGHESTMODSEQ 3)
        S: a2 OK Done.
        C: a3 CREATE Second (USE (\Archive))
        S: a3 OK Done.
        C: a4 STATUS First (HIGHESTMODSEQ)
        S: * STATUS First (HIGHESTMODSEQ 4)
        S: a4 OK Done.
        C: a5 RENAME First Third
        S: a5 OK Done.
        C: a6 STATUS Third (HIGHESTMODSEQ)
        S: * STATUS Third (HIGHESTMODSEQ 5)
        S: a6 OK Done.
        """);

    [Fact]
    public Task UNCHANGEDSINCE_refuses_what_another_session_has_changed() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox (CONDSTORE)
        ...
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 2 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        C: a2 STORE 1:3 (UNCHANGEDSINCE 5) +FLAGS.SILENT (\Deleted)
        S: * 1 FETCH (UID 1 MODSEQ (7))
        S: * 3 FETCH (UID 3 MODSEQ (7))
        S: * 2 FETCH (UID 2 FLAGS (\Flagged) MODSEQ (6))
        S: a2 OK [MODIFIED 2] Some messages have changed since; they stay as they are.
        C: a3 UID STORE 1:3 (UNCHANGEDSINCE 6) -FLAGS (\Flagged)
        S: * 2 FETCH (UID 2 FLAGS () MODSEQ (8))
        S: * 1 FETCH (UID 1 FLAGS (\Deleted) MODSEQ (7))
        S: * 3 FETCH (UID 3 FLAGS (\Deleted) MODSEQ (7))
        S: a3 OK [MODIFIED 1,3] Some messages have changed since; they stay as they are.
        C: a4 STORE 1:3 (UNCHANGEDSINCE 0) +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 FLAGS (\Deleted) MODSEQ (7))
        S: * 2 FETCH (UID 2 FLAGS () MODSEQ (8))
        S: * 3 FETCH (UID 3 FLAGS (\Deleted) MODSEQ (7))
        S: a4 OK [MODIFIED 1:3] Some messages have changed since; they stay as they are.
        C: a5 STORE 2 (UNCHANGEDSINCE 8) FLAGS (\Seen $Done)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Done)
        S: * 2 FETCH (UID 2 FLAGS (\Seen $Done) MODSEQ (9))
        S: a5 OK Done.
        """, Mail.One, Mail.Two, Mail.One);

    [Fact]
    public Task A_change_that_changes_nothing_takes_no_modseq() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 MODSEQ (4))
        S: a2 OK Done.
        C: a3 STORE 1 +FLAGS.SILENT (\Seen)
        S: a3 OK Done.
        C: a4 STORE 1 +FLAGS (\Seen)
        S: * 1 FETCH (UID 1 FLAGS (\Seen) MODSEQ (4))
        S: a4 OK Done.
        C: a5 STATUS inbox (HIGHESTMODSEQ)
        S: * STATUS INBOX (HIGHESTMODSEQ 4)
        S: a5 OK Done.
        """, Mail.One);

    [Fact]
    public Task CHANGEDSINCE_gives_what_is_newer_and_0_gives_all() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 0)
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: * 1 FETCH (UID 1 FLAGS () MODSEQ (3))
        S: * 2 FETCH (UID 2 FLAGS () MODSEQ (4))
        S: * 3 FETCH (UID 3 FLAGS () MODSEQ (5))
        S: a2 OK Done.
        C: a3 FETCH 1:* (UID MODSEQ) (CHANGEDSINCE 4)
        S: * 3 FETCH (UID 3 MODSEQ (5))
        S: a3 OK Done.
        C: a4 FETCH 1:* FLAGS (CHANGEDSINCE 5)
        S: a4 OK Done.
        C: a5 FETCH 1:* FLAGS (CHANGEDSINCE 9223372036854775807)
        S: a5 OK Done.
        C: a6 FETCH 1:* FLAGS (CHANGEDSINCE 9223372036854775808)
        S: a6 BAD The number exceeds 63 bits.
        C: a7 FETCH 1:* FLAGS (CHANGEDSINCE)
        S: a7 BAD Expected a space.
        C: a8 STORE 1 (UNCHANGEDSINCE x) +FLAGS (\Seen)
        S: a8 BAD Expected a number.
        """, Mail.One, Mail.Two, Mail.One);

    [Fact]
    public Task Changes_of_others_and_a_fetched_body_tell_UID_and_MODSEQ() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Flagged)
        S2: * 1 FETCH (FLAGS (\Flagged))
        S2: b2 OK Done.
        C: a2 NOOP
        S: * 1 FETCH (UID 1 FLAGS (\Flagged) MODSEQ (4))
        S: a2 OK Done.
        C: a3 FETCH 1 BODY[HEADER.FIELDS (SUBJECT)]
        S: * 1 FETCH (UID 1 BODY[HEADER.FIELDS (SUBJECT)] {16}
        S: Subject: One
        S: 
        S:  FLAGS (\Flagged \Seen) MODSEQ (5))
        S: a3 OK Done.
        C2: b3 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Flagged \Seen))
        S2: b3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Nobody_changes_a_read_only_mailbox_conditionally() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox (CONDSTORE)
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 STORE 1 (UNCHANGEDSINCE 100) +FLAGS (\Seen)
        S: a2 NO [NOPERM] The mailbox is open read-only.
        C: a3 SELECT inbox (CONDSTORE CONDSTORE)
        S: a3 BAD Unknown or repeated parameter.
        C: a4 SELECT inbox (BOGUS)
        S: a4 BAD Unknown or repeated parameter.
        C: a5 SELECT inbox ()
        S: a5 BAD Unknown or repeated parameter.
        """, Mail.One);
}
