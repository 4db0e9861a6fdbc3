using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Two accounts on one server: what one does the other neither sees nor hears, and answers do not tell what the other has.</summary>
public sealed class SecondUserTests
{
    [Fact]
    public Task Commands_on_mailboxes_answer_as_if_the_others_were_not_there() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 SELECT Secret
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 EXAMINE Secret
        S2: b2 NO [NONEXISTENT] No such mailbox.
        C2: b3 DELETE Secret
        S2: b3 NO [NONEXISTENT] No such mailbox.
        C2: b4 RENAME Secret Mine
        S2: b4 NO [NONEXISTENT] No such mailbox.
        C2: b5 LIST "" Secret
        S2: b5 OK Done.
        C2: b6 LSUB "" Secret
        S2: b6 OK Done.
        C2: b7 STATUS Secret (MESSAGES)
        S2: b7 NO [NONEXISTENT] No such mailbox.
        C2: b8 GETMETADATA Secret /private/comment
        S2: b8 NO [NONEXISTENT] No such mailbox.
        C2: b9 SETMETADATA Secret (/private/comment "x")
        S2: b9 NO [NONEXISTENT] No such mailbox.
        C2: c1 GETQUOTAROOT Secret
        S2: * QUOTAROOT Secret ""
        S2: * QUOTA "" (STORAGE 0 2147483647 MESSAGE 0 2147483647)
        S2: c1 OK Done.
        C2: c2 APPEND Secret {3}
        S2: c2 NO [TRYCREATE] No such mailbox.
        C2: c3 ESEARCH IN (mailboxes Secret) ALL
        S2: c3 OK Done.
        C2: c4 UNSUBSCRIBE Secret
        S2: c4 OK Done.
        C2: c5 CREATE Secret
        S2: c5 OK Done.
        C: a2 LIST (SUBSCRIBED) "" Secret
        S: * LIST (\HasNoChildren \Subscribed) "/" Secret
        S: a2 OK Done.
        """);

    [Fact]
    public Task Messages_with_the_same_numbers_are_others() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2 -> bob
        C2: b1 APPEND inbox {14+}
        C2: Subject: Bob's
        S2: b1 OK [APPENDUID * 1] Done.
        C2: b2 SELECT inbox
        ...
        S2: * 1 EXISTS
        ...
        S2: b2 OK [READ-WRITE] Done.
        C2: b3 STORE 1 +FLAGS.SILENT (\Deleted $Mine)
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Mine)
        S2: b3 OK Done.
        C2: b4 SEARCH SUBJECT One
        S2: * SEARCH
        S2: b4 OK Done.
        C2: b5 UID FETCH 1:* (FLAGS)
        S2: * 1 FETCH (UID 1 FLAGS (\Deleted $Mine))
        S2: b5 OK Done.
        C2: b6 UID FETCH 2 (FLAGS)
        S2: b6 OK Done.
        C: a2 NOOP
        S: a2 OK Done.
        C: a3 FETCH 1:2 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: a3 OK Done.
        C2: b7 UID COPY 2 Sent
        S2: b7 OK Nothing to copy.
        C2: b8 UID MOVE 2 Sent
        S2: b8 OK Done.
        C2: b9 UID STORE 2 +FLAGS (\Seen)
        S2: b9 OK Done.
        C2: c1 UID EXPUNGE 2
        S2: c1 OK Done.
        C2: c2 UID REPLACE 2 inbox {3}
        S2: c2 NO [NONEXISTENT] No such message.
        C2: c3 CLOSE
        S2: c3 OK Done.
        C: a4 STATUS inbox (MESSAGES UNSEEN DELETED)
        S: * STATUS INBOX (MESSAGES 2 UNSEEN 2 DELETED 0)
        S: a4 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task IDLE_hears_nothing_of_the_others() => ImapServer.PlayAsync("""
        C2 -> bob
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 IDLE
        S2: + Waiting for DONE.
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a2 OK [COPYUID * 1 2] Done.
        C: a3 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a3 OK Done.
        C: a4 EXPUNGE
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C2: DONE
        S2: b2 OK Done.
        """, Mail.One);
}
