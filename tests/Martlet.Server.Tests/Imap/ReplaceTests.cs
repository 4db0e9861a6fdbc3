using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>REPLACE and UID REPLACE: RFC 8508.</summary>
[Commands("REPLACE", "UID REPLACE")]
public sealed class ReplaceTests
{
    [Fact]
    public Task The_new_message_is_told_before_the_old_one_goes() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Flagged)
        S: a2 OK Done.
        C: a3 REPLACE 1 inbox (\Seen \Draft) "01-Mar-2026 12:00:00 +0000" {16}
        S: + Ready for the literal.
        C: Subject: new
        C: 
        C: 
        S: * OK [APPENDUID {validity} 3] Replaced.
        S: * 1 EXPUNGE
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a3 OK Done.
        C: a4 FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE)
        S: * 1 FETCH (UID 2 FLAGS () INTERNALDATE " 1-Feb-2026 10:01:00 +0100" RFC822.SIZE 150)
        S: * 2 FETCH (UID 3 FLAGS (\Seen \Draft) INTERNALDATE " 1-Mar-2026 12:00:00 +0000" RFC822.SIZE 16)
        S: a4 OK Done.
        C: a5 UID REPLACE * inbox {15+}
        C: Subject: newer
        S: * OK [APPENDUID {validity} 4] Replaced.
        S: * 2 EXPUNGE
        S: * 2 EXISTS
        S: * 0 RECENT
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_draft_becomes_a_sent_message_and_others_see_it() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT Sent
        ...
        S2: b1 OK [READ-WRITE] Done.
        C3: c1 SELECT inbox
        ...
        S3: c1 OK [READ-WRITE] Done.
        C: a2 UID REPLACE 1 Sent (\Seen) {4+}
        C: sent
        S: * OK [APPENDUID {validity2} 1] Replaced.
        S: * 1 EXPUNGE
        S: a2 OK Done.
        C2: b2 NOOP
        S2: * 1 EXISTS
        S2: * 0 RECENT
        S2: b2 OK Done.
        C3: c2 NOOP
        S3: * 1 EXPUNGE
        S3: c2 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task With_QRESYNC_it_vanishes_and_the_reply_names_the_modseq() => ImapServer.PlayAsync("""
        C: a1 ENABLE QRESYNC
        S: * ENABLED QRESYNC
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 REPLACE 1 Sent {1+}
        C: x
        S: * OK [APPENDUID {validity2} 1] Replaced.
        S: * VANISHED 1
        S: a3 OK [HIGHESTMODSEQ {modseq}] Done.
        """, Mail.One);

    [Fact]
    public Task With_UIDONLY_only_the_UID_form_is_taken() => ImapServer.PlayAsync("""
        C: a1 ENABLE UIDONLY
        S: * ENABLED UIDONLY
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 REPLACE 1 inbox {3+}
        C: abc
        S: a3 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a4 REPLACE 1 inbox {3}
        S: a4 BAD [UIDREQUIRED] Use the UID form: sequence numbers are off.
        C: a5 UID REPLACE 1 Sent {3+}
        C: abc
        S: * OK [APPENDUID {validity2} 1] Replaced.
        S: * VANISHED 1
        S: a5 OK *
        """, Mail.One);

    [Fact]
    public Task What_is_refused_is_refused_before_the_data() => ImapServer.PlayAsync("""
        C2 -> bob
        C2: b1 CREATE Bobs
        S2: b1 OK Done.
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 REPLACE 1 nosuch {10}
        S: a2 NO [TRYCREATE] No such mailbox.
        C: a3 REPLACE 1 Bobs {10}
        S: a3 NO [TRYCREATE] No such mailbox.
        C: a4 REPLACE 2 inbox {10}
        S: a4 BAD There are not so many messages.
        C: a5 UID REPLACE 9 inbox {10}
        S: a5 NO [NONEXISTENT] No such message.
        C: a6 UID REPLACE 1 inbox {104857601}
        S: a6 NO [TOOBIG] The message is too large.
        C: a7 UID REPLACE 1 inbox {0}
        S: a7 NO [CANNOT] An empty message cannot be appended.
        C: a8 UID REPLACE 1 nosuch {3+}
        C: abc
        S: a8 NO [TRYCREATE] No such mailbox.
        C: a9 EXAMINE inbox
        ...
        S: a9 OK [READ-ONLY] Done.
        C: b1 REPLACE 1 Sent {3+}
        C: abc
        S: b1 NO [NOPERM] The mailbox is open read-only.
        C: b2 STATUS inbox (MESSAGES UIDNEXT)
        S: * STATUS INBOX (MESSAGES 1 UIDNEXT 2)
        S: b2 OK Done.
        """, Mail.One);

    [Fact]
    public Task Data_that_is_too_much_to_be_read_over_ends_the_connection() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 REPLACE 1 inbox {104857601+}
        S: * BYE [TOOBIG] The message is too large.
        S: <closed>
        """, Mail.One);

    [Fact]
    public Task A_message_that_another_session_expunged_is_not_replaced() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 REPLACE 1 inbox {10}
        S: + Ready for the literal.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: 0123456789
        S: * 1 EXPUNGE
        S: a2 NO [EXPUNGEISSUED] The message is gone.
        C: a3 STATUS inbox (MESSAGES UIDNEXT)
        S: * STATUS INBOX (MESSAGES 1 UIDNEXT 3)
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_message_known_to_be_expunged_is_refused_before_the_data() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 MOVE 1 Sent
        ...
        S2: b2 OK Done.
        C: a2 REPLACE 1 inbox {10}
        S: * 1 EXPUNGE
        S: a2 NO [EXPUNGEISSUED] The message is gone.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_deleted_mailbox_has_nothing_to_replace() => ImapServer.PlayAsync("""
        C: a1 CREATE Old
        S: a1 OK Done.
        C: a2 APPEND Old {1+}
        C: x
        S: a2 OK *
        C: a3 SELECT Old
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 REPLACE 1 inbox {2}
        S: + Ready for the literal.
        C2: b1 DELETE Old
        S2: b1 OK Done.
        C: xy
        S: * 1 EXPUNGE
        S: a4 NO [NONEXISTENT] No such mailbox.
        """);

    [Fact]
    public async Task Quota_counts_what_is_more_than_before()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", new string('x', 100), new string('y', 100));
        Assert.True((await server.Store.SetQuotaAsync(server.Account(TestServer.Alice).Id, 210, 2)).IsDone);
        await Transcript.RunAsync(server, $$"""
            C: a1 SELECT inbox
            ...
            S: a1 OK [READ-WRITE] Done.
            C: a2 REPLACE 1 inbox {111}
            S: a2 NO [OVERQUOTA] The account's quota is reached; delete messages first.
            C: a3 REPLACE 1 inbox {110+}
            C: {{new string('z', 110)}}
            S: * OK [APPENDUID {validity} 3] Replaced.
            S: * 1 EXPUNGE
            S: * 2 EXISTS
            S: * 0 RECENT
            S: a3 OK Done.
            """);
        await ImapServer.CheckAsync(server);
    }

    [Fact]
    public Task REPLACE_takes_one_number_a_mailbox_and_one_message() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 REPLACE
        S: a2 BAD Expected a space.
        C: a3 REPLACE 1:2 inbox {3+}
        C: abc
        S: a3 BAD Expected a space.
        C: a4 REPLACE $ inbox {3}
        S: a4 BAD Expected a number.
        C: a5 REPLACE 0 inbox {3}
        S: a5 BAD Expected a number above zero.
        C: a6 REPLACE 1 inbox
        S: a6 BAD Expected a space.
        C: a7 REPLACE 1 inbox (\Seen) "abc"
        S: a7 BAD *
        C: a8 REPLACE 1 inbox {3+}
        C: abc {3+}
        C: def
        S: a8 BAD Not understood after the message.
        C: a9 REPLACE 1 inbox {3+}
        C: abc {3}
        S: a9 BAD Not understood after the message.
        C: b1 REPLACE 1 inbox {3+}
        C: abc more
        S: b1 BAD Not understood after the message.
        C: b2 REPLACE 1 {5+}
        C: inbox UTF8 (~{3+}
        C: abc)
        S: * OK [APPENDUID {validity} 2] Replaced.
        S: * 1 EXPUNGE
        S: * 1 EXISTS
        S: * 0 RECENT
        S: b2 OK Done.
        """, Mail.One);
}
