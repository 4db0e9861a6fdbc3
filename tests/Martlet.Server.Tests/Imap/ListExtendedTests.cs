using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>The examples of RFC 5258 §5, RFC 5819 §3 and RFC 6154 §5 with our attributes, and LIST RETURN (METADATA) of RFC 9590.</summary>
[Capability("LIST-EXTENDED", "CHILDREN", "LIST-METADATA")]
public sealed class ListExtendedTests
{
    [Fact]
    public Task Examples_1_to_6_of_RFC_5258() => PlayAsync(
        ["Fruit/Apple", "Fruit/Banana", "Tofu", "Vegetable/Broccoli", "Vegetable/Corn"], ["INBOX", "Fruit/Banana", "Fruit/Peach", "Vegetable", "Vegetable/Broccoli"], """
        C: A01 LIST "" "*"
        S: * LIST (\HasChildren) "/" Fruit
        S: * LIST (\HasNoChildren) "/" Fruit/Apple
        S: * LIST (\HasNoChildren) "/" Fruit/Banana
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" Tofu
        S: * LIST (\HasChildren) "/" Vegetable
        S: * LIST (\HasNoChildren) "/" Vegetable/Broccoli
        S: * LIST (\HasNoChildren) "/" Vegetable/Corn
        S: A01 OK Done.
        C: A02 LIST (SUBSCRIBED) "" "*"
        S: * LIST (\HasNoChildren \Subscribed) "/" Fruit/Banana
        S: * LIST (\NonExistent \Subscribed) "/" Fruit/Peach
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasChildren \Subscribed) "/" Vegetable
        S: * LIST (\HasNoChildren \Subscribed) "/" Vegetable/Broccoli
        S: A02 OK Done.
        C: A03 LIST () "" "%" RETURN (CHILDREN)
        S: * LIST (\HasChildren) "/" Fruit
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" Tofu
        S: * LIST (\HasChildren) "/" Vegetable
        S: A03 OK Done.
        C: A04 LIST (REMOTE) "" "%" RETURN (CHILDREN)
        S: * LIST (\HasChildren) "/" Fruit
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" Tofu
        S: * LIST (\HasChildren) "/" Vegetable
        S: A04 OK Done.
        C: A05 LIST (REMOTE SUBSCRIBED) "" "*" RETURN (CHILDREN)
        S: * LIST (\HasNoChildren \Subscribed) "/" Fruit/Banana
        S: * LIST (\NonExistent \Subscribed \HasNoChildren) "/" Fruit/Peach
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasChildren \Subscribed) "/" Vegetable
        S: * LIST (\HasNoChildren \Subscribed) "/" Vegetable/Broccoli
        S: A05 OK Done.
        C: A06 LIST (REMOTE) "" "*" RETURN (SUBSCRIBED SUBSCRIBED)
        S: * LIST (\HasChildren) "/" Fruit
        S: * LIST (\HasNoChildren) "/" Fruit/Apple
        S: * LIST (\HasNoChildren \Subscribed) "/" Fruit/Banana
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * LIST (\HasNoChildren) "/" Tofu
        S: * LIST (\HasChildren \Subscribed) "/" Vegetable
        S: * LIST (\HasNoChildren \Subscribed) "/" Vegetable/Broccoli
        S: * LIST (\HasNoChildren) "/" Vegetable/Corn
        S: A06 OK Done.
        """);

    [Fact]
    public Task Example_8_of_RFC_5258_with_a_subscribed_child() => PlayAsync(["Foo/Bar", "Foo/Baz", "Moo"], ["Foo/Baz", "Gone/Baz"], """
        C: C02 LIST (SUBSCRIBED) "" "*"
        S: * LIST (\HasNoChildren \Subscribed) "/" Foo/Baz
        S: * LIST (\NonExistent \Subscribed) "/" Gone/Baz
        S: C02 OK Done.
        C: C03 LIST (SUBSCRIBED) "" "%"
        S: C03 OK Done.
        C: C04 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%"
        S: * LIST (\HasChildren) "/" Foo ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\NonExistent) "/" Gone ("CHILDINFO" ("SUBSCRIBED"))
        S: C04 OK Done.
        C: C05 SUBSCRIBE Foo
        S: C05 OK Done.
        C: C06 LIST (SUBSCRIBED RECURSIVEMATCH) "" "F%"
        S: * LIST (\HasChildren \Subscribed) "/" Foo ("CHILDINFO" ("SUBSCRIBED"))
        S: C06 OK Done.
        """);

    [Fact]
    public Task Example_8_of_RFC_5258_without_one() => PlayAsync(["Foo/Bar", "Foo/Baz", "Moo"], [], """
        C: C04 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%"
        S: C04 OK Done.
        C: C05 SUBSCRIBE Foo
        S: C05 OK Done.
        C: C06 SUBSCRIBE Moo
        S: C06 OK Done.
        C: C07 LIST (SUBSCRIBED RECURSIVEMATCH) "" "%" RETURN (CHILDREN)
        S: * LIST (\HasChildren \Subscribed) "/" Foo
        S: * LIST (\HasNoChildren \Subscribed) "/" Moo
        S: C07 OK Done.
        """);

    [Fact]
    public Task Example_9_of_RFC_5258_leaves_out_what_would_be_redundant() => PlayAsync(
        ["foo2/bar1", "foo2/bar2", "baz2/bar2", "baz2/bar22", "baz2/bar222", "eps2/mamba", "qux2/bar2"],
        ["foo2/bar1", "foo2/bar2", "baz2/bar2", "baz2/bar22", "baz2/bar222", "eps2", "eps2/mamba", "qux2/bar2"], """
        C: D03 LIST (RECURSIVEMATCH SUBSCRIBED) "" "*2"
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar2
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar22
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar222
        S: * LIST (\HasChildren \Subscribed) "/" eps2 ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\HasChildren) "/" foo2 ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\HasNoChildren \Subscribed) "/" foo2/bar2
        S: * LIST (\HasNoChildren \Subscribed) "/" qux2/bar2
        S: D03 OK Done.
        C: D04 LIST (RECURSIVEMATCH SUBSCRIBED) "" "*"
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar2
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar22
        S: * LIST (\HasNoChildren \Subscribed) "/" baz2/bar222
        S: * LIST (\HasChildren \Subscribed) "/" eps2 ("CHILDINFO" ("SUBSCRIBED"))
        S: * LIST (\HasNoChildren \Subscribed) "/" eps2/mamba
        S: * LIST (\HasNoChildren \Subscribed) "/" foo2/bar1
        S: * LIST (\HasNoChildren \Subscribed) "/" foo2/bar2
        S: * LIST (\HasNoChildren \Subscribed) "/" qux2/bar2
        S: D04 OK Done.
        """);

    [Fact]
    public Task Examples_7_and_10_of_RFC_5258() => PlayAsync(["foo", "Sent/March2004", "Sent/August2004"], ["foo/bar"], """
        C: a0 LIST "" ("INBOX" "Drafts" "Sent/%")
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren) "/" Sent/August2004
        S: * LIST (\HasNoChildren) "/" Sent/March2004
        S: a0 OK Done.
        C: a1 LIST "" ("foo" "foo/*")
        S: * LIST (\HasNoChildren) "/" foo
        S: a1 OK Done.
        C: a2 LIST (SUBSCRIBED) "" "foo/*"
        S: * LIST (\NonExistent \Subscribed) "/" foo/bar
        S: a2 OK Done.
        C: a3 LIST (SUBSCRIBED RECURSIVEMATCH) "" foo RETURN (CHILDREN)
        S: * LIST (\HasNoChildren) "/" foo ("CHILDINFO" ("SUBSCRIBED"))
        S: a3 OK Done.
        """);

    [Fact]
    public Task Examples_of_RFC_5819() => PlayAsync(["foo/baz"], ["INBOX", "foo/baz"], """
        C: A01 LIST "" % RETURN (STATUS (MESSAGES UNSEEN))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (MESSAGES 0 UNSEEN 0)
        S: * LIST (\HasChildren) "/" foo
        S: * STATUS foo (MESSAGES 0 UNSEEN 0)
        S: A01 OK Done.
        C: A02 LIST (SUBSCRIBED RECURSIVEMATCH) "" % RETURN (STATUS (MESSAGES) METADATA (/shared/comment))
        S: * LIST (\HasNoChildren \Subscribed) "/" INBOX
        S: * STATUS INBOX (MESSAGES 0)
        S: * METADATA INBOX (/shared/comment NIL)
        S: * LIST (\HasChildren) "/" foo ("CHILDINFO" ("SUBSCRIBED"))
        S: A02 OK Done.
        """);

    [Fact]
    public Task Special_uses_as_a_criterion_with_those_above() => PlayAsync(["ToDo", "Mail"], ["Mail/Sent"], """
        C: t1 CREATE Mail/Sent (USE (\Sent))
        S: t1 OK Done.
        C: t2 CREATE MyDrafts (USE (\Drafts))
        S: t2 OK Done.
        C: t3 UNSUBSCRIBE MyDrafts
        S: t3 OK Done.
        C: t4 LIST "" "%" RETURN (SPECIAL-USE)
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasChildren) "/" Mail
        S: * LIST (\HasNoChildren \Drafts) "/" MyDrafts
        S: * LIST (\HasNoChildren) "/" ToDo
        S: t4 OK Done.
        C: t5 LIST (SPECIAL-USE) "" "*"
        S: * LIST (\HasNoChildren \Sent) "/" Mail/Sent
        S: * LIST (\HasNoChildren \Drafts) "/" MyDrafts
        S: t5 OK Done.
        C: t6 LIST (SPECIAL-USE RECURSIVEMATCH) "" "%"
        S: * LIST (\HasChildren) "/" Mail ("CHILDINFO" ("SPECIAL-USE"))
        S: * LIST (\HasNoChildren \Drafts) "/" MyDrafts
        S: t6 OK Done.
        C: t7 LIST (SPECIAL-USE RECURSIVEMATCH SUBSCRIBED) "" "%"
        S: * LIST (\HasChildren) "/" Mail ("CHILDINFO" ("SUBSCRIBED" "SPECIAL-USE"))
        S: t7 OK Done.
        C: t8 LIST (SPECIAL-USE RECURSIVEMATCH) "" "*"
        S: * LIST (\HasNoChildren \Sent) "/" Mail/Sent
        S: * LIST (\HasNoChildren \Drafts) "/" MyDrafts
        S: t8 OK Done.
        C: t9 LIST (SPECIAL-USE SUBSCRIBED) "" "*" RETURN (SPECIAL-USE)
        S: * LIST (\HasNoChildren \Subscribed \Sent) "/" Mail/Sent
        S: t9 OK Done.
        """);

    [Fact]
    public Task METADATA_comes_behind_each_mailbox() => PlayAsync(["foo"], ["gone"], """
        C: a1 SETMETADATA foo (/shared/vendor/cmu/color "#b71c1c" /private/comment "x")
        S: a1 OK Done.
        C: a2 LIST "" % RETURN (METADATA ("/Shared/vendor/cmu/color" /private/specialuse))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * METADATA INBOX (/shared/vendor/cmu/color NIL /private/specialuse NIL)
        S: * LIST (\HasNoChildren) "/" foo
        S: * METADATA foo (/shared/vendor/cmu/color "#b71c1c" /private/specialuse NIL)
        S: a2 OK Done.
        C: a3 LIST (SUBSCRIBED) "" * RETURN (METADATA (/private/comment))
        S: * LIST (\NonExistent \Subscribed) "/" gone
        S: a3 OK Done.
        C: a4 LIST "" foo RETURN (CHILDREN METADATA (/private/comment) STATUS (MESSAGES))
        S: * LIST (\HasNoChildren) "/" foo
        S: * STATUS foo (MESSAGES 0)
        S: * METADATA foo (/private/comment "x")
        S: a4 OK Done.
        C: a5 LIST "" * RETURN (METADATA)
        S: a5 BAD Expected a space.
        C: a6 LIST "" * RETURN (METADATA ())
        S: a6 BAD Expected a string or an atom.
        C: a7 LIST "" * RETURN (METADATA /shared/comment)
        S: a7 BAD Expected '('.
        C: a8 LIST "" * RETURN (METADATA (comment))
        S: a8 BAD Entry names begin with /private/ or /shared/.
        C: <<a9 LIST "" foo RETURN (METADATA ({16+}\r\n/private/comment))\r\n>>
        S: * LIST (\HasNoChildren) "/" foo
        S: * METADATA foo (/private/comment "x")
        S: a9 OK Done.
        """);

    [Fact]
    public Task HIGHESTMODSEQ_in_LIST_turns_CONDSTORE_on() => PlayAsync([], [], """
        C: a1 EXAMINE INBOX
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 LIST "" INBOX RETURN (STATUS (HIGHESTMODSEQ))
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (HIGHESTMODSEQ *
        S: a2 OK Done.
        """);

    /// <summary>Plays a script as alice, who has INBOX, these mailboxes with those above them, and these subscriptions.</summary>
    private static async Task PlayAsync(string[] mailboxes, string[] subscribed, string script)
    {
        await using var server = await ImapServer.StartAsync();
        var account = server.Account(TestServer.Alice);
        foreach (var mailbox in account.Mailboxes.Values.Where(mailbox => mailbox.Info.Name != MailboxPath.Inbox))
        {
            Assert.True((await server.Store.DeleteMailboxAsync(mailbox)).IsDone);
        }

        foreach (var name in mailboxes)
        {
            if (account.FindMailbox(name) is null)
            {
                Assert.True((await server.Store.CreateMailboxAsync(account, name)).IsDone);
            }
        }

        foreach (var name in account.Subscriptions.Union(subscribed))
        {
            Assert.True((await server.Store.SetSubscribedAsync(account, name, subscribed.Contains(name))).IsDone);
        }

        await Transcript.RunAsync(server, script);
    }
}
