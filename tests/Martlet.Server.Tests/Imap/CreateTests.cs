using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>CREATE: RFC 9051 §6.3.4, RFC 6154 §3.</summary>
public sealed class CreateTests
{
    [Fact]
    public Task CREATE_makes_the_mailboxes_above_too() => ImapServer.PlayAsync("""
        C: a1 CREATE one/two/three
        S: a1 OK Done.
        C: a2 LIST "" *
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasChildren) "/" one
        S: * LIST (\HasChildren) "/" one/two
        S: * LIST (\HasNoChildren) "/" one/two/three
        S: a2 OK Done.
        C: a3 CREATE one/two
        S: a3 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: a4 CREATE one/two/
        S: a4 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: a5 CREATE four/
        S: a5 OK Done.
        C: a6 LSUB "" *
        S: * LSUB () "/" Archive
        S: * LSUB () "/" Drafts
        S: * LSUB () "/" INBOX
        S: * LSUB () "/" Junk
        S: * LSUB () "/" Sent
        S: * LSUB () "/" Trash
        S: * LSUB () "/" four
        S: * LSUB () "/" one
        S: * LSUB () "/" one/two
        S: * LSUB () "/" one/two/three
        S: a6 OK Done.
        """);

    [Fact]
    public Task Names_that_cannot_be_are_refused() => ImapServer.PlayAsync("""
        C: a1 CREATE ""
        S: a1 NO [CANNOT] That name is not possible.
        C: a2 CREATE /
        S: a2 NO [CANNOT] That name is not possible.
        C: a3 CREATE /a
        S: a3 NO [CANNOT] That name is not possible.
        C: a4 CREATE a//b
        S: a4 NO [CANNOT] That name is not possible.
        C: a5 CREATE a/../b
        S: a5 NO [CANNOT] That name is not possible.
        C: a6 CREATE .
        S: a6 NO [CANNOT] That name is not possible.
        C: a7 CREATE "#news"
        S: a7 NO [CANNOT] That name is not possible.
        C: a8 CREATE inbox
        S: a8 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: a9 CREATE INBOX/
        S: a9 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: b1 CREATE "a&AAE-b"
        S: b1 NO [CANNOT] That name is not possible.
        C: b2 CREATE a%b
        S: b2 BAD Unexpected text after the arguments.
        C: b3 CREATE "a*b"
        S: b3 OK Done.
        C: b4 CREATE "a%b"
        S: b4 OK Done.
        """);

    [Fact]
    public Task Special_uses_are_given_to_one_mailbox() => ImapServer.PlayAsync("""
        C: a1 CREATE Mine (USE (\Sent))
        S: a1 OK Done.
        C: a2 CREATE Other (USE (\Drafts \Trash))
        S: a2 NO [USEATTR] One of \Archive, \Drafts, \Junk, \Sent and \Trash can be given.
        C: a3 CREATE Other (USE (\All))
        S: a3 NO [USEATTR] One of \Archive, \Drafts, \Junk, \Sent and \Trash can be given.
        C: a4 CREATE Other (USE (\Bogus))
        S: a4 NO [USEATTR] One of \Archive, \Drafts, \Junk, \Sent and \Trash can be given.
        C: a5 CREATE Other (USE ())
        S: a5 OK Done.
        C: a6 CREATE Old (use (\archive))
        S: a6 OK Done.
        C: a7 LIST (SPECIAL-USE) "" *
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Mine
        S: * LIST (\HasNoChildren \Archive) "/" Old
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: a7 OK Done.
        """);

    [Fact]
    public Task CREATE_takes_a_name_and_uses() => ImapServer.PlayAsync("""
        C: a1 CREATE
        S: a1 BAD Expected a space.
        C: a2 CREATE a b
        S: a2 BAD Expected '('.
        C: a3 CREATE a (BOGUS)
        S: a3 BAD Expected another word.
        C: a4 CREATE a (USE)
        S: a4 BAD Expected a space.
        C: a5 CREATE a (USE (Sent))
        S: a5 BAD Expected an attribute such as \Sent.
        C: a6 CREATE a (USE (\Sent)
        S: a6 BAD Expected ')'.
        C: a7 CREATE a (USE (\Sent)) more
        S: a7 BAD Unexpected text after the arguments.
        C: a8 CREATE "a
        S: a8 BAD The quoted string does not end.
        C: a9 CREATE {1}
        S: + Ready for the literal.
        C: a
        S: a9 OK Done.
        C: b1 CREATE {1+}
        C: b
        S: b1 OK Done.
        C: b2 LIST "" %
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasNoChildren) "/" a
        S: * LIST (\HasNoChildren) "/" b
        S: b2 OK Done.
        """);

    [Fact]
    public Task Names_that_are_not_modified_UTF_7_are_refused() => ImapServer.PlayAsync("""
        C: a1 CREATE a&b
        S: a1 BAD The mailbox name is not valid modified UTF-7.
        C: a2 CREATE "a&AGE-"
        S: a2 BAD The mailbox name is not valid modified UTF-7.
        C: <<a3 CREATE "Gr\xc3\xbc\xc3\x9fe"\r\n>>
        S: a3 BAD The mailbox name is not valid modified UTF-7.
        C: a4 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a4 OK Done.
        C: <<a5 CREATE "Gr\xc3"\r\n>>
        S: a5 BAD The mailbox name is not valid UTF-8.
        C: a6 CREATE "a&b"
        S: a6 OK Done.
        """);

    [Fact]
    public Task Another_session_sees_a_new_mailbox_and_bob_does_not() => ImapServer.PlayAsync("""
        C: a1 CREATE New
        S: a1 OK Done.
        C2: b1 STATUS New (MESSAGES)
        S2: * STATUS New (MESSAGES 0)
        S2: b1 OK Done.
        C3 -> bob
        C3: c1 STATUS New (MESSAGES)
        S3: c1 NO [NONEXISTENT] No such mailbox.
        C3: c2 CREATE New
        S3: c2 OK Done.
        """);

    [Fact]
    public Task CREATE_needs_a_login() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 CREATE a
        S: a1 BAD Log in first.
        """);
}
