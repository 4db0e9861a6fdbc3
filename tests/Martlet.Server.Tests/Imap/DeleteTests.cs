using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>DELETE: RFC 9051 §6.3.5.</summary>
public sealed class DeleteTests
{
    [Fact]
    public Task A_mailbox_goes_and_its_subscription_stays() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 DELETE Old
        S: a2 OK Done.
        C: a3 SELECT Old
        S: a3 NO [NONEXISTENT] No such mailbox.
        C: a4 LSUB "" Old
        S: * LSUB () "/" Old
        S: a4 OK Done.
        C: a5 DELETE Old
        S: a5 NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public Task INBOX_and_mailboxes_with_children_stay() => ImapServer.PlayAsync("""
        C: a1 DELETE inbox
        S: a1 NO [CANNOT] INBOX cannot be deleted.
        C: a2 CREATE a/b
        S: a2 OK Done.
        C: a3 DELETE a
        S: a3 NO [HASCHILDREN] The mailbox has mailboxes below it; delete those first.
        C: a4 DELETE a/b
        S: a4 OK Done.
        C: a5 DELETE a
        S: a5 OK Done.
        """);

    [Fact]
    public Task A_mailbox_that_another_session_has_open() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 APPEND Old {12+}
        C: Subject: x
        C: 
        S: a2 OK [APPENDUID {validity} 1] Done.
        C2: b1 SELECT Old
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: a3 DELETE Old
        S: a3 OK Done.
        C2: b2 FETCH 1 FLAGS
        S2: * 1 FETCH (FLAGS ())
        S2: b2 OK Done.
        C2: b3 FETCH 1 BODY[TEXT]
        S2: * 1 FETCH (BODY[TEXT] {0}
        S2: )
        S2: b3 OK Done.
        C2: b4 STORE 1 +FLAGS (\Flagged)
        S2: b4 NO [NONEXISTENT] No such mailbox.
        C2: b5 NOOP
        S2: * 1 EXPUNGE
        S2: b5 OK Done.
        C2: b6 EXPUNGE
        S2: b6 NO [NONEXISTENT] No such mailbox.
        C2: b7 SELECT Old
        ...
        S2: b7 NO [NONEXISTENT] No such mailbox.
        C2: b8 NOOP
        S2: b8 OK Done.
        """);

    [Fact]
    public Task The_mailbox_that_is_open_here() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 APPEND Old {12+}
        C: Subject: x
        C: 
        S: a2 OK [APPENDUID {validity} 1] Done.
        C: a3 SELECT Old
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 DELETE Old
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C: a5 FETCH 1 FLAGS
        S: a5 BAD There are not so many messages.
        C: a6 COPY 1 inbox
        S: a6 BAD There are not so many messages.
        C: a7 CLOSE
        S: a7 OK Done.
        C: a8 NOOP
        S: a8 OK Done.
        """);

    [Fact]
    public Task A_name_used_again_is_another_mailbox() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 STATUS Old (UIDVALIDITY)
        S: * STATUS Old (UIDVALIDITY {validity})
        S: a2 OK Done.
        C: a3 DELETE Old
        S: a3 OK Done.
        C: a4 CREATE Old
        S: a4 OK Done.
        C: a5 STATUS Old (UIDVALIDITY)
        S: * STATUS Old (UIDVALIDITY {validity2})
        S: a5 OK Done.
        """);

    [Fact]
    public Task Whose_mailbox_it_is_makes_no_difference_to_another() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 DELETE Secret
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 DELETE Missing
        S2: b2 NO [NONEXISTENT] No such mailbox.
        C: a2 STATUS Secret (MESSAGES)
        S: * STATUS Secret (MESSAGES 0)
        S: a2 OK Done.
        """);

    [Fact]
    public Task DELETE_takes_one_name() => ImapServer.PlayAsync("""
        C: a1 DELETE
        S: a1 BAD Expected a space.
        C: a2 DELETE a b
        S: a2 BAD Unexpected text after the arguments.
        C: a3 DELETE (a)
        S: a3 BAD Expected a string or an atom.
        C: a4 DELETE {6}
        S: + Ready for the literal.
        C: nosuch
        S: a4 NO [NONEXISTENT] No such mailbox.
        C: a5 DELETE {6+}
        C: nosuch
        S: a5 NO [NONEXISTENT] No such mailbox.
        C: a6 DELETE ""
        S: a6 NO [NONEXISTENT] No such mailbox.
        C2 -> bare
        S2: * OK *
        C2: b1 DELETE a
        S2: b1 BAD Log in first.
        """);
}
