using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>NOTIFY: RFC 5465, with its examples adapted. What comes without a command comes by itself: nobody asks.</summary>
[Commands("NOTIFY")]
public sealed class NotifyTests
{
    [Fact]
    public Task The_selected_mailbox_is_told_while_no_command_runs() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (selected MessageNew (uid body.peek[header.fields (subject)]) MessageExpunge)
        S: a1 BAD Expected '('.
        C: a2 NOTIFY SET (SELECTED (MessageNew (UID BODY.PEEK[HEADER.FIELDS (SUBJECT)]) MessageExpunge FlagChange))
        S: a2 OK Done.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 inbox
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b2 OK [COPYUID * 1 2] Done.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * 2 FETCH (UID 2 BODY[HEADER.FIELDS (SUBJECT)] {16}
        S: Subject: One
        S: 
        S: )
        C2: b3 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b3 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Deleted))
        C2: b4 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b4 OK Done.
        S: * 1 EXPUNGE
        # Its own changes are not told again, but for the numbers.
        C: a4 COPY 1 inbox
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a4 OK [COPYUID * 2 3] Done.
        C: a5 STORE 1 +FLAGS.SILENT (\Seen)
        S: a5 OK Done.
        C2: b5 NOOP
        S2: * 1 FETCH (UID 2 FLAGS (\Seen))
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b5 OK Done.
        C: a6 NOTIFY NONE
        S: a6 OK Done.
        C2: b6 STORE 2 +FLAGS (\Flagged)
        S2: * 2 FETCH (FLAGS (\Flagged))
        S2: b6 OK Done.
        C: a7 NOOP
        S: a7 OK Done.
        # Nothing is lost: who asks again is told.
        C: a8 NOTIFY SET (SELECTED (MessageNew MessageExpunge FlagChange))
        S: * 2 FETCH (UID 3 FLAGS (\Flagged))
        S: a8 OK Done.
        """, Mail.One);

    [Fact]
    public Task Expunges_of_others_wait_for_a_command_when_they_are_to_be_delayed() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (SELECTED-DELAYED (MessageNew MessageExpunge FlagChange))
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Deleted))
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C2: b4 STORE 1 +FLAGS.SILENT (\Seen)
        S2: b4 OK Done.
        S: * 2 FETCH (UID 2 FLAGS (\Seen))
        C: a3 FETCH 1 UID
        S: * 1 FETCH (UID 1)
        S: a3 OK Done.
        C: a4 NOOP
        S: * 1 EXPUNGE
        S: a4 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_client_that_wants_nothing_still_hears_of_its_own_expunges() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 NOTIFY NONE
        S: a2 OK Done.
        C: a3 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a3 OK Done.
        C: a4 EXPUNGE
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C: a5 MOVE 1 Sent
        S: * OK [COPYUID * 2 1] Moved.
        S: * 1 EXPUNGE
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Other_mailboxes_are_told_with_STATUS() => ImapServer.PlayAsync("""
        C: a1 CREATE Lists/Lemonade
        S: a1 OK Done.
        C: a2 NOTIFY SET STATUS (selected (MessageNew MessageExpunge)) (subtree Lists (MessageNew MessageExpunge FlagChange)) (mailboxes (Sent Drafts NoSuch) (MessageNew MessageExpunge))
        S: * STATUS Drafts (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        S: * STATUS Lists (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        S: * STATUS Lists/Lemonade (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        S: * STATUS Sent (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        S: a2 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 Lists/Lemonade
        S2: b2 OK [COPYUID * 1 1] Done.
        S: * STATUS Lists/Lemonade (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 1)
        C2: b3 COPY 1 Junk
        S2: b3 OK [COPYUID * 1 1] Done.
        C2: b4 SELECT Lists/Lemonade
        ...
        S2: b4 OK [READ-WRITE] Done.
        C2: b5 STORE 1 +FLAGS.SILENT (\Flagged)
        S2: b5 OK Done.
        C2: b6 STORE 1 +FLAGS.SILENT (\Seen)
        S2: b6 OK Done.
        S: * STATUS Lists/Lemonade (UIDVALIDITY * UNSEEN 0)
        C: a3 ENABLE CONDSTORE
        S: * ENABLED CONDSTORE
        S: a3 OK Done.
        C2: b7 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b7 OK Done.
        S: * STATUS Lists/Lemonade (UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        C2: b8 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b8 OK Done.
        S: * STATUS Lists/Lemonade (MESSAGES 0 UIDNEXT 2 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ *)
        # Of the selected mailbox SELECTED alone decides.
        C: a4 SELECT Sent
        ...
        S: a4 OK [READ-WRITE] Done.
        C2: b9 SELECT inbox
        ...
        S2: b9 OK [READ-WRITE] Done.
        C2: c1 COPY 1 Sent
        S2: c1 OK [COPYUID * 1 1] Done.
        S: * 1 EXISTS
        S: * 0 RECENT
        # What this client does itself it is not told.
        C: a5 COPY 1 Drafts
        S: a5 OK [COPYUID * 1 1] Done.
        C: a6 NOOP
        S: a6 OK Done.
        """, Mail.One);

    [Fact]
    public Task Names_and_subscriptions_are_told_with_LIST() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (personal (MailboxName SubscriptionChange))
        S: a1 OK Done.
        C2: b1 CREATE New
        S2: b1 OK Done.
        S: * LIST (\HasNoChildren \Subscribed) "/" New
        C2: b2 CREATE New/Below
        S2: b2 OK Done.
        S: * LIST (\HasChildren \Subscribed) "/" New
        S: * LIST (\HasNoChildren \Subscribed) "/" New/Below
        C2: b3 RENAME New Old
        S2: b3 OK Done.
        S: * LIST (\HasChildren) "/" Old ("OLDNAME" (New))
        C2: b4 UNSUBSCRIBE New
        S2: b4 OK Done.
        S: * LIST (\NonExistent) "/" New
        C2: b5 SUBSCRIBE Old
        S2: b5 OK Done.
        S: * LIST (\HasChildren \Subscribed) "/" Old
        C2: b6 DELETE Old/Below
        S2: b6 OK Done.
        S: * LIST (\HasNoChildren \Subscribed) "/" Old
        S: * LIST (\NonExistent) "/" Old/Below
        C2: b7 CREATE Keep (USE (\Archive))
        S2: b7 OK Done.
        S: * LIST (\HasNoChildren \Subscribed \Archive) "/" Keep
        # What this client does itself it is not told.
        C: a2 CREATE Mine
        S: a2 OK Done.
        C: a3 RENAME Mine Yours
        S: a3 OK Done.
        C: a4 UNSUBSCRIBE Mine
        S: a4 OK Done.
        C: a5 DELETE Yours
        S: a5 OK Done.
        C: a6 NOOP
        S: a6 OK Done.
        """);

    [Fact]
    public Task The_subscribed_ones_are_those_subscribed_at_the_time() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (subscribed (MessageNew MessageExpunge SubscriptionChange)) (inboxes (MessageNew MessageExpunge))
        S: a1 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 Sent
        S2: b2 OK *
        S: * STATUS Sent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 1)
        C2: b3 UNSUBSCRIBE Sent
        S2: b3 OK Done.
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        C2: b4 COPY 1 Sent
        S2: b4 OK *
        C2: b5 COPY 1 inbox
        ...
        S2: b5 OK *
        S: * STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY * UNSEEN 2)
        """, Mail.One);

    [Fact]
    public Task IDLE_tells_the_same() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (selected (MessageNew (UID FLAGS) MessageExpunge)) (personal (MessageNew MessageExpunge))
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 IDLE
        S: + Waiting for DONE.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Seen)
        S2: b2 OK Done.
        C2: b3 COPY 1 Sent
        S2: b3 OK *
        S: * STATUS Sent (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 0)
        C2: b4 COPY 1 inbox
        ...
        S2: b4 OK *
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * 2 FETCH (UID 2 FLAGS (\Seen))
        C: DONE
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task With_QRESYNC_and_UIDONLY_it_speaks_their_way() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC UIDONLY
        S: * ENABLED QRESYNC UIDONLY
        S: a1 OK Done.
        C: a2 NOTIFY SET (selected (MessageNew (FLAGS) MessageExpunge FlagChange))
        S: a2 OK Done.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 inbox
        ...
        S2: b2 OK *
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * 2 UIDFETCH (FLAGS () MODSEQ (4))
        C2: b3 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b3 OK Done.
        S: * 1 UIDFETCH (FLAGS (\Deleted) MODSEQ (5))
        C2: b4 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b4 OK Done.
        S: * VANISHED 1
        """, Mail.One);

    [Fact]
    public Task NOTIFY_takes_groups_of_mailboxes_and_events() => ImapServer.PlayAsync("""
        C: a1 NOTIFY
        S: a1 BAD Expected a space.
        C: a2 NOTIFY BOGUS
        S: a2 BAD Expected another word.
        C: a3 NOTIFY NONE more
        S: a3 BAD Unexpected text after the arguments.
        C: a4 NOTIFY SET
        S: a4 BAD Expected a space.
        C: a5 NOTIFY SET STATUS
        S: a5 BAD Expected a space.
        C: a6 NOTIFY SET (bogus (MessageNew MessageExpunge))
        S: a6 BAD Unknown mailbox specifier.
        C: a7 NOTIFY SET (personal (MessageNew))
        S: a7 BAD MessageNew and MessageExpunge come together, and with the other message events.
        C: a8 NOTIFY SET (personal (FlagChange))
        S: a8 BAD MessageNew and MessageExpunge come together, and with the other message events.
        C: a9 NOTIFY SET (selected (MailboxName))
        S: a9 BAD Of the selected mailbox only message events can be told.
        C: b1 NOTIFY SET (personal (MessageNew (UID) MessageExpunge))
        S: b1 BAD Data items can be asked for in the selected mailbox only.
        C: b2 NOTIFY SET (selected NONE) (selected-delayed NONE)
        S: b2 BAD Only one group can be about the selected mailbox.
        C: b3 NOTIFY SET (subtree-one Sent (MailboxName))
        S: b3 BAD SUBTREE-ONE is for ESEARCH.
        C: b4 NOTIFY SET (personal (MessageNew MessageExpunge AnnotationChange))
        S: b4 NO [BADEVENT (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange)] Other events cannot be told.
        C: b5 NOTIFY SET (personal (SomethingElse))
        S: b5 NO [BADEVENT (MessageNew MessageExpunge FlagChange MailboxName SubscriptionChange MailboxMetadataChange ServerMetadataChange)] Other events cannot be told.
        C: b6 NOTIFY SET (mailboxes {4+}
        C: Sent (MailboxName))
        S: b6 OK Done.
        C: b7 NOTIFY SET (subtree (Sent Drafts) NONE)
        S: b7 OK Done.
        C: b8 NOTIFY SET (mailboxes () (MailboxName))
        S: b8 BAD *
        C: b9 NOTIFY SET (personal ())
        S: b9 BAD Expected an atom.
        C2 -> bare
        S2: * OK *
        C2: c1 NOTIFY NONE
        S2: c1 BAD Log in first.
        """);

    [Fact]
    public async Task More_mailboxes_than_can_be_watched_are_refused_and_later_told()
    {
        var options = ImapServer.Options with { NotifyMailboxesMax = 7 };
        await ImapServer.PlayAsync("""
            C: a1 LIST "" %
            ...
            S: a1 OK Done.
            C: a2 CREATE Seventh
            S: a2 OK Done.
            C: a3 NOTIFY SET (personal (MessageNew MessageExpunge MailboxName))
            S: a3 OK Done.
            C2: b1 CREATE Eighth
            S2: b1 OK Done.
            S: * LIST (\HasNoChildren \Subscribed) "/" Eighth
            S: * OK [NOTIFICATIONOVERFLOW] There are too many mailboxes to watch now.
            C2: b2 CREATE Ninth
            S2: b2 OK Done.
            C: a4 NOOP
            S: a4 OK Done.
            C: a5 NOTIFY SET (personal (MessageNew MessageExpunge))
            S: a5 NO [NOTIFICATIONOVERFLOW] These are too many mailboxes to watch.
            C: a6 NOTIFY SET (mailboxes Ninth (MessageNew MessageExpunge))
            S: a6 OK Done.
            """, new TestServerOptions(), options);
    }

    [Fact]
    public Task Nobody_is_told_of_other_accounts() => ImapServer.PlayAsync("""
        C -> bob
        C: a1 NOTIFY SET STATUS (mailboxes (Secret ../alice@example.org/Secret) (MessageNew MessageExpunge)) (personal (MailboxName SubscriptionChange))
        S: a1 OK Done.
        C2: b1 CREATE Secret
        S2: b1 OK Done.
        C2: b2 SELECT inbox
        ...
        S2: b2 OK [READ-WRITE] Done.
        C2: b3 COPY 1 Secret
        S2: b3 OK *
        C: a2 NOOP
        S: a2 OK Done.
        """, Mail.One);

    [Fact]
    public Task Many_changes_collapse_into_few() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (mailboxes Sent (MessageNew MessageExpunge))
        S: a1 OK Done.
        # Half a command is on its way: what happens meanwhile is told after it, once.
        C: <<a2 NO>>
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 Sent
        S2: b2 OK *
        C2: b3 COPY 1 Sent
        S2: b3 OK *
        C2: b4 COPY 1 Sent
        S2: b4 OK *
        C: <<OP\r\n>>
        S: * STATUS Sent (MESSAGES 3 UIDNEXT 4 UIDVALIDITY * UNSEEN 3)
        S: a2 OK Done.
        """, Mail.One);
}
