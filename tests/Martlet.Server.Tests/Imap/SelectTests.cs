using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>SELECT, EXAMINE, CLOSE, UNSELECT: RFC 9051 §6.3.2, §6.3.3, §6.4.1, §6.4.2.</summary>
public sealed class SelectTests
{
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
