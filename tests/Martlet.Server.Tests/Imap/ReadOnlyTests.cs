using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Each command of the selected state in a mailbox that was opened with EXAMINE (RFC 9051 §6.3.3), and those that reach it from outside.</summary>
public sealed class ReadOnlyTests
{
    [Fact]
    public Task What_would_change_the_mailbox_is_refused() => ImapServer.PlayAsync("""
        C: a0 SELECT inbox
        ...
        S: a0 OK [READ-WRITE] Done.
        C: a1 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a1 OK Done.
        C: a2 EXAMINE inbox
        ...
        S: a2 OK [READ-ONLY] Done.
        C: a3 EXPUNGE
        S: a3 NO [NOPERM] The mailbox is open read-only.
        C: a4 UID EXPUNGE 1
        S: a4 NO [NOPERM] The mailbox is open read-only.
        C: a5 STORE 2 +FLAGS (\Seen)
        S: a5 NO [NOPERM] The mailbox is open read-only.
        C: a6 UID STORE 2 FLAGS.SILENT (\Seen)
        S: a6 NO [NOPERM] The mailbox is open read-only.
        C: a7 MOVE 2 Sent
        S: a7 NO [NOPERM] The mailbox is open read-only.
        C: a8 UID MOVE 2 Sent
        S: a8 NO [NOPERM] The mailbox is open read-only.
        C: a9 REPLACE 2 Sent {3}
        S: a9 NO [NOPERM] The mailbox is open read-only.
        C: b1 UID REPLACE 2 Sent {3+}
        C: abc
        S: b1 NO [NOPERM] The mailbox is open read-only.
        C: b2 CLOSE
        S: b2 OK Done.
        C: b3 STATUS inbox (MESSAGES UNSEEN DELETED)
        S: * STATUS INBOX (MESSAGES 2 UNSEEN 2 DELETED 1)
        S: b3 OK Done.
        C: b4 STATUS Sent (MESSAGES)
        S: * STATUS Sent (MESSAGES 0)
        S: b4 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task What_reads_or_adds_is_allowed() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 FETCH 1 (FLAGS BODY[TEXT])
        S: * 1 FETCH (FLAGS () BODY[TEXT] {8}
        S: First.
        S: )
        S: a2 OK Done.
        C: a3 UID SEARCH RETURN (SAVE) ALL
        S: a3 OK Done.
        C: a4 COPY $ Sent
        S: a4 OK [COPYUID * 1 1] Done.
        C: a5 UID COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a5 OK [COPYUID * 1 2] Done.
        C: a6 APPEND inbox {1+}
        C: x
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a6 OK [APPENDUID * 3] Done.
        C: a7 CHECK
        S: a7 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a8 IDLE
        S: + Waiting for DONE.
        S: * 1 EXPUNGE
        C: DONE
        S: a8 OK Done.
        C: a9 UNSELECT
        S: a9 OK Done.
        """, Mail.One);
}
