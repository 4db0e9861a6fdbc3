using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>
/// The examples of RFC 5465. Those of §3.1 lack the parentheses that its grammar asks for around the events of a group, and MessageExpunge beside MessageNew (§5.2);
/// both are put right here. §7 (UPDATE) is of CONTEXT, which is not offered.
/// </summary>
[Capability("NOTIFY")]
public sealed class Rfc5465Examples
{
    [Fact]
    public Task Section_3_1_NOTIFY() => ImapServer.PlayAsync("""
        C: a1 CREATE Lists/Lemonade
        S: a1 OK Done.
        C: a2 CREATE Lists/Im2000
        S: a2 OK Done.
        C: a3 CREATE misc
        S: a3 OK Done.
        C: b notify set status (selected (MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge)) (subtree Lists (MessageNew MessageExpunge))
        S: * STATUS Lists (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ 4)
        S: * STATUS Lists/Im2000 (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ 5)
        S: * STATUS Lists/Lemonade (MESSAGES 0 UIDNEXT 1 UIDVALIDITY * UNSEEN 0 HIGHESTMODSEQ 4)
        S: b OK Done.
        C: c select inbox
        ...
        S: c OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 COPY 1 Lists/Lemonade
        S2: b2 OK [COPYUID * 1 1] Done.
        S: * STATUS Lists/Lemonade (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 1)
        C2: b3 COPY 1 inbox
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b3 OK [COPYUID * 1 2] Done.
        S: * 2 EXISTS
        S: * 0 RECENT
        S: * 2 FETCH (UID 2 BODY[HEADER.FIELDS (from to subject)] {72}
        S: From: Ben <ben@example.net>
        S: To: Ann <ann@example.org>
        S: Subject: Two
        S:
        S: )
        C: d STATUS misc (UIDVALIDITY UIDNEXT MESSAGES)
        S: * STATUS misc (MESSAGES 0 UIDNEXT 1 UIDVALIDITY *)
        S: d OK Done.
        C: e notify set (selected (MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge)) (subtree Lists (MessageNew MessageExpunge)) (mailboxes misc (MessageNew MessageExpunge))
        S: e OK Done.
        C2: b4 COPY 1 misc
        S2: b4 OK [COPYUID * 1 1] Done.
        S: * STATUS misc (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 1)
        """, Mail.Two);

    [Fact]
    public Task Section_3_1_without_the_parentheses_it_is_refused() => ImapServer.PlayAsync("""
        C: b notify set status (selected MessageNew (uid body.peek[header.fields (from to subject)]) MessageExpunge) (subtree Lists MessageNew)
        S: b BAD *
        """);

    [Fact]
    public Task Section_5_1_to_5_3_messages() => ImapServer.PlayAsync("""
        C: a1 CREATE Lists/Lemonade
        S: a1 OK Done.
        C: a2 NOTIFY SET (selected (MessageNew MessageExpunge FlagChange)) (subtree Lists (MessageNew MessageExpunge FlagChange))
        S: a2 OK Done.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Flagged)
        S2: b2 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Flagged))
        C2: b3 COPY 2 Lists/Lemonade
        S2: b3 OK [COPYUID * 2 1] Done.
        S: * STATUS Lists/Lemonade (MESSAGES 1 UIDNEXT 2 UIDVALIDITY * UNSEEN 1)
        C2: b4 STORE 2 +FLAGS.SILENT (\Deleted)
        S2: b4 OK Done.
        S: * 2 FETCH (UID 2 FLAGS (\Deleted))
        C2: b5 EXPUNGE
        S2: * 2 EXPUNGE
        S2: b5 OK Done.
        S: * 2 EXPUNGE
        C: a4 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: * OK [HIGHESTMODSEQ *] Changes are numbered.
        S: a4 OK Done.
        C2: b6 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b6 OK Done.
        S: * 1 FETCH (UID 1 FLAGS (\Flagged \Deleted) MODSEQ (*))
        C2: b7 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b7 OK Done.
        S: * VANISHED 1
        C2: b8 SELECT Lists/Lemonade
        ...
        S2: b8 OK [READ-WRITE] Done.
        C2: b9 STORE 1 +FLAGS.SILENT (\Flagged)
        S2: b9 OK Done.
        S: * STATUS Lists/Lemonade (UIDVALIDITY * UNSEEN 1 HIGHESTMODSEQ *)
        """, Mail.One, Mail.Two);

    // \Subscribed is told with each name; a renamed mailbox is told as §5.4 has it.
    [Fact]
    public Task Section_5_4_and_5_5_names_and_subscriptions() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (personal (MailboxName SubscriptionChange))
        S: a1 OK Done.
        C2: b1 CREATE OldMailbox
        S2: b1 OK Done.
        S: * LIST (\HasNoChildren \Subscribed) "/" OldMailbox
        C2: b2 UNSUBSCRIBE OldMailbox
        S2: b2 OK Done.
        S: * LIST (\HasNoChildren) "/" OldMailbox
        C2: b3 RENAME OldMailbox NewMailbox
        S2: b3 OK Done.
        S: * LIST (\HasNoChildren) "/" NewMailbox ("OLDNAME" (OldMailbox))
        C2: b4 SUBSCRIBE NewMailbox
        S2: b4 OK Done.
        S: * LIST (\HasNoChildren \Subscribed) "/" NewMailbox
        C2: b5 UNSUBSCRIBE NewMailbox
        S2: b5 OK Done.
        S: * LIST (\HasNoChildren) "/" NewMailbox
        C2: b6 DELETE NewMailbox
        S2: b6 OK Done.
        S: * LIST (\NonExistent) "/" NewMailbox
        """);

    [Fact]
    public Task Section_5_6_and_5_7_metadata() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (mailboxes INBOX (MailboxMetadataChange)) (personal (ServerMetadataChange))
        S: a1 OK Done.
        C2: b1 SETMETADATA INBOX (/shared/comment "x")
        S2: b1 OK Done.
        C2: b2 SETMETADATA "" (/shared/comment "x")
        S2: b2 NO [NOPERM] /shared/comment of the server cannot be changed.
        C2: b3 SETMETADATA INBOX (/private/comment "x")
        S2: b3 OK Done.
        C2: b4 SETMETADATA "" (/private/comment "x")
        S2: b4 OK Done.
        C: a2 NOOP
        S: * METADATA INBOX /shared/comment
        S: * METADATA INBOX /private/comment
        S: * METADATA "" /private/comment
        S: a2 OK Done.
        """);

    // Both groups are about INBOX.
    [Fact]
    public Task Section_6_several_groups_for_one_mailbox() => ImapServer.PlayAsync("""
        C: a notify set (mailboxes INBOX (Messagenew messageExpunge)) (personal (SubscriptionChange))
        S: a OK Done.
        C2: b1 UNSUBSCRIBE INBOX
        S2: b1 OK Done.
        S: * LIST (\HasNoChildren) "/" INBOX
        C2: b2 UNSUBSCRIBE Sent
        S2: b2 OK Done.
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        C: a2 notify set (selected (Messagenew (uid flags) messageExpunge)) (personal (MessageNew FlagChange MessageExpunge))
        S: a2 OK Done.
        """);
}
