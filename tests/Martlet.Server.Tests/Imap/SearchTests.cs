using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>SEARCH and UID SEARCH: RFC 9051 §6.4.4, RFC 4731, RFC 5182, RFC 5032, RFC 8514.</summary>
[Commands("SEARCH", "UID SEARCH")]
public sealed class SearchTests
{
    [Fact]
    public Task Flags() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Seen \Answered Blue)
        S: * FLAGS *
        S: a2 OK Done.
        C: a3 STORE 2 +FLAGS.SILENT (\Flagged \Draft)
        S: a3 OK Done.
        C: a4 STORE 3 +FLAGS.SILENT (\Deleted)
        S: a4 OK Done.
        C: a5 SEARCH ALL
        S: * SEARCH 1 2 3
        S: a5 OK Done.
        C: a6 SEARCH SEEN
        S: * SEARCH 1
        S: a6 OK Done.
        C: a7 SEARCH UNSEEN
        S: * SEARCH 2 3
        S: a7 OK Done.
        C: a8 SEARCH ANSWERED
        S: * SEARCH 1
        S: a8 OK Done.
        C: a9 SEARCH UNANSWERED
        S: * SEARCH 2 3
        S: a9 OK Done.
        C: b1 SEARCH FLAGGED
        S: * SEARCH 2
        S: b1 OK Done.
        C: b2 SEARCH UNFLAGGED
        S: * SEARCH 1 3
        S: b2 OK Done.
        C: b3 SEARCH DELETED
        S: * SEARCH 3
        S: b3 OK Done.
        C: b4 SEARCH UNDELETED
        S: * SEARCH 1 2
        S: b4 OK Done.
        C: b5 SEARCH DRAFT
        S: * SEARCH 2
        S: b5 OK Done.
        C: b6 SEARCH UNDRAFT
        S: * SEARCH 1 3
        S: b6 OK Done.
        C: b7 SEARCH KEYWORD blue
        S: * SEARCH 1
        S: b7 OK Done.
        C: b8 SEARCH UNKEYWORD BLUE
        S: * SEARCH 2 3
        S: b8 OK Done.
        C: b9 SEARCH KEYWORD nosuch
        S: * SEARCH
        S: b9 OK Done.
        C: c1 SEARCH UNKEYWORD nosuch
        S: * SEARCH 1 2 3
        S: c1 OK Done.
        C: c2 SEARCH NEW
        S: * SEARCH
        S: c2 OK Done.
        C: c3 SEARCH OLD
        S: * SEARCH 1 2 3
        S: c3 OK Done.
        C: c4 SEARCH RECENT
        S: * SEARCH
        S: c4 OK Done.
        C: c5 UID SEARCH NOT DELETED
        S: * SEARCH 1 2
        S: c5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Combinations() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH FROM ben SUBJECT two
        S: * SEARCH 2
        S: a2 OK Done.
        C: a3 SEARCH OR SUBJECT one SUBJECT three
        S: * SEARCH 1 3
        S: a3 OK Done.
        C: a4 SEARCH NOT FROM ben
        S: * SEARCH 1
        S: a4 OK Done.
        C: a5 SEARCH NOT NOT FROM ben
        S: * SEARCH 2 3
        S: a5 OK Done.
        C: a6 SEARCH (OR (FROM ann) (CC carl)) ALL
        S: * SEARCH 1 3
        S: a6 OK Done.
        C: a7 SEARCH OR OR SUBJECT one SUBJECT two SUBJECT three
        S: * SEARCH 1 2 3
        S: a7 OK Done.
        C: a8 search 1:2 not uid 1
        S: * SEARCH 2
        S: a8 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Sets() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 EXPUNGE
        S: * 1 EXPUNGE
        S: a3 OK Done.
        C: a4 SEARCH 1
        S: * SEARCH 1
        S: a4 OK Done.
        C: a5 SEARCH *
        S: * SEARCH 2
        S: a5 OK Done.
        C: a6 SEARCH 2:1
        S: * SEARCH 1 2
        S: a6 OK Done.
        C: a7 SEARCH 7
        S: * SEARCH
        S: a7 OK Done.
        C: a8 SEARCH 2:9
        S: * SEARCH 2
        S: a8 OK Done.
        C: a9 SEARCH 5:*
        S: * SEARCH 2
        S: a9 OK Done.
        C: b1 SEARCH UID 2
        S: * SEARCH 1
        S: b1 OK Done.
        C: b2 SEARCH UID 9:*
        S: * SEARCH 2
        S: b2 OK Done.
        C: b3 UID SEARCH 1
        S: * SEARCH 2
        S: b3 OK Done.
        C: b4 UID SEARCH UID 1:2
        S: * SEARCH 2
        S: b4 OK Done.
        C: b5 SEARCH 1,2,1
        S: * SEARCH 1 2
        S: b5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task An_empty_mailbox() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH ALL
        S: * SEARCH
        S: a2 OK Done.
        C: a3 SEARCH 1:*
        S: * SEARCH
        S: a3 OK Done.
        C: a4 SEARCH *
        S: * SEARCH
        S: a4 OK Done.
        C: a5 UID SEARCH UID *
        S: * SEARCH
        S: a5 OK Done.
        C: a6 UID SEARCH RETURN (MIN MAX COUNT ALL) ALL
        S: * ESEARCH (TAG "a6") UID COUNT 0
        S: a6 OK Done.
        C: a7 SEARCH RETURN (MIN MAX) ALL
        S: * ESEARCH (TAG "a7")
        S: a7 OK Done.
        """);

    [Fact]
    public Task Text_in_decoded_headers_and_bodies() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH SUBJECT "WIDER view"
        S: * SEARCH 3
        S: a2 OK Done.
        C: a3 SEARCH FROM ben@
        S: * SEARCH 2 3 5
        S: a3 OK Done.
        C: a4 SEARCH TO bob
        S: * SEARCH 4 5
        S: a4 OK Done.
        C: a5 SEARCH CC carl@example.com
        S: * SEARCH 3
        S: a5 OK Done.
        C: a6 SEARCH BCC secret
        S: * SEARCH 7
        S: a6 OK Done.
        C: <<a7 SEARCH SUBJECT {7+}\r\nstra\xc3\x9fe\r\n>>
        S: * SEARCH 7
        S: a7 OK Done.
        C: <<a8 SEARCH CHARSET UTF-8 FROM "j\xc3\xbcrgen"\r\n>>
        S: * SEARCH 7
        S: a8 OK Done.
        C: <<a9 SEARCH BODY "SCH\xc3\x96NE"\r\n>>
        S: * SEARCH 7
        S: a9 OK Done.
        C: b1 SEARCH BODY wetter
        S: * SEARCH 7
        S: b1 OK Done.
        C: b2 SEARCH BODY "soft break"
        S: * SEARCH 4
        S: b2 OK Done.
        C: b3 SEARCH BODY "inner text"
        S: * SEARCH 4
        S: b3 OK Done.
        C: b4 SEARCH BODY Inside
        S: * SEARCH 4
        S: b4 OK Done.
        C: b5 SEARCH SUBJECT Inside
        S: * SEARCH
        S: b5 OK Done.
        C: b6 SEARCH TEXT Nested
        S: * SEARCH 4
        S: b6 OK Done.
        C: b7 SEARCH BODY Nested
        S: * SEARCH
        S: b7 OK Done.
        C: b8 SEARCH TEXT X-Colour
        S: * SEARCH 3
        S: b8 OK Done.
        C: b9 SEARCH BODY Preamble
        S: * SEARCH
        S: b9 OK Done.
        C: c1 SEARCH SUBJECT "folded over"
        S: * SEARCH 5
        S: c1 OK Done.
        C: <<c2 SEARCH TEXT "Gr\xc3\xbc\xc3\x9fe"\r\n>>
        S: * SEARCH 4 6
        S: c2 OK Done.
        C: c3 SEARCH BODY ""
        S: * SEARCH 1 2 3 4 5 6 7
        S: c3 OK Done.
        C: c4 SEARCH TEXT AAECAwQF
        S: * SEARCH
        S: c4 OK Done.
        C: c5 SEARCH FROM "Ben <ben"
        S: * SEARCH 2 3
        S: c5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.Nested, Mail.Groups, Mail.EightBit, Mail.Encoded);

    [Fact]
    public Task Header_fields() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH HEADER X-Colour "deep"
        S: * SEARCH 3
        S: a2 OK Done.
        C: a3 SEARCH HEADER x-colour ""
        S: * SEARCH 3
        S: a3 OK Done.
        C: a4 SEARCH HEADER X-Nosuch ""
        S: * SEARCH
        S: a4 OK Done.
        C: a5 SEARCH HEADER Message-ID <two@
        S: * SEARCH 2
        S: a5 OK Done.
        C: <<a6 SEARCH HEADER Subject "stra\xc3\x9fe"\r\n>>
        S: * SEARCH 4
        S: a6 OK Done.
        C: a7 SEARCH HEADER To ""
        S: * SEARCH 2
        S: a7 OK Done.
        C: a8 SEARCH HEADER "X-Colour" {4}
        S: + Ready for the literal.
        C: Blue
        S: * SEARCH 3
        S: a8 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.Encoded);

    [Fact]
    public Task Dates() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 APPEND inbox "28-Feb-2026 23:30:00 -0500" {15+}
        C: Subject: late
        C: 
        S: * 4 EXISTS
        S: * 0 RECENT
        S: a2 OK [APPENDUID {validity} 4] Done.
        C: a3 SEARCH BEFORE 1-Feb-2026
        S: * SEARCH
        S: a3 OK Done.
        C: a4 SEARCH ON 1-Feb-2026
        S: * SEARCH 1 2 3
        S: a4 OK Done.
        C: a5 SEARCH SINCE 1-feb-2026
        S: * SEARCH 1 2 3 4
        S: a5 OK Done.
        C: a6 SEARCH BEFORE "28-Feb-2026"
        S: * SEARCH 1 2 3
        S: a6 OK Done.
        C: a7 SEARCH ON 28-Feb-2026
        S: * SEARCH 4
        S: a7 OK Done.
        C: a8 SEARCH SENTON 2-Feb-2026
        S: * SEARCH 2
        S: a8 OK Done.
        C: a9 SEARCH SENTBEFORE 2-Feb-2026
        S: * SEARCH 1
        S: a9 OK Done.
        C: b1 SEARCH SENTSINCE 2-Feb-2026
        S: * SEARCH 2
        S: b1 OK Done.
        C: b2 SEARCH NOT SENTSINCE 1-Jan-2000
        S: * SEARCH 3 4
        S: b2 OK Done.
        C: b3 SEARCH ON 31-Feb-2026
        S: b3 BAD The date does not exist.
        C: b4 SEARCH ON 1-2-2026
        S: b4 BAD Expected a month such as Jan.
        C: b5 SEARCH ON 01-Feb-2026
        S: * SEARCH 1 2 3
        S: b5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Sizes_and_ages() => ImapServer.PlayTimedAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH LARGER 131
        S: * SEARCH 2
        S: a2 OK Done.
        C: a3 SEARCH SMALLER 131
        S: * SEARCH 1
        S: a3 OK Done.
        C: a4 SEARCH LARGER 0
        S: * SEARCH 1 2 3
        S: a4 OK Done.
        C: a5 SEARCH OLDER 1
        S: * SEARCH 1 2 3
        S: a5 OK Done.
        C: a6 SEARCH YOUNGER 1
        S: * SEARCH
        S: a6 OK Done.
        C: a7 APPEND inbox {14+}
        C: Subject: now
        C: 
        S: * 4 EXISTS
        S: * 0 RECENT
        S: a7 OK [APPENDUID {validity} 4] Done.
        T: 10s
        C: a8 SEARCH YOUNGER 3600
        S: * SEARCH 4
        S: a8 OK Done.
        C: a9 SEARCH OLDER 3600
        S: * SEARCH 1 2 3
        S: a9 OK Done.
        C: b1 SEARCH SAVEDON 1-Mar-2026
        S: * SEARCH 1 2 3 4
        S: b1 OK Done.
        C: b2 SEARCH SAVEDBEFORE 1-Mar-2026
        S: * SEARCH
        S: b2 OK Done.
        C: b3 SEARCH SAVEDSINCE 2-Mar-2026
        S: * SEARCH
        S: b3 OK Done.
        C: b4 SEARCH SAVEDATESUPPORTED
        S: * SEARCH 1 2 3 4
        S: b4 OK Done.
        C: b5 SEARCH YOUNGER 0
        S: b5 BAD Expected a number above zero.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task Charsets() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH CHARSET UTF-8 ALL
        S: * SEARCH 1
        S: a2 OK Done.
        C: a3 SEARCH CHARSET us-ascii ALL
        S: * SEARCH 1
        S: a3 OK Done.
        C: a4 SEARCH CHARSET ISO-8859-1 ALL
        S: a4 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: a5 SEARCH CHARSET
        S: a5 BAD Expected a space.
        C: a6 SEARCH CHARSET UTF-8
        S: a6 BAD Expected a space.
        C: a7 SEARCH RETURN () CHARSET "UTF-8" ALL
        S: * ESEARCH (TAG "a7") ALL 1
        S: a7 OK Done.
        C: <<a8 SEARCH SUBJECT "\xff"\r\n>>
        S: a8 BAD The string is not valid UTF-8.
        """, Mail.One);

    [Fact]
    public Task SEARCH_takes_keys() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH
        S: a2 BAD Expected a space.
        C: a3 SEARCH BOGUS
        S: a3 BAD Unknown search key.
        C: a4 SEARCH NOT
        S: a4 BAD Expected a space.
        C: a5 SEARCH OR ALL
        S: a5 BAD Expected a space.
        C: a6 SEARCH (
        S: a6 BAD Expected a word.
        C: a7 SEARCH ()
        S: a7 BAD Expected a word.
        C: a8 SEARCH (ALL
        S: a8 BAD Expected ')'.
        C: a9 SEARCH FROM
        S: a9 BAD Expected a space.
        C: b1 SEARCH HEADER x
        S: b1 BAD Expected a space.
        C: b2 SEARCH KEYWORD \Seen
        S: b2 BAD Expected a keyword.
        C: b3 SEARCH RETURN (BOGUS) ALL
        S: b3 BAD Unknown return option.
        C: b4 SEARCH RETURN ALL
        S: b4 BAD Expected '('.
        C: b5 SEARCH RETURN (ALL)
        S: b5 BAD Expected a space.
        C: b6 SEARCH LARGER x
        S: b6 BAD Expected a number.
        C: b7 SEARCH 0
        S: b7 BAD Expected a number above zero.
        C: b8 SEARCH UID x
        S: b8 BAD Expected a number.
        C: b9 SEARCH ALL 
        S: b9 BAD Expected a word.
        C: c1 SEARCH ON yesterday
        S: c1 BAD Expected digits in the date.
        C: c2 SEARCH ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((ALL))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
        S: c2 BAD [TOOBIG] The search is nested too deep.
        C: c3 UID SEARCH
        S: c3 BAD Expected a space.
        C: c4 SEARCH MODSEQ
        S: c4 BAD Expected a space.
        C: c5 SEARCH MODSEQ "/flags/\\seen" mine 1
        S: c5 BAD Expected "/flags/" with a flag, and all, priv or shared.
        """, Mail.One);

    [Fact]
    public Task SEARCH_needs_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 SEARCH ALL
        S: a1 BAD Select a mailbox first.
        C: a2 UID SEARCH ALL
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 SEARCH ALL
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task With_UIDONLY_there_are_no_sequence_numbers_in_keys() => ImapServer.PlayAsync("""
        C: a1 ENABLE UIDONLY
        S: * ENABLED UIDONLY
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 UID SEARCH 1
        S: a3 BAD [UIDREQUIRED] There are no sequence numbers with UIDONLY.
        C: a4 UID SEARCH OR UID 1 (ALL NOT *)
        S: a4 BAD [UIDREQUIRED] There are no sequence numbers with UIDONLY.
        C: a5 UID SEARCH RETURN (SAVE COUNT) UID 1
        S: * ESEARCH (TAG "a5") UID COUNT 1
        S: a5 OK Done.
        C: a6 UID SEARCH $
        S: * SEARCH 1
        S: a6 OK Done.
        """, Mail.One);
}
