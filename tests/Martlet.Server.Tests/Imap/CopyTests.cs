using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>COPY and UID COPY: RFC 9051 §6.4.7, RFC 4315 §3.</summary>
[Commands("COPY", "UID COPY")]
public sealed class CopyTests
{
    [Fact]
    public Task COPYUID_pairs_old_and_new_UIDs() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 2 +FLAGS.SILENT (\Seen Blue)
        S: * FLAGS *
        S: a2 OK Done.
        C: a3 CREATE Old
        S: a3 OK Done.
        C: a4 COPY 3,1:2 Old
        S: a4 OK [COPYUID {validity2} 1:3 1:3] Done.
        C: a5 UID COPY 3,1 Old
        S: a5 OK [COPYUID {validity2} 1,3 4:5] Done.
        C: a6 SELECT Old
        ...
        S: a6 OK [READ-WRITE] Done.
        C: a7 FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
        S: * 1 FETCH (UID 1 FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91)
        S: * 2 FETCH (UID 2 FLAGS (\Seen Blue) INTERNALDATE " 1-Feb-2026 10:01:00 +0100" RFC822.SIZE 150)
        S: * 3 FETCH (UID 3 FLAGS () INTERNALDATE " 1-Feb-2026 10:02:00 +0100" RFC822.SIZE 131)
        S: * 4 FETCH (UID 4 FLAGS () INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 91)
        S: * 5 FETCH (UID 5 FLAGS () INTERNALDATE " 1-Feb-2026 10:02:00 +0100" RFC822.SIZE 131)
        S: a7 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task A_copy_into_the_same_mailbox_is_a_new_message() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a2 OK [COPYUID {validity} 1 2] Done.
        C: a3 UID COPY 1:2 inbox
        S: * 4 EXISTS
        S: * 0 RECENT
        S: a3 OK [COPYUID {validity} 1:2 3:4] Done.
        C: a4 FETCH 1:* (UID RFC822.SIZE)
        S: * 1 FETCH (UID 1 RFC822.SIZE 91)
        S: * 2 FETCH (UID 2 RFC822.SIZE 91)
        S: * 3 FETCH (UID 3 RFC822.SIZE 91)
        S: * 4 FETCH (UID 4 RFC822.SIZE 91)
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task Copy_to_a_missing_mailbox_says_TRYCREATE() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 COPY 1 nosuch
        S: a2 NO [TRYCREATE] No such mailbox.
        C: a3 UID COPY 1 nosuch
        S: a3 NO [TRYCREATE] No such mailbox.
        C: a4 UID COPY 9 nosuch
        S: a4 NO [TRYCREATE] No such mailbox.
        C: a5 COPY 1 ""
        S: a5 NO [TRYCREATE] No such mailbox.
        """, Mail.One);

    [Fact]
    public Task Vanished_UIDs_are_no_error() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE Old
        S: a2 OK Done.
        C: a3 UID COPY 9 Old
        S: a3 OK Nothing to copy.
        C: a4 UID COPY 7,2,9 Old
        S: a4 OK [COPYUID {validity2} 2 1] Done.
        C: a5 UID COPY 9:* Old
        S: a5 OK [COPYUID {validity2} 2 2] Done.
        C: a6 COPY 9 Old
        S: a6 BAD There are not so many messages.
        C: a7 COPY $ Old
        S: a7 OK Nothing to copy.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task What_another_session_expunged_is_not_copied() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE Old
        S: a2 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a3 COPY 1:2 Old
        S: * 1 EXPUNGE
        S: a3 OK [COPYUID {validity2} 2 1] Done.
        C: a4 UID COPY 1 Old
        S: a4 OK Nothing to copy.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_session_that_has_the_destination_open_is_told() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 SELECT Old
        ...
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 Old
        S2: b2 OK [COPYUID {validity} 1 1] Done.
        C: a3 NOOP
        S: * 1 EXISTS
        S: * 0 RECENT
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task The_mailbox_of_another_account_is_as_missing_as_any() => ImapServer.PlayAsync("""
        C2 -> bob
        C2: b1 CREATE Secret
        S2: b1 OK Done.
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 COPY 1 Secret
        S: a2 NO [TRYCREATE] No such mailbox.
        C: a3 COPY 1 bob@example.org/Secret
        S: a3 NO [TRYCREATE] No such mailbox.
        """, Mail.One);

    [Fact]
    public Task COPY_takes_a_set_and_a_name() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 COPY
        S: a2 BAD Expected a space.
        C: a3 COPY 1
        S: a3 BAD Expected a space.
        C: a4 COPY x inbox
        S: a4 BAD Expected a number.
        C: a5 COPY 1 inbox more
        S: a5 BAD Unexpected text after the arguments.
        C: a6 COPY 1 (inbox)
        S: a6 BAD Expected a string or an atom.
        C: a7 COPY 0 inbox
        S: a7 BAD Expected a number above zero.
        C: a8 COPY 1 {5}
        S: + Ready for the literal.
        C: inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a8 OK [COPYUID {validity} 1 2] Done.
        C: a9 UID COPY 1 {5+}
        C: inbox
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a9 OK [COPYUID {validity} 1 3] Done.
        C: b1 UID COPY
        S: b1 BAD Expected a space.
        """, Mail.One);

    [Fact]
    public Task COPY_needs_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 COPY 1 inbox
        S: a1 BAD Select a mailbox first.
        C: a2 UID COPY 1 inbox
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 COPY 1 inbox
        S2: b1 BAD Log in first.
        """);
}
