using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 7377. Commands run one after the other, so the two answers are not mixed.</summary>
[Capability("MULTISEARCH")]
public sealed class Rfc7377Examples
{
    [Fact]
    public Task Section_3_ESEARCH() => ImapServer.PlayAsync("""
        C: a1 CREATE folder1
        S: a1 OK Done.
        C: a2 CREATE folder2/banana
        S: a2 OK Done.
        C: a3 CREATE folder2/peach
        S: a3 OK Done.
        C: a4 CREATE folder2/peach/deep
        S: a4 OK Done.
        C: a5 SELECT INBOX
        ...
        S: a5 OK [READ-WRITE] Done.
        C: a6 COPY 1:2 folder1
        S: a6 OK [COPYUID {v1} 1:2 1:2] Done.
        C: a7 COPY 2 folder2/banana
        S: a7 OK [COPYUID {v2} 2 1] Done.
        C: a8 COPY 2 folder2/peach/deep
        S: a8 OK [COPYUID {v3} 2 1] Done.
        C: <<tag1 ESEARCH IN (mailboxes "folder1" subtree "folder2") unseen\r\ntag2 ESEARCH IN (mailboxes "folder1" subtree-one "folder2") subject "two"\r\n>>
        S: * ESEARCH (TAG "tag1" MAILBOX folder1 UIDVALIDITY {v1}) UID ALL 1:2
        S: * ESEARCH (TAG "tag1" MAILBOX folder2/banana UIDVALIDITY {v2}) UID ALL 1
        S: * ESEARCH (TAG "tag1" MAILBOX folder2/peach/deep UIDVALIDITY {v3}) UID ALL 1
        S: tag1 OK Done.
        S: * ESEARCH (TAG "tag2" MAILBOX folder1 UIDVALIDITY {v1}) UID ALL 2
        S: * ESEARCH (TAG "tag2" MAILBOX folder2/banana UIDVALIDITY {v2}) UID ALL 1
        S: tag2 OK Done.
        """, Mail.One, Mail.Two);

    // The text of §2 speaks of "UID ESEARCH", which is no command: UIDs are what ESEARCH always answers.
    [Fact]
    public Task Section_2_no_UID_ESEARCH() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: tag1 UID ESEARCH FROM "frobozz" 1:100
        S: tag1 BAD Unknown command.
        C: tag2 ESEARCH IN (selected) FROM "ben"
        S: * ESEARCH (TAG "tag2" MAILBOX INBOX UIDVALIDITY *) UID ALL 2
        S: tag2 OK Done.
        """, Mail.One, Mail.Two);
}
