using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>SUBSCRIBE, UNSUBSCRIBE and LSUB: RFC 9051 §6.3.7, §6.3.8, RFC 3501 §6.3.9.</summary>
public sealed class SubscribeTests
{
    [Fact]
    public Task A_name_need_not_exist() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE nosuch/sub
        S: a1 OK Done.
        C: a2 LSUB "" *
        S: * LSUB () "/" Archive
        S: * LSUB () "/" Drafts
        S: * LSUB () "/" INBOX
        S: * LSUB () "/" Junk
        S: * LSUB () "/" Sent
        S: * LSUB () "/" Trash
        S: * LSUB () "/" nosuch/sub
        S: a2 OK Done.
        C: a3 LIST (SUBSCRIBED) "" *
        S: * LIST (\HasNoChildren \Subscribed \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Subscribed \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasNoChildren \Subscribed \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Subscribed \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Subscribed \Trash) "/" Trash
        S: * LIST (\NonExistent \Subscribed) "/" nosuch/sub
        S: a3 OK Done.
        C: a4 UNSUBSCRIBE nosuch/sub
        S: a4 OK Done.
        C: a5 UNSUBSCRIBE nosuch/sub
        S: a5 OK Done.
        C: a6 LSUB "" nosuch*
        S: a6 OK Done.
        """);

    [Fact]
    public Task Names_that_cannot_be_are_refused() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE ""
        S: a1 NO [CANNOT] That name is not possible.
        C: a2 SUBSCRIBE a//b
        S: a2 NO [CANNOT] That name is not possible.
        C: a3 UNSUBSCRIBE ""
        S: a3 NO [CANNOT] That name is not possible.
        """);

    [Fact]
    public Task LSUB_with_a_percent_sign_names_unsubscribed_parents() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE x/y/z
        S: a1 OK Done.
        C: a2 LSUB "" %
        S: * LSUB () "/" Archive
        S: * LSUB () "/" Drafts
        S: * LSUB () "/" INBOX
        S: * LSUB () "/" Junk
        S: * LSUB () "/" Sent
        S: * LSUB () "/" Trash
        S: * LSUB (\NoSelect) "/" x
        S: a2 OK Done.
        C: a3 LSUB "" x/%
        S: * LSUB (\NoSelect) "/" x/y
        S: a3 OK Done.
        C: a4 LSUB x/ %
        S: * LSUB (\NoSelect) "/" x/y
        S: a4 OK Done.
        C: a5 LSUB "" x/*
        S: * LSUB () "/" x/y/z
        S: a5 OK Done.
        C: a6 LSUB "" "x/y/%"
        S: * LSUB () "/" x/y/z
        S: a6 OK Done.
        C: a7 LSUB "" ""
        S: a7 OK Done.
        """);

    [Fact]
    public Task They_take_one_name_and_LSUB_two() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE
        S: a1 BAD Expected a space.
        C: a2 SUBSCRIBE a b
        S: a2 BAD Unexpected text after the arguments.
        C: a3 UNSUBSCRIBE
        S: a3 BAD Expected a space.
        C: a4 UNSUBSCRIBE a b
        S: a4 BAD Unexpected text after the arguments.
        C: a5 LSUB
        S: a5 BAD Expected a space.
        C: a6 LSUB ""
        S: a6 BAD Expected a space.
        C: a7 LSUB "" * more
        S: a7 BAD Unexpected text after the arguments.
        C: a8 SUBSCRIBE {1}
        S: + Ready for the literal.
        C: a
        S: a8 OK Done.
        C: a9 UNSUBSCRIBE {1+}
        C: a
        S: a9 OK Done.
        C: b1 LSUB "" (a)
        S: b1 BAD Expected a mailbox pattern.
        C: <<b2 LSUB {0+}\r\n {5+}\r\ninbox\r\n>>
        S: * LSUB () "/" INBOX
        S: b2 OK Done.
        C2 -> bare
        S2: * OK *
        C2: b1 SUBSCRIBE a
        S2: b1 BAD Log in first.
        C2: b2 UNSUBSCRIBE a
        S2: b2 BAD Log in first.
        C2: b3 LSUB "" *
        S2: b3 BAD Log in first.
        """);

    [Fact]
    public Task Bob_does_not_see_what_alice_subscribes() => ImapServer.PlayAsync("""
        C: a1 SUBSCRIBE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 LSUB "" *
        S2: * LSUB () "/" Archive
        S2: * LSUB () "/" Drafts
        S2: * LSUB () "/" INBOX
        S2: * LSUB () "/" Junk
        S2: * LSUB () "/" Sent
        S2: * LSUB () "/" Trash
        S2: b1 OK Done.
        C2: b2 UNSUBSCRIBE Secret
        S2: b2 OK Done.
        C: a2 LSUB "" Secret
        S: * LSUB () "/" Secret
        S: a2 OK Done.
        """);
}
