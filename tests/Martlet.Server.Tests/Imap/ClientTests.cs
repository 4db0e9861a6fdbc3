using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>What well-known clients send, and what tripped them over elsewhere. Each test says whose words it replays.</summary>
public sealed class ClientTests
{
    [Fact]
    public Task SOGo_and_Horde_ask_for_what_vanished_up_to_the_star() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX (CONDSTORE)
        ...
        S: * OK [HIGHESTMODSEQ 5] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 3 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 UID EXPUNGE 3
        S2: * 3 EXPUNGE
        S2: b3 OK Done.
        C: a3 NOOP
        S: * VANISHED 3
        S: a3 OK Done.
        C: a4 UID FETCH 1:* (UID) (CHANGEDSINCE 5 VANISHED)
        S: * VANISHED (EARLIER) 3
        S: a4 OK Done.
        """, Mail.One, Mail.Two, Mail.One);

    [Fact]
    public Task Horde_resynchronizes_for_ever_when_an_empty_mailbox_has_modseq_0() => ImapServer.PlayAsync("""
        C: a1 STATUS Drafts (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ)
        S: * STATUS Drafts (MESSAGES 0 UIDNEXT 1 UIDVALIDITY {validity} HIGHESTMODSEQ 2)
        S: a1 OK Done.
        C: a2 SELECT Drafts
        ...
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 1] The next UID.
        S: * OK [HIGHESTMODSEQ 2] Changes are numbered.
        S: a2 OK [READ-WRITE] Done.
        """);

    [Fact]
    public Task Evolution_wants_no_empty_VANISHED_and_CLOSED_before_the_next_mailbox() => ImapServer.PlayAsync("""
        C: a1 ENABLE CONDSTORE QRESYNC
        S: * ENABLED CONDSTORE QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 SELECT INBOX (QRESYNC ({validity} 3 1:1))
        S: * OK [CLOSED] The mailbox before is closed.
        S: * FLAGS *
        S: * OK [PERMANENTFLAGS *
        S: * 1 EXISTS
        S: * 0 RECENT
        S: * OK [UNSEEN 1] The first message not seen.
        S: * OK [UIDVALIDITY {validity}] UIDs are valid.
        S: * OK [UIDNEXT 2] The next UID.
        S: * OK [HIGHESTMODSEQ 3] Changes are numbered.
        S: a3 OK [READ-WRITE] Done.
        C: a4 UID FETCH 1:* (FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)]) (VANISHED CHANGEDSINCE 3)
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task A_silent_STORE_tells_the_modseq() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX (CONDSTORE)
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 UID STORE 1 +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 MODSEQ (4))
        S: a2 OK Done.
        """, Mail.One);

    [Fact]
    public Task Apple_Mail_asks_for_changes_since_0_and_sends_the_next_command_with_DONE() => ImapServer.PlayAsync("""
        C: 1.1 SELECT INBOX (CONDSTORE)
        ...
        S: 1.1 OK [READ-WRITE] Done.
        C: 2.1 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 0)
        S: * 1 FETCH (UID 1 FLAGS () MODSEQ (3))
        S: 2.1 OK Done.
        C: 3.1 IDLE
        S: + Waiting for DONE.
        C: <<DONE\r\n4.1 FETCH 1:* (FLAGS UID)\r\n>>
        S: 3.1 OK Done.
        S: * 1 FETCH (FLAGS () UID 1)
        S: 4.1 OK Done.
        C: <<\r\n5.1 UID MOVE 99 Trash\r\n>>
        S: 5.1 OK [HIGHESTMODSEQ 3] Done.
        C: 6.1 UID COPY 99 Trash
        S: 6.1 OK Nothing to copy.
        """, Mail.One);

    [Fact]
    public Task Vanished_messages_are_told_with_every_command_that_may() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT INBOX
        ...
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT INBOX
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 UID STORE 1:5 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C: a3 NOOP
        ...
        S: a3 OK Done.
        C2: b3 UID EXPUNGE 1
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a4 UID FETCH 6 UID
        S: * 6 FETCH (UID 6)
        S: * VANISHED 1
        S: a4 OK Done.
        C2: b4 UID EXPUNGE 2
        S2: * 1 EXPUNGE
        S2: b4 OK Done.
        C: a5 UID SEARCH ALL
        S: * SEARCH *
        S: * VANISHED 2
        S: a5 OK Done.
        C2: b5 UID EXPUNGE 3
        S2: * 1 EXPUNGE
        S2: b5 OK Done.
        C: a6 UID STORE 6 +FLAGS.SILENT (\Seen)
        S: * 4 FETCH (UID 6 MODSEQ (*))
        S: * VANISHED 3
        S: a6 OK Done.
        C2: b6 UID EXPUNGE 4
        ...
        S2: b6 OK Done.
        C: a7 STATUS Sent (MESSAGES)
        S: * STATUS Sent (MESSAGES 0)
        S: * VANISHED 4
        S: a7 OK Done.
        C2: b7 UID EXPUNGE 5
        ...
        S2: b7 OK Done.
        C: a8 LIST "" ""
        S: * LIST *
        S: * VANISHED 5
        S: a8 OK Done.
        """, Mail.One, Mail.Two, Mail.One, Mail.Two, Mail.One, Mail.Two);

    [Fact]
    public Task iPhones_loop_on_NO_when_what_they_move_is_gone() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 UID MOVE 7,9:12 Trash
        S: a2 OK Done.
        C: a3 UID COPY 7 Trash
        S: a3 OK Nothing to copy.
        C: a4 UID STORE 7 +FLAGS (\Deleted)
        S: a4 OK Done.
        C: a5 UID EXPUNGE 7
        S: a5 OK Done.
        C: a6 UID FETCH 7 FLAGS
        S: a6 OK Done.
        """, Mail.One);

    [Fact]
    public Task A_copy_of_what_is_there_already_is_a_new_message() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 UID COPY 1 Archive
        S: a2 OK [COPYUID {archive} 1 1] Done.
        C: a3 UID COPY 1 Archive
        S: a3 OK [COPYUID {archive} 1 2] Done.
        """, Mail.One);

    [Fact]
    public Task Outlook_needs_the_tag_in_quotes_and_others_UID_without_hits() => ImapServer.PlayAsync("""
        C: A1 SELECT INBOX
        ...
        S: A1 OK [READ-WRITE] Done.
        C: A2 UID SEARCH RETURN (ALL) FLAGGED
        S: * ESEARCH (TAG "A2") UID
        S: A2 OK Done.
        C: A3 UID SEARCH RETURN () ALL
        S: * ESEARCH (TAG "A3") UID ALL 1
        S: A3 OK Done.
        C: A4 SEARCH ALL
        S: * SEARCH 1
        S: A4 OK Done.
        C: A5 UID SEARCH FLAGGED
        S: * SEARCH
        S: A5 OK Done.
        """, Mail.One);

    [Fact]
    public Task Outlook_enables_UIDONLY_and_is_told_plainly_when_it_then_counts() => ImapServer.PlayAsync("""
        C: A1 ENABLE UIDONLY
        S: * ENABLED UIDONLY
        S: A1 OK Done.
        C: A2 SELECT INBOX
        ...
        S: A2 OK [READ-WRITE] Done.
        C: A3 FETCH 1 (UID FLAGS)
        S: A3 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: A4 UID FETCH 1 (UID FLAGS)
        S: * 1 UIDFETCH (FLAGS ())
        S: A4 OK Done.
        """, Mail.One);

    [Fact]
    public Task Thunderbird_sends_a_raw_ampersand_once_it_has_enabled_UTF_8() => ImapServer.PlayAsync("""
        C: 1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: 1 OK Done.
        C: 2 CREATE "R&D"
        S: 2 OK Done.
        C: 3 SELECT "R&D"
        ...
        S: 3 OK [READ-WRITE] Done.
        C: 4 LIST "" "R&D"
        S: * LIST (\HasNoChildren) "/" R&D
        S: 4 OK Done.
        C2: b1 LIST "" "R&-D"
        S2: * LIST (\HasNoChildren) "/" R&-D
        S2: b1 OK Done.
        """);

    [Fact]
    public Task Thunderbird_reads_keywords_it_made_and_finds_the_ones_of_others() => ImapServer.PlayAsync("""
        C: 1 SELECT INBOX
        ...
        S: 1 OK [READ-WRITE] Done.
        C: 2 UID STORE 1 +FLAGS ($label1 NonJunk $Forwarded $MDNSent)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important $label1 NonJunk)
        S: * 1 FETCH (UID 1 FLAGS ($label1 NonJunk $Forwarded $MDNSent))
        S: 2 OK Done.
        C: 3 UID SEARCH KEYWORD nonjunk KEYWORD $LABEL1 UNKEYWORD $label2
        S: * SEARCH 1
        S: 3 OK Done.
        C: 4 UID STORE 1 -FLAGS (NONJUNK)
        S: * 1 FETCH (UID 1 FLAGS ($label1 $Forwarded $MDNSent))
        S: 4 OK Done.
        """, Mail.One);

    [Fact]
    public Task Sub_folders_of_INBOX_are_found_in_any_case_of_INBOX() => ImapServer.PlayAsync("""
        C: a1 CREATE inbox/Work
        S: a1 OK Done.
        C: a2 LIST "" "INBOX/*"
        S: * LIST (\HasNoChildren) "/" INBOX/Work
        S: a2 OK Done.
        C: a3 SELECT Inbox/Work
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 STATUS iNbOx (UIDVALIDITY)
        S: * STATUS INBOX (UIDVALIDITY *)
        S: a4 OK Done.
        """);

    [Fact]
    public Task Both_old_and_new_names_of_the_whole_message_are_answered_as_asked() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 (RFC822.SIZE RFC822.HEADER)
        S: * 1 FETCH (RFC822.SIZE 91 RFC822.HEADER {83}
        S: From: Ann <ann@example.org>
        S: Subject: One
        S: Date: Sun, 1 Feb 2026 09:30:00 +0000
        S: 
        S: )
        S: a2 OK Done.
        C: a3 FETCH 1 (RFC822.TEXT)
        S: * 1 FETCH (RFC822.TEXT {8}
        S: First.
        S:  FLAGS (\Seen))
        S: a3 OK Done.
        C: a4 FETCH 1 (BODY.PEEK[TEXT])
        S: * 1 FETCH (BODY[TEXT] {8}
        S: First.
        S: )
        S: a4 OK Done.
        """, Mail.One);

    [Fact]
    public Task Clients_wait_for_a_continuation_with_a_space() => ImapServer.PlayAsync("""
        C: a1 APPEND Drafts {8}
        S: <<+ Ready for the literal.\r\n>>
        C: <<Hello.\r\n\r\n>>
        S: a1 OK [APPENDUID * 1] Done.
        C: a2 STATUS Drafts (MESSAGES UNSEEN)
        S: <<* STATUS Drafts (MESSAGES 1 UNSEEN 1)\r\n>>
        S: a2 OK Done.
        """);

    [Fact]
    public Task macOS_and_K9_find_capabilities_in_the_login_reply_and_special_uses_in_a_plain_LIST() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK [CAPABILITY *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK [CAPABILITY *
        C: a2 LIST "" "*"
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Drafts) "/" Drafts
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: a2 OK Done.
        """);

    [Fact]
    public Task FairEmail_watches_its_mailboxes_with_one_connection() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET STATUS (personal (MessageNew MessageExpunge FlagChange)) (subscribed (MailboxName SubscriptionChange))
        S: * STATUS Archive (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ 2)
        ...
        S: a1 OK Done.
        C2: b1 APPEND Archive (\Seen) {5+}
        C2: Hello
        S2: b1 OK [APPENDUID * 1] Done.
        S: * STATUS Archive (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 0)
        C: a2 STATUS Archive (UNSEEN)
        S: * STATUS Archive (UNSEEN 0)
        S: a2 OK Done.
        """);

    [Fact]
    public async Task A_hundred_keywords_and_more_are_kept_as_they_were_written()
    {
        var names = Enumerable.Range(1, 100).Select(i => $"Word-{i}").ToArray();
        await ImapServer.PlayAsync(
            $"""
            C: a1 SELECT INBOX
            ...
            S: a1 OK [READ-WRITE] Done.
            C: a2 UID STORE 1 +FLAGS.SILENT ({string.Join(' ', names)})
            S: * FLAGS *
            S: a2 OK Done.
            C: a3 UID STORE 2 +FLAGS.SILENT ({string.Join(' ', names.Select(name => name.ToUpperInvariant() + "b"))})
            S: * FLAGS *
            S: a3 OK Done.
            C: a4 UID FETCH 1 FLAGS
            S: * 1 FETCH (UID 1 FLAGS ({string.Join(' ', names)}))
            S: a4 OK Done.
            """,
            Mail.One,
            Mail.Two);
    }
}
