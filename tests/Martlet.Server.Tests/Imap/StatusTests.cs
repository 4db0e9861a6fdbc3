using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>STATUS: RFC 9051 §6.3.11, RFC 8438.</summary>
[Commands("STATUS")]
public sealed class StatusTests
{
    [Fact]
    public Task All_items() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Seen \Deleted)
        S: a2 OK Done.
        C: a3 STATUS inbox (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED SIZE DELETED-STORAGE HIGHESTMODSEQ APPENDLIMIT)
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: * STATUS INBOX (MESSAGES 2 RECENT 0 UIDNEXT 3 UIDVALIDITY {validity} UNSEEN 1 DELETED 1 SIZE 241 DELETED-STORAGE 91 HIGHESTMODSEQ 5 APPENDLIMIT 104857600)
        S: a3 OK Done.
        C: a4 CREATE Empty
        S: a4 OK Done.
        C: a5 STATUS Empty (MESSAGES UIDNEXT UNSEEN DELETED SIZE DELETED-STORAGE)
        S: * STATUS Empty (MESSAGES 0 UIDNEXT 1 UNSEEN 0 DELETED 0 SIZE 0 DELETED-STORAGE 0)
        S: a5 OK Done.
        C: a6 STATUS Empty (unseen messages)
        S: * STATUS Empty (MESSAGES 0 UNSEEN 0)
        S: a6 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Deleted_messages_are_counted_whatever_happens_to_them() => ImapServer.PlayAsync("""
        C: a1 CREATE Box
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 STORE 1:3 +FLAGS.SILENT (\Deleted)
        S: a3 OK Done.
        C: a4 STATUS INBOX (DELETED DELETED-STORAGE)
        S: * STATUS INBOX (DELETED 3 DELETED-STORAGE 273)
        S: a4 OK Done.
        C: a5 STORE 1 -FLAGS.SILENT (\Deleted)
        S: a5 OK Done.
        C: a6 COPY 1:2 Box
        S: a6 OK [COPYUID * 1:2 1:2] Done.
        C: a7 LIST "" (INBOX Box) RETURN (STATUS (DELETED DELETED-STORAGE))
        S: * LIST (\HasNoChildren) "/" Box
        S: * STATUS Box (DELETED 1 DELETED-STORAGE 91)
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (DELETED 2 DELETED-STORAGE 182)
        S: a7 OK Done.
        C: a8 MOVE 2 Box
        ...
        S: a8 OK *
        C: a9 EXPUNGE
        S: * 2 EXPUNGE
        S: a9 OK *
        C: b1 STATUS INBOX (MESSAGES DELETED DELETED-STORAGE)
        S: * STATUS INBOX (MESSAGES 1 DELETED 0 DELETED-STORAGE 0)
        S: b1 OK Done.
        C: b2 RENAME Box Bin
        S: b2 OK Done.
        C: b3 STATUS Bin (MESSAGES DELETED DELETED-STORAGE)
        S: * STATUS Bin (MESSAGES 3 DELETED 2 DELETED-STORAGE 182)
        S: b3 OK Done.
        C: b4 DELETE Bin
        S: b4 OK Done.
        C: b5 GETQUOTA ""
        S: * QUOTA "" (STORAGE 1 2147483647 MESSAGE 1 2147483647)
        S: b5 OK Done.
        """, Mail.One, Mail.One, Mail.One);

    [Fact]
    public Task Missing_mailboxes_and_those_of_others() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C: a2 STATUS nosuch (MESSAGES)
        S: a2 NO [NONEXISTENT] No such mailbox.
        C2 -> bob
        C2: b1 STATUS Secret (MESSAGES)
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 STATUS Missing (MESSAGES)
        S2: b2 NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public Task STATUS_takes_a_name_and_items() => ImapServer.PlayAsync("""
        C: a1 STATUS
        S: a1 BAD Expected a space.
        C: a2 STATUS inbox
        S: a2 BAD Expected a space.
        C: a3 STATUS inbox ()
        S: a3 BAD Expected a word.
        C: a4 STATUS inbox MESSAGES
        S: a4 BAD Expected '('.
        C: a5 STATUS inbox (BOGUS)
        S: a5 BAD Unknown status item.
        C: a6 STATUS inbox (MESSAGES
        S: a6 BAD Expected ')'.
        C: a7 STATUS inbox (MESSAGES) more
        S: a7 BAD Unexpected text after the arguments.
        C: a8 STATUS (inbox) (MESSAGES)
        S: a8 BAD Expected a string or an atom.
        C: a9 STATUS {5}
        S: + Ready for the literal.
        C:  (MESSAGES)
        S: a9 BAD Expected a space.
        C2 -> bare
        S2: * OK *
        C2: b1 STATUS inbox (MESSAGES)
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task The_name_as_a_literal() => ImapServer.PlayAsync("""
        C: <<a1 STATUS {5}\r\n>>
        S: + Ready for the literal.
        C: inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 0)
        S: a1 OK Done.
        C: <<a2 STATUS {5+}\r\ninbox (MESSAGES)\r\n>>
        S: * STATUS INBOX (MESSAGES 0)
        S: a2 OK Done.
        """);

    [Fact]
    public Task Names_are_written_as_the_session_understands_them() => ImapServer.PlayAsync("""
        C: a1 CREATE "Gr&APwA3w-e"
        S: a1 OK Done.
        C: a2 STATUS "Gr&APwA3w-e" (MESSAGES)
        S: * STATUS Gr&APwA3w-e (MESSAGES 0)
        S: a2 OK Done.
        C: a3 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a3 OK Done.
        C: a4 STATUS "Grüße" (MESSAGES)
        S: * STATUS "Grüße" (MESSAGES 0)
        S: a4 OK Done.
        C: a5 STATUS InBoX (MESSAGES)
        S: * STATUS INBOX (MESSAGES 0)
        S: a5 OK Done.
        """);
}
