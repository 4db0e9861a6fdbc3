using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>RENAME: RFC 9051 §6.3.6.</summary>
public sealed class RenameTests
{
    [Fact]
    public Task Children_go_along_and_UIDVALIDITY_stays() => ImapServer.PlayAsync("""
        C: a1 CREATE a/b/c
        S: a1 OK Done.
        C: a2 STATUS a/b (UIDVALIDITY)
        S: * STATUS a/b (UIDVALIDITY {validity})
        S: a2 OK Done.
        C: a3 RENAME a x/y
        S: a3 OK Done.
        C: a4 LIST "" *
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasChildren) "/" x
        S: * LIST (\HasChildren) "/" x/y
        S: * LIST (\HasChildren) "/" x/y/b
        S: * LIST (\HasNoChildren) "/" x/y/b/c
        S: a4 OK Done.
        C: a5 STATUS x/y/b (UIDVALIDITY)
        S: * STATUS x/y/b (UIDVALIDITY {validity})
        S: a5 OK Done.
        C: a6 LSUB "" *
        S: * LSUB () "/" Archive
        S: * LSUB () "/" Drafts
        S: * LSUB () "/" INBOX
        S: * LSUB () "/" Junk
        S: * LSUB () "/" Sent
        S: * LSUB () "/" Trash
        S: * LSUB () "/" a
        S: * LSUB () "/" a/b
        S: * LSUB () "/" a/b/c
        S: * LSUB () "/" x
        S: a6 OK Done.
        """);

    [Fact]
    public Task INBOX_gives_its_messages_away_and_stays() => ImapServer.PlayAsync("""
        C: a1 CREATE inbox/sub
        S: a1 OK Done.
        C: a2 RENAME inbox Old
        S: a2 OK Done.
        C: a3 STATUS inbox (MESSAGES UIDNEXT)
        S: * STATUS INBOX (MESSAGES 0 UIDNEXT 3)
        S: a3 OK Done.
        C: a4 STATUS Old (MESSAGES UIDNEXT)
        S: * STATUS Old (MESSAGES 2 UIDNEXT 3)
        S: a4 OK Done.
        C: a5 LIST "" *
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" INBOX/sub
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren) "/" Old
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task What_a_session_that_has_INBOX_open_sees() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 RENAME inbox Old
        S2: b1 OK Done.
        C: a2 FETCH 1 RFC822.SIZE
        S: * 1 FETCH (RFC822.SIZE 91)
        S: a2 OK Done.
        C: a3 NOOP
        S: * 1 EXPUNGE
        S: * 1 EXPUNGE
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_session_that_has_the_mailbox_open_keeps_it() => ImapServer.PlayAsync("""
        C: a1 CREATE a
        S: a1 OK Done.
        C: a2 APPEND a {12+}
        C: Subject: x
        C: 
        S: a2 OK [APPENDUID {validity} 1] Done.
        C: a3 SELECT a
        ...
        S: a3 OK [READ-WRITE] Done.
        C2: b1 RENAME a b
        S2: b1 OK Done.
        C: a4 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a4 OK Done.
        C: a5 STORE 1 +FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: a5 OK Done.
        C: a6 APPEND b {12+}
        C: Subject: y
        C: 
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a6 OK [APPENDUID {validity} 2] Done.
        """);

    [Fact]
    public Task Refusals() => ImapServer.PlayAsync("""
        C: a1 RENAME nosuch x
        S: a1 NO [NONEXISTENT] No such mailbox.
        C: a2 CREATE a
        S: a2 OK Done.
        C: a3 CREATE b
        S: a3 OK Done.
        C: a4 RENAME a b
        S: a4 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: a5 RENAME a inbox
        S: a5 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: a6 RENAME a a/x
        S: a6 NO [CANNOT] That name is not possible.
        C: a7 RENAME a ""
        S: a7 NO [CANNOT] That name is not possible.
        C: a8 RENAME a x//y
        S: a8 NO [CANNOT] That name is not possible.
        C: a9 RENAME a a
        S: a9 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: b1 RENAME a x/
        S: b1 NO [CANNOT] That name is not possible.
        """);

    [Fact]
    public Task Whose_mailbox_it_is_makes_no_difference_to_another() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 RENAME Secret Mine
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 RENAME Missing Mine
        S2: b2 NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public Task RENAME_takes_two_names() => ImapServer.PlayAsync("""
        C: a1 RENAME
        S: a1 BAD Expected a space.
        C: a2 RENAME a
        S: a2 BAD Expected a space.
        C: a3 RENAME a b c
        S: a3 BAD Unexpected text after the arguments.
        C: a4 RENAME (a) b
        S: a4 BAD Expected a string or an atom.
        C: a5 RENAME a (b)
        S: a5 BAD Expected a string or an atom.
        C: a6 CREATE a
        S: a6 OK Done.
        C: <<a7 RENAME {1}\r\n>>
        S: + Ready for the literal.
        C: a {1}
        S: + Ready for the literal.
        C: b
        S: a7 OK Done.
        C: <<a8 RENAME {1+}\r\nb {1+}\r\nc\r\n>>
        S: a8 OK Done.
        C2 -> bare
        S2: * OK *
        C2: b1 RENAME a b
        S2: b1 BAD Log in first.
        """);
}
