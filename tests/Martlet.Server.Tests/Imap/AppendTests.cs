using Martlet.Store.Model;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>APPEND: RFC 9051 §6.3.12, RFC 3502, RFC 6855 §4, RFC 7888.</summary>
[Commands("APPEND")]
public sealed class AppendTests
{
    [Fact]
    public Task Flags_and_date_are_kept() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox (\Seen \Draft Blue) " 1-Feb-1994 21:52:25 -0800" {19}
        S: + Ready for the literal.
        C: Subject: x
        C: 
        C: Text.
        S: a1 OK [APPENDUID {validity} 1] Done.
        C: a2 APPEND inbox () "17-Jul-2026 02:44:25 +0530" {12+}
        C: Subject: y
        C: 
        S: a2 OK [APPENDUID {validity} 2] Done.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 FETCH 1:* (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])
        S: * 1 FETCH (UID 1 FLAGS (\Seen \Draft Blue) INTERNALDATE " 1-Feb-1994 21:52:25 -0800" RFC822.SIZE 19 BODY[] {19}
        S: Subject: x
        S: 
        S: Text.)
        S: * 2 FETCH (UID 2 FLAGS () INTERNALDATE "17-Jul-2026 02:44:25 +0530" RFC822.SIZE 12 BODY[] {12}
        S: Subject: y
        S: )
        S: a4 OK Done.
        """);

    [Fact]
    public Task Without_a_date_it_is_now() => ImapServer.PlayTimedAsync("""
        C: a1 APPEND inbox {12+}
        C: Subject: x
        C: 
        S: a1 OK [APPENDUID {validity} 1] Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 FETCH 1 (FLAGS INTERNALDATE SAVEDATE)
        S: * 1 FETCH (FLAGS () INTERNALDATE " 1-Mar-2026 12:00:00 +0000" SAVEDATE " 1-Mar-2026 12:00:00 +0000")
        S: a3 OK Done.
        """);

    [Fact]
    public Task MULTIAPPEND_is_all_or_none() => ImapServer.PlayAsync("""
        C: <<a1 APPEND inbox (\\Seen) {14+}\r\nSubject: x\r\n\r\n (Blue) " 1-Feb-2026 10:00:00 +0000" {14+}\r\nSubject: y\r\n\r\n {14+}\r\nSubject: z\r\n\r\n\r\n>>
        S: a1 OK [APPENDUID {validity} 1:3] Done.
        C: <<a2 APPEND inbox {14+}\r\nSubject: x\r\n\r\n {0+}\r\n\r\n>>
        S: a2 NO [CANNOT] An empty message cannot be appended.
        C: <<a3 APPEND inbox {14+}\r\nSubject: x\r\n\r\n (\\Bogus) {3+}\r\nabc\r\n>>
        S: a3 BAD Not understood after the message.
        C: a4 APPEND inbox {14}
        S: + Ready for the literal.
        C: <<Subject: x\r\n\r\n (\\Bogus) {3}\r\n>>
        S: a4 BAD Not understood after the message.
        C: a5 NOOP
        S: a5 OK Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 FETCH 1:* (UID FLAGS)
        S2: * 1 FETCH (UID 1 FLAGS (\Seen))
        S2: * 2 FETCH (UID 2 FLAGS (Blue))
        S2: * 3 FETCH (UID 3 FLAGS ())
        S2: b2 OK Done.
        """);

    [Fact]
    public Task MULTIAPPEND_with_synchronizing_literals() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox {14}
        S: + Ready for the literal.
        C: <<Subject: x\r\n\r\n (\\Seen) {14}\r\n>>
        S: + Ready for the literal.
        C: <<Subject: y\r\n\r\n\r\n>>
        S: a1 OK [APPENDUID {validity} 1:2] Done.
        C: a2 APPEND inbox {14}
        S: + Ready for the literal.
        C: <<Subject: x\r\n\r\n {0}\r\n>>
        S: a2 NO [CANNOT] An empty message cannot be appended.
        C: a3 APPEND inbox {14}
        S: + Ready for the literal.
        C: <<Subject: x\r\n\r\n {104857601}\r\n>>
        S: a3 NO [TOOBIG] The message is too large.
        C: a4 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 2)
        S: a4 OK Done.
        """);

    [Fact]
    public Task UTF8_takes_a_literal8() => ImapServer.PlayAsync("""
        C: a1 ENABLE UTF8=ACCEPT
        S: * ENABLED UTF8=ACCEPT
        S: a1 OK Done.
        C: <<a2 APPEND inbox UTF8 (~{15+}\r\nSubject: \xc3\xbc\r\n\r\n)\r\n>>
        S: a2 OK [APPENDUID {validity} 1] Done.
        C: a3 APPEND inbox (\Seen) UTF8 (~{15}
        S: + Ready for the literal.
        C: <<Subject: \xc3\xbc\r\n\r\n)\r\n>>
        S: a3 OK [APPENDUID {validity} 2] Done.
        C: <<a4 APPEND inbox UTF8 (~{15+}\r\nSubject: \xc3\xbc\r\n\r\n\r\n>>
        S: a4 BAD Not understood after the message.
        C: <<a5 APPEND inbox UTF8 {15+}\r\nSubject: \xc3\xbc\r\n\r\n\r\n>>
        S: a5 BAD Expected '('.
        C: a6 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 2)
        S: a6 OK Done.
        """);

    [Fact]
    public Task A_zero_length_is_refused() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox {0}
        S: a1 NO [CANNOT] An empty message cannot be appended.
        C: <<a2 APPEND inbox {0+}\r\n\r\n>>
        S: a2 NO [CANNOT] An empty message cannot be appended.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task A_missing_mailbox_is_refused_before_the_data() => ImapServer.PlayAsync("""
        C: a1 APPEND nosuch {310}
        S: a1 NO [TRYCREATE] No such mailbox.
        C: <<a2 APPEND nosuch {4+}\r\nabcd\r\na3 NOOP\r\n>>
        S: a2 NO [TRYCREATE] No such mailbox.
        S: a3 OK Done.
        C: <<a4 APPEND nosuch {4+}\r\nabcd {4+}\r\nabcd\r\na5 NOOP\r\n>>
        S: a4 NO [TRYCREATE] No such mailbox.
        S: a5 OK Done.
        C2 -> bob
        C2: b1 CREATE Secret
        S2: b1 OK Done.
        C: b6 APPEND Secret {310}
        S: b6 NO [TRYCREATE] No such mailbox.
        """);

    [Fact]
    public Task Over_the_limit_is_refused_before_the_data() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox {104857601}
        S: a1 NO [TOOBIG] The message is too large.
        C: a2 NOOP
        S: a2 OK Done.
        C: <<a3 APPEND inbox {104857601+}\r\n>>
        S: * BYE [TOOBIG] The message is too large.
        S: <closed>
        """);

    [Fact]
    public Task The_mailbox_may_be_a_literal() => ImapServer.PlayAsync("""
        C: a1 APPEND {5}
        S: + Ready for the literal.
        C: inbox {14}
        S: + Ready for the literal.
        C: <<Subject: x\r\n\r\n\r\n>>
        S: a1 OK [APPENDUID {validity} 1] Done.
        C: <<a2 APPEND {5+}\r\ninbox {14+}\r\nSubject: x\r\n\r\n\r\n>>
        S: a2 OK [APPENDUID {validity} 2] Done.
        C: a3 APPEND {6}
        S: + Ready for the literal.
        C: nosuch {14}
        S: a3 NO [TRYCREATE] No such mailbox.
        """);

    [Fact]
    public Task Eight_bit_NUL_and_a_missing_final_newline_are_kept() => ImapServer.PlayAsync("""
        C: <<a1 APPEND inbox {18+}\r\nSubject: x\r\n\r\n\xff\xfe\n\x80\r\n>>
        S: a1 OK [APPENDUID {validity} 1] Done.
        C: <<a2 APPEND inbox ~{16+}\r\nSubject: x\r\n\r\na\x00\r\n>>
        S: a2 OK [APPENDUID {validity} 2] Done.
        C: <<a3 APPEND inbox {16+}\r\nSubject: x\r\n\r\na\x00\r\n>>
        S: a3 OK [APPENDUID {validity} 3] Done.
        C: <<a4 APPEND inbox {4+}\r\ntext\r\n>>
        S: a4 OK [APPENDUID {validity} 4] Done.
        C: a5 SELECT inbox
        ...
        S: a5 OK [READ-WRITE] Done.
        C: a6 FETCH 1:* RFC822.SIZE
        S: * 1 FETCH (RFC822.SIZE 18)
        S: * 2 FETCH (RFC822.SIZE 16)
        S: * 3 FETCH (RFC822.SIZE 16)
        S: * 4 FETCH (RFC822.SIZE 4)
        S: a6 OK Done.
        C: a7 FETCH 1 BODY.PEEK[]
        S: <<* 1 FETCH (BODY[] {18}\r\nSubject: x\r\n\r\n\xff\xfe\n\x80)\r\na7 OK Done.\r\n>>
        C: b7 FETCH 2 BODY.PEEK[TEXT]
        S: <<* 2 FETCH (BODY[TEXT] {2}\r\na\x00)\r\nb7 OK Done.\r\n>>
        C: a8 FETCH 4 (BODY BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT])
        S: * 4 FETCH (BODY ("text" "plain" ("charset" "us-ascii") NIL NIL "7BIT" 0 0) BODY[] {4}
        S: text BODY[HEADER] {4}
        S: text BODY[TEXT] {0}
        S: )
        S: a8 OK Done.
        """);

    [Fact]
    public Task A_client_that_goes_away_in_the_middle_leaves_nothing() => ImapServer.PlayAsync("""
        C: a1 APPEND inbox {100}
        S: + Ready for the literal.
        C: half a message
        C: <close>
        S: <closed>
        C2: b1 STATUS inbox (MESSAGES)
        S2: * STATUS INBOX (MESSAGES 0)
        S2: b1 OK Done.
        C2: b2 APPEND inbox {14}
        S2: + Ready for the literal.
        C2: Subject: x
        C2: <close>
        C3: c1 STATUS inbox (MESSAGES)
        S3: * STATUS INBOX (MESSAGES 0)
        S3: c1 OK Done.
        """);

    [Fact]
    public Task The_session_that_has_it_open_is_told_before_the_reply() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C: a2 APPEND inbox (\Flagged) {12+}
        C: Subject: x
        C: 
        S: * 1 EXISTS
        S: * 0 RECENT
        S: a2 OK [APPENDUID {validity} 1] Done.
        C2: b2 NOOP
        S2: * 1 EXISTS
        S2: * 0 RECENT
        S2: b2 OK Done.
        """);

    [Fact]
    public Task What_others_did_is_told_too() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a2 APPEND inbox {12+}
        C: Subject: x
        C: 
        S: * 1 EXPUNGE
        S: * 1 EXISTS
        S: * 0 RECENT
        S: a2 OK [APPENDUID {validity} 2] Done.
        """, Mail.One);

    [Fact]
    public Task APPEND_takes_a_mailbox_and_a_message() => ImapServer.PlayAsync("""
        C: a1 APPEND
        S: a1 BAD Expected a space.
        C: a2 APPEND inbox
        S: a2 BAD Expected a space.
        C: a3 APPEND inbox "text"
        S: a3 BAD Expected digits in the date.
        C: a4 APPEND inbox (\Seen)
        S: a4 BAD Expected a space.
        C: a5 APPEND inbox (\Bogus) {4}
        S: a5 BAD Unknown system flag.
        C: a6 APPEND inbox (\Seen {4}
        S: a6 BAD Expected an atom.
        C: a7 APPEND inbox "yesterday" {4}
        S: a7 BAD Expected digits in the date.
        C: a8 APPEND inbox "31-Feb-2026 10:00:00 +0000" {4}
        S: a8 BAD The date does not exist.
        C: a9 APPEND inbox "1-Feb-2026 10:00:00 +0000" {4}
        S: a9 BAD The date has too few or too many digits.
        C: b1 APPEND inbox " 1-Feb-2026 10:00:00" {4}
        S: b1 BAD Expected a space.
        C: b2 APPEND (inbox) {4}
        S: b2 BAD Expected a string or an atom.
        C: <<b3 APPEND inbox (\\Bogus) {4+}\r\nabcd\r\nb4 NOOP\r\n>>
        S: b3 BAD Unknown system flag.
        S: b4 OK Done.
        C: <<b5 APPEND inbox {4+}\r\nabcd more\r\nb6 NOOP\r\n>>
        S: b5 BAD Not understood after the message.
        S: b6 OK Done.
        C: b7 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 0)
        S: b7 OK Done.
        """);

    [Fact]
    public Task APPEND_needs_a_login() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 APPEND inbox {4}
        S: a1 BAD Log in first.
        C: a2 APPEND inbox
        S: a2 BAD Expected a space.
        """);

    [Fact]
    public Task Pipelined_APPENDs_are_answered_in_order() => ImapServer.PlayAsync("""
        C: <<a1 APPEND inbox {14+}\r\nSubject: x\r\n\r\n\r\na2 NOOP\r\na3 APPEND inbox {14+}\r\nSubject: y\r\n\r\n\r\na4 STATUS inbox (MESSAGES)\r\n>>
        S: a1 OK [APPENDUID {validity} 1] Done.
        S: a2 OK Done.
        S: a3 OK [APPENDUID {validity} 2] Done.
        S: * STATUS INBOX (MESSAGES 2)
        S: a4 OK Done.
        """);

    [Fact]
    public Task Messages_of_one_command_are_bounded_together() => ImapServer.PlayAsync(
        """
        C: <<a1 APPEND inbox {10+}\r\nA: b\r\n\r\nab {10+}\r\nA: b\r\n\r\nab\r\n>>
        S: a1 OK [APPENDUID {validity} 1:2] Done.
        C: <<a2 APPEND inbox {10+}\r\nA: b\r\n\r\nab {11+}\r\nA: b\r\n\r\nabc\r\n>>
        S: a2 NO [LIMIT] Too much in one command; append the rest with another.
        C: <<a3 APPEND inbox {21+}\r\nA: b\r\n\r\nabcdefghijklm\r\n>>
        S: a3 OK [APPENDUID {validity} 3] Done.
        """,
        new TestServerOptions(),
        ImapServer.Options with { AppendBytesMax = 20 });

    [Fact]
    public Task Messages_at_the_limits_are_taken_and_over_them_not() => ImapServer.PlayAsync(
        """
        C: <<a1 APPEND inbox {20+}\r\nSubject: 0123456789\n {14+}\r\nSubject: y\r\n\r\n\r\n>>
        S: a1 OK [APPENDUID {validity} 1:2] Done.
        C: <<a2 APPEND inbox {14+}\r\nSubject: x\r\n\r\n {14+}\r\nSubject: y\r\n\r\n {14+}\r\nSubject: z\r\n\r\n\r\na3 NOOP\r\n>>
        S: a2 NO [LIMIT] Too many messages in one command.
        S: a3 OK Done.
        C: a4 APPEND inbox {21}
        S: a4 NO [TOOBIG] The message is too large.
        C: <<a5 APPEND inbox {21+}\r\nSubject: 0123456789a\n\r\na6 NOOP\r\n>>
        S: a5 NO [TOOBIG] The message is too large.
        S: a6 OK Done.
        C: <<a7 APPEND inbox {14+}\r\nSubject: x\r\n\r\n {21+}\r\nSubject: 0123456789a\n\r\na8 NOOP\r\n>>
        S: a7 NO [TOOBIG] The message is too large.
        S: a8 OK Done.
        C: a9 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 2)
        S: a9 OK Done.
        """,
        new TestServerOptions { Limits = new StoreLimits { MessageBytesMax = 20 } },
        ImapServer.Options with { AppendMessagesMax = 2 });
}
