using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>SELECT and EXAMINE: RFC 9051 §6.3.2, §6.3.3.</summary>
[Commands("SELECT", "EXAMINE")]
[Capability("IMAP4rev1")]
public sealed class SelectTests
{
    [Fact]
    public Task SELECT_of_a_mailbox_with_messages() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C: a2 SELECT "INBOX"
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task The_first_unseen_message_is_named_to_RFC_3501_clients_only() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: a2 OK Done.
        C: a3 SELECT inbox
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 2] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a3 OK [READ-WRITE] Done.
        C: a4 STORE 2 +FLAGS (\Seen)
        S: * 2 FETCH (FLAGS (\Seen))
        S: a4 OK Done.
        C: a5 SELECT inbox
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a5 OK [READ-WRITE] Done.
        C: a6 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a6 OK Done.
        C: a7 STORE 1:2 -FLAGS.SILENT (\Seen)
        S: a7 OK Done.
        C: a8 SELECT inbox
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: * LIST () "/" INBOX
        S: a8 OK [READ-WRITE] Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task EXAMINE_allows_no_changes() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS ()] No flags can be changed.
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-ONLY] Done.
        C: a2 STORE 1 +FLAGS (\Seen)
        S: a2 NO [NOPERM] The mailbox is open read-only.
        C: a3 EXPUNGE
        S: a3 NO [NOPERM] The mailbox is open read-only.
        C: a4 UID EXPUNGE 1
        S: a4 NO [NOPERM] The mailbox is open read-only.
        C: a5 MOVE 1 inbox
        S: a5 NO [NOPERM] The mailbox is open read-only.
        C: a6 COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a6 OK [COPYUID {validity} 1 2] Done.
        C: a7 FETCH 1 BODY[TEXT]
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a7 OK Done.
        C: a8 FETCH 1:* FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: a8 OK Done.
        C: a9 UID STORE 1 FLAGS ()
        S: a9 NO [NOPERM] The mailbox is open read-only.
        C: b1 UID MOVE 1 inbox
        S: b1 NO [NOPERM] The mailbox is open read-only.
        """, Mail.One);

    [Fact]
    public Task A_missing_mailbox_is_not_selected_and_the_one_before_is_closed() => ImapServer.PlayAsync("""
        C: a1 SELECT nosuch
        S: a1 NO [NONEXISTENT] No such mailbox.
        C: a2 SELECT inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 SELECT nosuch
        S: * OK [CLOSED] The mailbox before is closed.
        S: a3 NO [NONEXISTENT] No such mailbox.
        C: a4 FETCH 1 FLAGS
        S: a4 BAD Select a mailbox first.
        C: a5 EXAMINE "no such"
        S: a5 NO [NONEXISTENT] No such mailbox.
        """, Mail.One);

    [Fact]
    public Task The_mailbox_of_another_account_is_as_missing_as_any() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C2 -> bob
        C2: b1 SELECT Secret
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 EXAMINE Secret
        S2: b2 NO [NONEXISTENT] No such mailbox.
        C2: b3 SELECT Missing
        S2: b3 NO [NONEXISTENT] No such mailbox.
        C2: b4 SELECT alice@example.org/Secret
        S2: b4 NO [NONEXISTENT] No such mailbox.
        C2: b5 SELECT "../alice/INBOX"
        S2: b5 NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public Task SELECT_takes_one_name() => ImapServer.PlayAsync("""
        C: a1 SELECT
        S: a1 BAD Expected a space.
        C: a2 SELECT 
        S: a2 BAD Expected a string or an atom.
        C: a3 SELECT inbox more
        S: a3 BAD Expected '('.
        C: a4 SELECT (inbox)
        S: a4 BAD Expected a string or an atom.
        C: a5 SELECT "inbox
        S: a5 BAD The quoted string does not end.
        C: a6 SELECT "in\box"
        S: a6 BAD Only \\ and \" are escapes in a quoted string.
        C: a7 EXAMINE
        S: a7 BAD Expected a space.
        C: a8 SELECT inbox ()
        S: a8 BAD Unknown or repeated parameter.
        C: a9 SELECT inbox (BOGUS)
        S: a9 BAD Unknown or repeated parameter.
        C: b1 SELECT ""
        S: b1 NO [NONEXISTENT] No such mailbox.
        C: b2 SELECT {6}
        S: + Ready for the literal.
        C: nosuch
        S: b2 NO [NONEXISTENT] No such mailbox.
        C: b3 EXAMINE {5+}
        C: inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS ()] No flags can be changed.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: b3 OK [READ-ONLY] Done.
        """);

    [Fact]
    public Task INBOX_has_any_case() => ImapServer.PlayAsync("""
        C: a1 SELECT InBoX
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C: a2 CREATE iNbOx/Sub
        S: a2 OK Done.
        C: a3 SELECT INBOX/Sub
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity2}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a3 OK [READ-WRITE] Done.
        C: a4 SELECT inbox/sub
        S: * OK [CLOSED] The mailbox before is closed.
        S: a4 NO [NONEXISTENT] No such mailbox.
        C: a5 SELECT inbox/Sub
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity2}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a5 OK [READ-WRITE] Done.
        """);

    [Fact]
    public Task With_IMAP4rev2_the_name_is_told_in_place_of_RECENT() => ImapServer.PlayAsync("""
        C: a1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a1 OK Done.
        C: a2 CREATE "Grüße"
        S: a2 OK Done.
        C: a3 SELECT "Grüße"
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: * LIST () "/" "Grüße"
        S: a3 OK [READ-WRITE] Done.
        C: a4 EXAMINE inbox
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS ()] No flags can be changed.
        S: * 0 EXISTS
        S: * OK [UIDVALIDITY {validity2}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: * LIST () "/" INBOX
        S: a4 OK [READ-ONLY] Done.
        """);

    [Fact]
    public Task A_name_with_an_ampersand_in_UTF_7_and_in_UTF_8() => ImapServer.PlayAsync("""
        C: a1 CREATE A&-B
        S: a1 OK Done.
        C: a2 CREATE Gr&APwA3w-e
        S: a2 OK Done.
        C: a3 SELECT "A&-B"
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 0 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a3 OK [READ-WRITE] Done.
        C: a4 SELECT "A&B"
        S: a4 BAD The mailbox name is not valid modified UTF-7.
        C: a5 LIST "" *
        S: * LIST (\HasNoChildren) "/" A&-B
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" Gr&APwA3w-e
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: a5 OK Done.
        C2: b1 ENABLE UTF8=ACCEPT
        S2: * ENABLED UTF8=ACCEPT
        S2: b1 OK Done.
        C2: b2 SELECT "A&B"
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S2: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S2: * 0 EXISTS
        S2: * 0 RECENT
        S2: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S2: * OK [UIDNEXT 1] The next UID.
        S2: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S2: b2 OK [READ-WRITE] Done.
        C2: b3 SELECT "Grüße"
        S2: * OK [CLOSED] The mailbox before is closed.
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S2: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S2: * 0 EXISTS
        S2: * 0 RECENT
        S2: * OK [UIDVALIDITY {validity2}] UIDs are valid.
        S2: * OK [UIDNEXT 1] The next UID.
        S2: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S2: b3 OK [READ-WRITE] Done.
        C2: b4 LIST "" *
        S2: * LIST (\HasNoChildren) "/" A&B
        S2: * LIST (\HasNoChildren \Archive) "/" Archive
        S2: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S2: * LIST (\HasNoChildren) "/" "Grüße"
        S2: * LIST (\HasNoChildren) "/" INBOX
        S2: * LIST (\HasNoChildren \Junk) "/" Junk
        S2: * LIST (\HasNoChildren \Sent) "/" Sent
        S2: * LIST (\HasNoChildren \Trash) "/" Trash
        S2: b4 OK Done.
        """);

    [Fact]
    public Task A_name_is_found_in_any_normalization() => ImapServer.PlayAsync("""
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK Done.
        C: a2 CREATE "Grüße"
        S: a2 OK Done.
        C: <<a3 STATUS "Gru\xcc\x88\xc3\x9fe" (MESSAGES)\r\n>>
        S: * STATUS "Grüße" (MESSAGES 0)
        S: a3 OK Done.
        C: <<a4 CREATE "Gru\xcc\x88\xc3\x9fe"\r\n>>
        S: a4 NO [ALREADYEXISTS] A mailbox of that name exists.
        C: <<a5 LIST "" "Gru\xcc\x88*"\r\n>>
        S: * LIST (\HasNoChildren) "/" "Grüße"
        S: a5 OK Done.
        """);

    [Fact]
    public Task What_others_did_before_is_told_by_SELECT_and_not_again() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 3] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        S2: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S2: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: * OK [UNSEEN 1] The first message not seen.
        S2: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S2: * OK [UIDNEXT 3] The next UID.
        S2: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Deleted)
        S2: * 1 FETCH (FLAGS (\Deleted))
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C2: b4 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b4 OK [APPENDUID {validity} 3] Done.
        C: a2 SELECT inbox
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important \*)] Flags that are kept.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 4] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 NOOP
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_message_is_appended_selected_fetched_and_searched() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox (\Seen $Work) " 1-Feb-2026 10:00:00 +0100" {58}
        S: + Ready for the literal.
        C: From: Ann <ann@example.org>
        C: Subject: Hello
        C: 
        C: Body text
        C: 
        S: a1 OK [APPENDUID {validity} 1] Done.
        C: a2 SELECT INBOX
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Work)
        S: * OK [PERMANENTFLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $Work \*)] Flags that are kept.
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C: a3 FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE)
        S: * 1 FETCH (UID 1 FLAGS (\Seen $Work) INTERNALDATE " 1-Feb-2026 10:00:00 +0100" RFC822.SIZE 58 ENVELOPE (NIL "Hello" (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) (("Ann" NIL "ann" "example.org")) NIL NIL NIL NIL NIL) BODYSTRUCTURE ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 11 1 NIL NIL NIL NIL))
        S: a3 OK Done.
        C: a4 UID SEARCH BODY "body TEXT"
        S: * SEARCH 1
        S: a4 OK Done.
        C: a5 STORE 1 +FLAGS (\Deleted)
        S: * 1 FETCH (FLAGS (\Deleted \Seen $Work))
        S: a5 OK Done.
        C: a6 EXPUNGE
        S: * 1 EXPUNGE
        S: a6 OK Done.
        C: a7 LOGOUT
        S: * BYE Logging out.
        S: a7 OK Goodbye.
        S: <closed>
        """);
}
