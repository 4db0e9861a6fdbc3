using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>LIST: RFC 9051 §6.3.9, RFC 5258, RFC 5819, RFC 6154.</summary>
[Commands("LIST")]
public sealed class ListTests
{
    [Fact]
    public Task Wildcards_and_the_reference() => ImapServer.PlayAsync("""
        C: a1 CREATE a/b/c
        S: a1 OK Done.
        C: a2 CREATE ax
        S: a2 OK Done.
        C: a3 LIST "" *
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasChildren) "/" a
        S: * LIST (\HasChildren) "/" a/b
        S: * LIST (\HasNoChildren) "/" a/b/c
        S: * LIST (\HasNoChildren) "/" ax
        S: a3 OK Done.
        C: a4 LIST "" %
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasChildren) "/" a
        S: * LIST (\HasNoChildren) "/" ax
        S: a4 OK Done.
        C: a5 LIST "" a%
        S: * LIST (\HasChildren) "/" a
        S: * LIST (\HasNoChildren) "/" ax
        S: a5 OK Done.
        C: a6 LIST "" a/%
        S: * LIST (\HasChildren) "/" a/b
        S: a6 OK Done.
        C: a7 LIST a/ %
        S: * LIST (\HasChildren) "/" a/b
        S: a7 OK Done.
        C: a8 LIST a/ *
        S: * LIST (\HasChildren) "/" a/b
        S: * LIST (\HasNoChildren) "/" a/b/c
        S: a8 OK Done.
        C: a9 LIST a /b
        S: * LIST (\HasChildren) "/" a/b
        S: a9 OK Done.
        C: b1 LIST "" *c
        S: * LIST (\HasNoChildren) "/" a/b/c
        S: b1 OK Done.
        C: b2 LIST "" %/%/%
        S: * LIST (\HasNoChildren) "/" a/b/c
        S: b2 OK Done.
        C: b3 LIST "" a
        S: * LIST (\HasChildren) "/" a
        S: b3 OK Done.
        C: b4 LIST "" nosuch
        S: b4 OK Done.
        C: b5 LIST "" *b*
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasChildren) "/" a/b
        S: * LIST (\HasNoChildren) "/" a/b/c
        S: b5 OK Done.
        """);

    [Fact]
    public Task An_empty_pattern_asks_for_the_separator() => ImapServer.PlayAsync("""
        C: a1 LIST "" ""
        S: * LIST (\NoSelect) "/" ""
        S: a1 OK Done.
        C: a2 LIST a/ ""
        S: * LIST (\NoSelect) "/" ""
        S: a2 OK Done.
        C: a3 LIST () "" ""
        S: a3 OK Done.
        C: a4 LIST "" ("")
        S: a4 OK Done.
        """);

    [Fact]
    public Task INBOX_has_any_case_and_others_do_not() => ImapServer.PlayAsync("""
        C: a1 CREATE inbox/Sub
        S: a1 OK Done.
        C: a2 CREATE Other
        S: a2 OK Done.
        C: a3 LIST "" inbox
        S: * LIST (\HasChildren) "/" INBOX
        S: a3 OK Done.
        C: a4 LIST "" iN%
        S: * LIST (\HasChildren) "/" INBOX
        S: a4 OK Done.
        C: a5 LIST "" inbox/%
        S: * LIST (\HasNoChildren) "/" INBOX/Sub
        S: a5 OK Done.
        C: a6 LIST "" other
        S: a6 OK Done.
        C: a7 LIST inbox/ *
        S: * LIST (\HasNoChildren) "/" INBOX/Sub
        S: a7 OK Done.
        C: a8 LIST "" "INBOX*"
        S: * LIST (\HasChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" INBOX/Sub
        S: a8 OK Done.
        """);

    [Fact]
    public Task Several_patterns_give_each_mailbox_once() => ImapServer.PlayAsync("""
        C: a1 CREATE a
        S: a1 OK Done.
        C: a2 LIST "" (a % inbox nosuch)
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasNoChildren) "/" a
        S: a2 OK Done.
        """);

    [Fact]
    public Task Selection_and_return_options() => ImapServer.PlayAsync("""
        C: a1 CREATE a/b
        S: a1 OK Done.
        C: a2 UNSUBSCRIBE a
        S: a2 OK Done.
        C: a3 SUBSCRIBE gone
        S: a3 OK Done.
        C: a4 LIST (SUBSCRIBED) "" (inbox a* gone)
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasNoChildren \Subscribed) "/" a/b
        S: * LIST (\NonExistent \Subscribed) "/" gone
        S: a4 OK Done.
        C: a5 LIST (SUBSCRIBED RECURSIVEMATCH) "" (a gone)
        S: * LIST (\HasChildren) "/" a ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\NonExistent \Subscribed) "/" gone
        S: a5 OK Done.
        C: a6 LIST (RECURSIVEMATCH SUBSCRIBED) "" a* RETURN (CHILDREN)
        S: * LIST (\HasNoChildren \Subscribed) "/" a/b
        S: a6 OK Done.
        C: a7 LIST (REMOTE) "" a
        S: * LIST (\HasChildren) "/" a
        S: a7 OK Done.
        C: a8 LIST "" (inbox a*) RETURN (SUBSCRIBED CHILDREN SPECIAL-USE)
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasChildren) "/" a
        S: * LIST (\HasNoChildren \Subscribed) "/" a/b
        S: a8 OK Done.
        C: a9 LIST (SUBSCRIBED SPECIAL-USE) "" *
        S: * LIST (\HasNoChildren \Subscribed \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Subscribed \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren \Subscribed \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Subscribed \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Subscribed \Trash) "/" Trash
        S: a9 OK Done.
        C: b1 LIST (RECURSIVEMATCH) "" *
        S: b1 BAD RECURSIVEMATCH needs another selection option.
        C: b2 LIST (RECURSIVEMATCH REMOTE) "" *
        S: b2 BAD RECURSIVEMATCH needs another selection option.
        C: b3 LIST () "" a RETURN ()
        S: * LIST (\HasChildren) "/" a
        S: b3 OK Done.
        """);

    [Fact]
    public Task RECURSIVEMATCH_names_missing_parents_of_subscribed_names() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE x/y/z
        S: a1 OK Done.
        C: a2 LIST (SUBSCRIBED RECURSIVEMATCH) "" (x x/%)
        S: * LIST (\NonExistent) "/" x ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\NonExistent) "/" x/y ("CHILDINFO" ("SUBSCRIBED"))
        S: a2 OK Done.
        C: a3 LIST (SUBSCRIBED RECURSIVEMATCH) "" x
        S: * LIST (\NonExistent) "/" x ("CHILDINFO" ("SUBSCRIBED"))
        S: a3 OK Done.
        C: a4 LIST (SUBSCRIBED) "" x
        S: a4 OK Done.
        """);

    [Fact]
    public Task Special_uses_are_always_told() => ImapServer.PlayAsync("""
        C: a1 CREATE Mine (USE (\Archive))
        S: a1 OK Done.
        C: a2 LIST "" Mine
        S: * LIST (\HasNoChildren \Archive) "/" Mine
        S: a2 OK Done.
        C: a3 LIST "" Mine RETURN (SPECIAL-USE)
        S: * LIST (\HasNoChildren \Archive) "/" Mine
        S: a3 OK Done.
        C: a4 LIST (SPECIAL-USE) "" Mine
        S: * LIST (\HasNoChildren \Archive) "/" Mine
        S: a4 OK Done.
        """);

    [Fact]
    public Task STATUS_comes_behind_each_mailbox() => ImapServer.PlayAsync("""
        C: a1 CREATE a
        S: a1 OK Done.
        C: a2 SUBSCRIBE gone
        S: a2 OK Done.
        C: a3 LIST "" (inbox a) RETURN (STATUS (MESSAGES UNSEEN))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (MESSAGES 1 UNSEEN 1)
        S: * LIST (\HasNoChildren) "/" a
        S: * STATUS a (MESSAGES 0 UNSEEN 0)
        S: a3 OK Done.
        C: a4 LIST (SUBSCRIBED) "" gone RETURN (STATUS (MESSAGES))
        S: * LIST (\NonExistent \Subscribed) "/" gone
        S: a4 OK Done.
        C: a5 LIST "" a RETURN (CHILDREN STATUS (UIDNEXT SIZE))
        S: * LIST (\HasNoChildren) "/" a
        S: * STATUS a (UIDNEXT 1 SIZE 0)
        S: a5 OK Done.
        """, Mail.One);

    [Fact]
    public Task Names_in_UTF_7_and_in_UTF_8() => ImapServer.PlayAsync("""
        C: a1 CREATE "Gr&APwA3w-e"
        S: a1 OK Done.
        C: a2 CREATE "a b"
        S: a2 OK Done.
        C: a3 CREATE "NIL"
        S: a3 OK Done.
        C: a4 CREATE "A&-B"
        S: a4 OK Done.
        C: a5 LIST "" *
        S: * LIST (\HasNoChildren) "/" A&-B
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" Gr&APwA3w-e
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren) "/" "NIL"
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasNoChildren) "/" "a b"
        S: a5 OK Done.
        C: a6 LIST "" "Gr&APw-*"
        S: * LIST (\HasNoChildren) "/" Gr&APwA3w-e
        S: a6 OK Done.
        C: a7 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a7 OK Done.
        C: a8 LIST "" *
        S: * LIST (\HasNoChildren) "/" A&B
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" "Grüße"
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren) "/" "NIL"
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: * LIST (\HasNoChildren) "/" "a b"
        S: a8 OK Done.
        C: a9 LIST "" "Grü*"
        S: * LIST (\HasNoChildren) "/" "Grüße"
        S: a9 OK Done.
        """);

    [Fact]
    public Task LIST_takes_options_a_reference_and_patterns() => ImapServer.PlayAsync("""
        C: a1 LIST
        S: a1 BAD Expected a space.
        C: a2 LIST ""
        S: a2 BAD Expected a space.
        C: a3 LIST "" * more
        S: a3 BAD Expected another word.
        C: a4 LIST (BOGUS) "" *
        S: a4 BAD Unknown selection option.
        C: a5 LIST "" * RETURN (BOGUS)
        S: a5 BAD Unknown return option.
        C: a6 LIST "" * RETURN
        S: a6 BAD Expected a space.
        C: a7 LIST "" * RETURN (STATUS)
        S: a7 BAD Expected a space.
        C: a8 LIST "" * RETURN (STATUS (BOGUS))
        S: a8 BAD Unknown status item.
        C: a9 LIST "" (
        S: a9 BAD Expected a mailbox pattern.
        C: b1 LIST "" ()
        S: b1 BAD Expected a mailbox pattern.
        C: b2 LIST (SUBSCRIBED "" *
        S: b2 BAD Expected a word.
        C: b3 LIST "" a&b
        S: b3 BAD The mailbox name is not valid modified UTF-7.
        C: <<b4 LIST {0+}\r\n {5+}\r\ninb%x\r\n>>
        S: * LIST (\HasNoChildren) "/" INBOX
        S: b4 OK Done.
        C: b5 LIST "" {5}
        S: + Ready for the literal.
        C: INBOX
        S: * LIST (\HasNoChildren) "/" INBOX
        S: b5 OK Done.
        C2 -> bare
        S2: * OK *
        C2: b1 LIST "" *
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task Bob_lists_his_own() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 LIST "" *
        S2: * LIST (\HasNoChildren \Archive) "/" Archive
        S2: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S2: * LIST (\HasNoChildren) "/" INBOX
        S2: * LIST (\HasNoChildren \Junk) "/" Junk
        S2: * LIST (\HasNoChildren \Sent) "/" Sent
        S2: * LIST (\HasNoChildren \Trash) "/" Trash
        S2: b1 OK Done.
        """);
}
