using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>UIDONLY (RFC 9586) and PARTIAL in UID FETCH (RFC 9394).</summary>
[Capability("UIDONLY", "PARTIAL")]
public sealed class UidOnlyTests
{
    [Fact]
    public Task Sequence_numbers_are_refused_and_not_told() => ImapServer.PlayAsync("""
        C: a1 ENABLE UIDONLY
        S: * ENABLED UIDONLY
        S: a1 OK Done.
        C: a2 SELECT inbox
        S: * FLAGS *
        S: * OK [PERMANENTFLAGS *
        S: * 3 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY *
        S: * OK [UIDNEXT 4] The next UID.
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 FETCH 1 FLAGS
        S: a3 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a4 STORE 1 FLAGS ()
        S: a4 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a5 COPY 1 Sent
        S: a5 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a6 MOVE 1 Sent
        S: a6 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a7 SEARCH ALL
        S: a7 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a8 UID FETCH 1:2 (UID FLAGS)
        S: * 1 UIDFETCH (FLAGS ())
        S: * 2 UIDFETCH (FLAGS ())
        S: a8 OK Done.
        C: a9 UID FETCH 2 UID
        S: * 2 UIDFETCH ()
        S: a9 OK Done.
        C: b1 UID STORE 1 +FLAGS (\Deleted)
        S: * 1 UIDFETCH (FLAGS (\Deleted))
        S: b1 OK Done.
        C: b2 UID FETCH 2 (BODY[HEADER.FIELDS (SUBJECT)])
        S: * 2 UIDFETCH (BODY[HEADER.FIELDS (SUBJECT)] {16}
        S: Subject: Two
        S: 
        S:  FLAGS (\Seen))
        S: b2 OK Done.
        C2: c1 SELECT inbox
        ...
        S2: c1 OK [READ-WRITE] Done.
        C2: c2 STORE 3 +FLAGS (\Flagged)
        S2: * 3 FETCH (FLAGS (\Flagged))
        S2: c2 OK Done.
        C: b3 EXPUNGE
        S: * VANISHED 1
        S: * 3 UIDFETCH (FLAGS (\Flagged))
        S: b3 OK Done.
        C2: c3 NOOP
        S2: * 1 EXPUNGE
        S2: c3 OK Done.
        C: b4 UID MOVE 3 Sent
        S: * OK [COPYUID * 3 1] Moved.
        S: * VANISHED 3
        S: b4 OK Done.
        C: b5 UID EXPUNGE 2
        S: b5 OK Done.
        """, Mail.One, Mail.Two, Mail.One);

    [Fact]
    public Task With_CONDSTORE_the_UID_is_not_said_twice() => ImapServer.PlayAsync("""
        C: a1 ENABLE UIDONLY QRESYNC
        S: * ENABLED QRESYNC UIDONLY
        S: a1 OK Done.
        C: a2 SELECT inbox (QRESYNC (1 2 1:2 (1 1)))
        S: a2 BAD [UIDREQUIRED] Sequence numbers are off.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 UID STORE 1 +FLAGS (\Seen)
        S: * 1 UIDFETCH (FLAGS (\Seen) MODSEQ (4))
        S: a4 OK Done.
        C: a5 UID STORE 1 +FLAGS.SILENT (\Flagged)
        S: * 1 UIDFETCH (MODSEQ (5))
        S: a5 OK Done.
        C: a6 UID FETCH 1 (UID MODSEQ)
        S: * 1 UIDFETCH (MODSEQ (5))
        S: a6 OK Done.
        """, Mail.One);

    [Fact]
    public Task A_part_of_the_messages_by_position() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 UID FETCH 1:* (UID) (PARTIAL 1:2)
        S: * 1 FETCH (UID 1)
        S: * 2 FETCH (UID 2)
        S: a2 OK Done.
        C: a3 UID FETCH 1:* (UID) (PARTIAL -1:-2)
        S: * 2 FETCH (UID 2)
        S: * 3 FETCH (UID 3)
        S: a3 OK Done.
        C: a4 UID FETCH 2:* (UID) (PARTIAL 2:1)
        S: * 2 FETCH (UID 2)
        S: * 3 FETCH (UID 3)
        S: a4 OK Done.
        C: a5 UID FETCH 1:* (UID) (PARTIAL 3:100)
        S: * 3 FETCH (UID 3)
        S: a5 OK Done.
        C: a6 UID FETCH 1:* (UID) (PARTIAL 4:100)
        S: a6 OK Done.
        C: a7 UID FETCH 1:* (UID) (PARTIAL -3:-100)
        S: * 1 FETCH (UID 1)
        S: a7 OK Done.
        C: a8 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 3 PARTIAL -1:-1)
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: * 3 FETCH (UID 3 FLAGS () MODSEQ (5))
        S: a8 OK Done.
        C: b1 FETCH 1:* (UID) (PARTIAL 1:2)
        S: b1 BAD PARTIAL is for UID FETCH.
        C: b2 UID FETCH 1:* (UID) (PARTIAL 0:2)
        S: b2 BAD Expected a number above zero.
        C: b3 UID FETCH 1:* (UID) (PARTIAL 1:-2)
        S: b3 BAD Both ends of the range must count from the same side.
        C: b4 UID FETCH 1:* (UID) (PARTIAL 1)
        S: b4 BAD Expected ':'.
        C: b5 UID FETCH 1:* (UID) (PARTIAL 1:2 PARTIAL 1:2)
        S: b5 BAD Unknown or repeated modifier.
        """, Mail.One, Mail.Two, Mail.One);
}
