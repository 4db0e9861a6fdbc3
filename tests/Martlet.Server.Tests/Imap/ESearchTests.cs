using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>ESEARCH: RFC 7377.</summary>
[Commands("ESEARCH")]
public sealed class ESearchTests
{
    /// <summary>A mail with that subject in each of some mailboxes; the validities are captured as v and the mailbox's letter.</summary>
    private const string Tree = """
        C: s1 CREATE a/b/c
        S: s1 OK Done.
        C: s2 CREATE a-x
        S: s2 OK Done.
        C: s3 APPEND a {15+}
        C: Subject: hit a
        S: s3 OK [APPENDUID {va} 1] Done.
        C: s4 APPEND a/b {15+}
        C: Subject: hit b
        S: s4 OK [APPENDUID {vb} 1] Done.
        C: s5 APPEND a/b/c {15+}
        C: Subject: hit c
        S: s5 OK [APPENDUID {vc} 1] Done.
        C: s6 APPEND a-x {15+}
        C: Subject: hit x
        S: s6 OK [APPENDUID {vx} 1] Done.
        C: s7 APPEND a {14+}
        C: Subject: other
        S: s7 OK [APPENDUID {va} 2] Done.
        C: s8 APPEND a/b {15+}
        C: Subject: hit b
        S: s8 OK [APPENDUID {vb} 2] Done.

        """;

    [Fact]
    public Task Sources_in_the_authenticated_state() => ImapServer.PlayAsync(Tree + """
        C: a1 ESEARCH IN (personal) SUBJECT hit
        S: * ESEARCH (TAG "a1" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: * ESEARCH (TAG "a1" MAILBOX a-x UIDVALIDITY {vx}) UID ALL 1
        S: * ESEARCH (TAG "a1" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 1:2
        S: * ESEARCH (TAG "a1" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: a1 OK Done.
        C: a2 ESEARCH IN (subtree a) SUBJECT hit
        S: * ESEARCH (TAG "a2" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: * ESEARCH (TAG "a2" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 1:2
        S: * ESEARCH (TAG "a2" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: a2 OK Done.
        C: a3 ESEARCH IN (subtree-one a) SUBJECT hit
        S: * ESEARCH (TAG "a3" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: * ESEARCH (TAG "a3" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 1:2
        S: a3 OK Done.
        C: a4 ESEARCH IN (mailboxes (a-x "a/b/c" nosuch)) SUBJECT hit
        S: * ESEARCH (TAG "a4" MAILBOX a-x UIDVALIDITY {vx}) UID ALL 1
        S: * ESEARCH (TAG "a4" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: a4 OK Done.
        C: a5 ESEARCH IN (mailboxes a* subtree %) SUBJECT hit
        S: a5 BAD Expected ')'.
        C: a6 ESEARCH IN (mailboxes "a*" subtree "%") SUBJECT hit
        S: a6 OK Done.
        C: a7 ESEARCH IN (inboxes) ALL
        S: * ESEARCH (TAG "a7" MAILBOX INBOX UIDVALIDITY {vi}) UID ALL 1
        S: a7 OK Done.
        C: a8 ESEARCH IN (mailboxes inBOX inboxes) RETURN (COUNT) ALL
        S: * ESEARCH (TAG "a8" MAILBOX INBOX UIDVALIDITY {vi}) UID COUNT 1
        S: a8 OK Done.
        C: a9 UNSUBSCRIBE a
        S: a9 OK Done.
        C: b0 UNSUBSCRIBE a-x
        S: b0 OK Done.
        C: b1 ESEARCH IN (subscribed) SUBJECT hit
        S: * ESEARCH (TAG "b1" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 1:2
        S: * ESEARCH (TAG "b1" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: b1 OK Done.
        C: b2 ESEARCH IN (subtree a/b subtree a mailboxes a) RETURN (MIN MAX COUNT) SUBJECT hit
        S: * ESEARCH (TAG "b2" MAILBOX a UIDVALIDITY {va}) UID MIN 1 MAX 1 COUNT 1
        S: * ESEARCH (TAG "b2" MAILBOX a/b UIDVALIDITY {vb}) UID MIN 1 MAX 2 COUNT 2
        S: * ESEARCH (TAG "b2" MAILBOX a/b/c UIDVALIDITY {vc}) UID MIN 1 MAX 1 COUNT 1
        S: b2 OK Done.
        C: b3 ESEARCH IN (subtree a) RETURN (COUNT) SUBJECT nowhere
        S: b3 OK Done.
        C: b4 ESEARCH IN (personal) UNKEYWORD nosuch 2:*
        S: * ESEARCH (TAG "b4" MAILBOX INBOX UIDVALIDITY {vi}) UID ALL 1
        S: * ESEARCH (TAG "b4" MAILBOX a UIDVALIDITY {va}) UID ALL 2
        S: * ESEARCH (TAG "b4" MAILBOX a-x UIDVALIDITY {vx}) UID ALL 1
        S: * ESEARCH (TAG "b4" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 2
        S: * ESEARCH (TAG "b4" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: b4 OK Done.
        C: b5 ESEARCH IN (subtree a) RETURN (PARTIAL -1:-1) ALL
        S: * ESEARCH (TAG "b5" MAILBOX a UIDVALIDITY {va}) UID PARTIAL (-1:-1 2)
        S: * ESEARCH (TAG "b5" MAILBOX a/b UIDVALIDITY {vb}) UID PARTIAL (-1:-1 2)
        S: * ESEARCH (TAG "b5" MAILBOX a/b/c UIDVALIDITY {vc}) UID PARTIAL (-1:-1 1)
        S: b5 OK Done.
        """, Mail.One);

    [Fact]
    public Task The_selected_mailbox_stays_selected_and_is_searched_as_its_client_knows_it() => ImapServer.PlayAsync(Tree + """
        C: a1 SELECT a
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 ESEARCH UNSEEN
        S: * ESEARCH (TAG "a2" MAILBOX a UIDVALIDITY {va}) UID ALL 1:2
        S: a2 OK Done.
        C: a3 ESEARCH IN (selected) RETURN (SAVE) SUBJECT hit
        S: a3 OK Done.
        C: a4 ESEARCH RETURN () CHARSET UTF-8 $
        S: * ESEARCH (TAG "a4" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: a4 OK Done.
        C: a5 ESEARCH IN (subtree a) $
        S: * ESEARCH (TAG "a5" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: a5 OK Done.
        C: a6 ESEARCH IN (selected mailboxes a/b) RETURN (SAVE COUNT) ALL
        S: a6 BAD SAVE is for the selected mailbox only.
        C: a7 ESEARCH IN (selected mailboxes (a a-x)) SUBJECT hit
        S: * ESEARCH (TAG "a7" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: * ESEARCH (TAG "a7" MAILBOX a-x UIDVALIDITY {vx}) UID ALL 1
        S: a7 OK Done.
        C2: b1 SELECT a
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C2: b4 APPEND a {15+}
        C2: Subject: hit n
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b4 OK [APPENDUID {va} 3] Done.
        C: a8 ESEARCH IN (personal) SUBJECT hit UNDRAFT
        S: * ESEARCH (TAG "a8" MAILBOX a UIDVALIDITY {va}) UID ALL 1
        S: * ESEARCH (TAG "a8" MAILBOX a-x UIDVALIDITY {vx}) UID ALL 1
        S: * ESEARCH (TAG "a8" MAILBOX a/b UIDVALIDITY {vb}) UID ALL 1:2
        S: * ESEARCH (TAG "a8" MAILBOX a/b/c UIDVALIDITY {vc}) UID ALL 1
        S: * 1 EXPUNGE
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a8 OK Done.
        C: a9 FETCH 1:* UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 3)
        S: a9 OK Done.
        C: c1 ESEARCH SUBJECT nowhere
        S: c1 OK Done.
        C2: b5 CLOSE
        S2: b5 OK *
        C2: b6 DELETE a-x
        S2: b6 OK Done.
        C2: b7 ESEARCH IN (mailboxes a-x) ALL
        S2: b7 OK Done.
        """);

    [Fact]
    public Task Others_mailboxes_are_not_there() => ImapServer.PlayAsync(Tree + """
        C2 -> bob
        C2: b1 ESEARCH IN (personal subscribed inboxes) ALL
        S2: b1 OK Done.
        C2: b2 ESEARCH IN (subtree a mailboxes (a alice/a "alice@example.org/a")) ALL
        S2: b2 OK Done.
        C2: b3 ESEARCH IN (mailboxes nosuch) ALL
        S2: b3 OK Done.
        """, Mail.One);

    [Fact]
    public Task MODSEQ_is_answered_for_each_mailbox_and_turns_CONDSTORE_on() => ImapServer.PlayAsync(Tree + """
        C: a1 ESEARCH IN (subtree a) RETURN (ALL MAX) SUBJECT hit MODSEQ 1
        S: * ESEARCH (TAG "a1" MAILBOX a UIDVALIDITY {va}) UID MAX 1 ALL 1 MODSEQ {ma}
        S: * ESEARCH (TAG "a1" MAILBOX a/b UIDVALIDITY {vb}) UID MAX 2 ALL 1:2 MODSEQ {mb}
        S: * ESEARCH (TAG "a1" MAILBOX a/b/c UIDVALIDITY {vc}) UID MAX 1 ALL 1 MODSEQ {mc}
        S: a1 OK Done.
        C: a2 EXAMINE a/b
        ...
        S: a2 OK [READ-ONLY] Done.
        C: a3 FETCH 2 (FLAGS MODSEQ)
        S: * 2 FETCH (FLAGS () MODSEQ ({mb}))
        S: a3 OK Done.
        """);

    [Fact]
    public Task Names_are_in_the_encoding_of_the_session() => ImapServer.PlayAsync("""
        C: a1 CREATE "B&APw-cher &- mehr"
        S: a1 OK Done.
        C: a2 APPEND "B&APw-cher &- mehr" {11+}
        C: Subject: x
        S: a2 OK [APPENDUID {v} 1] Done.
        C: a3 ESEARCH IN (mailboxes ("B&APw-cher &- mehr")) ALL
        S: * ESEARCH (TAG "a3" MAILBOX "B&APw-cher &- mehr" UIDVALIDITY {v}) UID ALL 1
        S: a3 OK Done.
        C: a4 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a4 OK Done.
        C: <<a5 ESEARCH IN (subtree "B\xc3\xbccher & mehr") ALL\r\n>>
        S: * ESEARCH (TAG "a5" MAILBOX "Bücher & mehr" UIDVALIDITY {v}) UID ALL 1
        S: a5 OK Done.
        """);

    [Fact]
    public Task Refusals() => ImapServer.PlayAsync("""
        C: a1 ESEARCH ALL
        S: a1 BAD Select a mailbox first.
        C: a2 ESEARCH IN (selected personal) ALL
        S: a2 BAD Select a mailbox first.
        C: a3 ESEARCH IN (selected-delayed) ALL
        S: a3 BAD SELECTED-DELAYED is for NOTIFY only.
        C: a4 ESEARCH IN (mine) ALL
        S: a4 BAD Unknown mailbox specifier.
        C: a5 ESEARCH IN (personal (depth 1)) ALL
        S: a5 BAD No scope option is known.
        C: a6 ESEARCH IN (subtree) ALL
        S: a6 BAD Expected a space.
        C: a7 ESEARCH IN (personal)
        S: a7 BAD Expected a space.
        C: a8 ESEARCH IN (personal) CHARSET KOI8-R ALL
        S: a8 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: a9 ESEARCH IN (personal) RETURN (SAVE) ALL
        S: a9 BAD SAVE is for the selected mailbox only.
        C: b1 ESEARCH
        S: b1 BAD Expected a space.
        C: b2 ENABLE UIDONLY
        S: * ENABLED UIDONLY
        S: b2 OK Done.
        C: b3 ESEARCH IN (personal) 1:*
        S: b3 BAD [UIDREQUIRED] There are no sequence numbers with UIDONLY.
        C: b4 ESEARCH IN (personal) UID 1:*
        S: b4 OK Done.
        C2 -> bare
        S2: * OK *
        C2: c1 ESEARCH IN (personal) ALL
        S2: c1 BAD Log in first.
        """);

    [Fact]
    public Task Too_many_mailboxes_are_refused() => ImapServer.PlayAsync("""
        C: a1 ESEARCH IN (personal) ALL
        S: * ESEARCH *
        S: a1 OK Done.
        C: a2 CREATE more
        S: a2 OK Done.
        C: a3 ESEARCH IN (personal) ALL
        S: a3 NO [LIMIT] Too many mailboxes for one search.
        C: a4 ESEARCH IN (inboxes) ALL
        S: * ESEARCH *
        S: a4 OK Done.
        """, new TestServerOptions(), ImapServer.Options with { SearchMailboxesMax = 6 }, Mail.One);
}
