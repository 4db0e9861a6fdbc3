using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 4731: ESEARCH for a client of IMAP4rev1.</summary>
[Capability("ESEARCH")]
public sealed class Rfc4731Examples
{
    [Fact]
    public Task Section_3_1_result_options() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 STORE 2,4:5 +FLAGS.SILENT (\Flagged)
        S: t2 OK Done.
        C: t3 STORE 1:3 +FLAGS.SILENT (\Seen \Deleted)
        S: t3 OK Done.
        C: A282 SEARCH RETURN (MIN COUNT) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: * ESEARCH (TAG "A282") MIN 2 COUNT 3
        S: A282 OK Done.
        C: A283 SEARCH RETURN () FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: * ESEARCH (TAG "A283") ALL 2,4:5
        S: A283 OK Done.
        C: A284 SEARCH RETURN (MIN) UNSEEN
        S: * ESEARCH (TAG "A284") MIN 4
        S: A284 OK Done.
        C: A285 UID SEARCH RETURN (MIN MAX) 1:5000
        S: * ESEARCH (TAG "A285") UID MIN 1 MAX 5
        S: A285 OK Done.
        C: A286 SEARCH RETURN (COUNT) DELETED
        S: * ESEARCH (TAG "A286") COUNT 3
        S: A286 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two);

    // MIN and MAX alone tell the modseq of that message, both the higher one, COUNT the highest of all that were found.
    [Fact]
    public Task Section_3_2_with_CONDSTORE() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX (CONDSTORE)
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 STORE 2 +FLAGS.SILENT (\Draft)
        S: * 2 FETCH (UID 2 MODSEQ (8))
        S: t2 OK Done.
        C: t3 STORE 3 +FLAGS.SILENT (\Draft)
        S: * 3 FETCH (UID 3 MODSEQ (9))
        S: t3 OK Done.
        C: t4 STORE 5 +FLAGS.SILENT (\Seen)
        S: * 5 FETCH (UID 5 MODSEQ (10))
        S: t4 OK Done.
        C: t5 STORE 4 +FLAGS.SILENT (\Draft)
        S: * 4 FETCH (UID 4 MODSEQ (11))
        S: t5 OK Done.
        C: a1 SEARCH RETURN (MIN) MODSEQ "/flags/\\draft" all 8
        S: * ESEARCH (TAG "a1") MIN 2 MODSEQ 8
        S: a1 OK Done.
        C: a2 SEARCH RETURN (MAX) MODSEQ "/flags/\\draft" all 8
        S: * ESEARCH (TAG "a2") MAX 5 MODSEQ 10
        S: a2 OK Done.
        C: a3 SEARCH RETURN (MIN MAX) MODSEQ "/flags/\\draft" all 8
        S: * ESEARCH (TAG "a3") MIN 2 MAX 5 MODSEQ 10
        S: a3 OK Done.
        C: a4 SEARCH RETURN (MIN COUNT) MODSEQ "/flags/\\draft" all 8
        S: * ESEARCH (TAG "a4") MIN 2 COUNT 4 MODSEQ 11
        S: a4 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two);
}
