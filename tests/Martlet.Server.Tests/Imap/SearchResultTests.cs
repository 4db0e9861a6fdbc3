using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>What SEARCH answers: ESEARCH, saved results and when others are told (RFC 4731, RFC 9051 §6.4.4.1).</summary>
public sealed class SearchResultTests
{
    [Fact]
    public Task ESEARCH_with_every_return_option() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 EXPUNGE
        S: * 1 EXPUNGE
        S: a3 OK Done.
        C: a4 SEARCH RETURN (MIN) ALL
        S: * ESEARCH (TAG "a4") MIN 1
        S: a4 OK Done.
        C: a5 SEARCH RETURN (MAX) ALL
        S: * ESEARCH (TAG "a5") MAX 2
        S: a5 OK Done.
        C: a6 SEARCH RETURN (ALL) ALL
        S: * ESEARCH (TAG "a6") ALL 1:2
        S: a6 OK Done.
        C: a7 SEARCH RETURN (COUNT) ALL
        S: * ESEARCH (TAG "a7") COUNT 2
        S: a7 OK Done.
        C: a8 SEARCH RETURN (MIN MAX COUNT ALL) ALL
        S: * ESEARCH (TAG "a8") MIN 1 MAX 2 ALL 1:2 COUNT 2
        S: a8 OK Done.
        C: a9 SEARCH RETURN () ALL
        S: * ESEARCH (TAG "a9") ALL 1:2
        S: a9 OK Done.
        C: b1 UID SEARCH RETURN (MIN MAX COUNT ALL) ALL
        S: * ESEARCH (TAG "b1") UID MIN 2 MAX 3 ALL 2:3 COUNT 2
        S: b1 OK Done.
        C: b2 UID SEARCH RETURN () FLAGGED
        S: * ESEARCH (TAG "b2") UID
        S: b2 OK Done.
        C: b3 UID SEARCH RETURN (COUNT) FLAGGED
        S: * ESEARCH (TAG "b3") UID COUNT 0
        S: b3 OK Done.
        C: b4 SEARCH RETURN (MIN MAX ALL) FLAGGED
        S: * ESEARCH (TAG "b4")
        S: b4 OK Done.
        C: a"b SEARCH RETURN () ALL
        S: * BAD Expected a space.
        C: a/b.5 SEARCH RETURN (all count) CHARSET US-ASCII ALL
        S: * ESEARCH (TAG "a/b.5") ALL 1:2 COUNT 2
        S: a/b.5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task The_saved_result() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH $
        S: * SEARCH
        S: a2 OK Done.
        C: a3 SEARCH RETURN (SAVE) 2:3
        S: a3 OK Done.
        C: a4 FETCH $ UID
        S: * 2 FETCH (UID 2)
        S: * 3 FETCH (UID 3)
        S: a4 OK Done.
        C: a5 UID FETCH $ UID
        S: * 2 FETCH (UID 2)
        S: * 3 FETCH (UID 3)
        S: a5 OK Done.
        C: a6 SEARCH RETURN (COUNT) $
        S: * ESEARCH (TAG "a6") COUNT 2
        S: a6 OK Done.
        C: a7 SEARCH RETURN (SAVE ALL) $ FROM ben
        S: * ESEARCH (TAG "a7") ALL 2:3
        S: a7 OK Done.
        C: a8 SEARCH RETURN (SAVE MIN) ALL
        S: * ESEARCH (TAG "a8") MIN 1
        S: a8 OK Done.
        C: a9 FETCH $ UID
        S: * 1 FETCH (UID 1)
        S: a9 OK Done.
        C: b1 SEARCH RETURN (SAVE MIN MAX) ALL
        S: * ESEARCH (TAG "b1") MIN 1 MAX 3
        S: b1 OK Done.
        C: b2 FETCH $ UID
        S: * 1 FETCH (UID 1)
        S: * 3 FETCH (UID 3)
        S: b2 OK Done.
        C: b3 SEARCH RETURN (SAVE MAX COUNT) ALL
        S: * ESEARCH (TAG "b3") MAX 3 COUNT 3
        S: b3 OK Done.
        C: b4 SEARCH RETURN () UID $
        S: * ESEARCH (TAG "b4") ALL 1:3
        S: b4 OK Done.
        C: b5 STORE $ +FLAGS.SILENT (\Seen)
        S: b5 OK Done.
        C: b6 SEARCH RETURN (SAVE) 1
        S: b6 OK Done.
        C: b7 STORE 1 +FLAGS.SILENT (\Deleted)
        S: b7 OK Done.
        C: b8 EXPUNGE
        S: * 1 EXPUNGE
        S: b8 OK Done.
        C: b9 FETCH $ UID
        S: b9 OK Done.
        C: c1 SEARCH RETURN (SAVE) NOT ALL
        S: c1 OK Done.
        C: c2 FETCH $ UID
        S: c2 OK Done.
        C: c3 SEARCH RETURN (SAVE) ALL
        S: c3 OK Done.
        C: c4 SEARCH RETURN (SAVE) BOGUS
        S: c4 BAD Unknown search key.
        C: c5 FETCH $ UID
        S: * 1 FETCH (UID 2)
        S: * 2 FETCH (UID 3)
        S: c5 OK Done.
        C: c6 SELECT inbox
        ...
        S: c6 OK [READ-WRITE] Done.
        C: c7 FETCH $ UID
        S: c7 OK Done.
        C: c8 SEARCH RETURN (SAVE) ALL
        S: c8 OK Done.
        C: c9 CREATE Old
        S: c9 OK Done.
        C: d1 COPY $ Old
        S: d1 OK [COPYUID {validity2} 2:3 1:2] Done.
        C: d2 UID EXPUNGE $
        S: d2 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task With_IMAP4rev2_the_answer_is_ESEARCH() => ImapServer.PlayAsync("""
        C: a1 ENABLE IMAP4rev2
        S: * ENABLED IMAP4rev2
        S: a1 OK Done.
        C: a2 SELECT inbox
        ...
        S: a2 OK [READ-WRITE] Done.
        C: a3 SEARCH ALL
        S: * ESEARCH (TAG "a3") ALL 1:2
        S: a3 OK Done.
        C: a4 UID SEARCH 2
        S: * ESEARCH (TAG "a4") UID ALL 2
        S: a4 OK Done.
        C: a5 SEARCH FLAGGED
        S: * ESEARCH (TAG "a5")
        S: a5 OK Done.
        C: a6 SEARCH RETURN (SAVE) ALL
        S: a6 OK Done.
        C: a7 SEARCH RETURN (COUNT) $
        S: * ESEARCH (TAG "a7") COUNT 2
        S: a7 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task EXPUNGE_is_not_told_during_SEARCH_by_number() => ImapServer.PlayAsync("""
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
        C2: b4 APPEND inbox {12+}
        C2: Subject: x
        C2: 
        S2: * 2 EXISTS
        S2: * 0 RECENT
        S2: b4 OK [APPENDUID {validity} 3] Done.
        C: a2 SEARCH ALL
        S: * SEARCH 1 2
        S: * 3 EXISTS
        S: * 0 RECENT
        S: a2 OK Done.
        C: a3 SEARCH ALL
        S: * SEARCH 1 2 3
        S: a3 OK Done.
        C: a4 UID SEARCH ALL
        S: * SEARCH 1 2 3
        S: * 1 EXPUNGE
        S: a4 OK Done.
        C: a5 SEARCH ALL
        S: * SEARCH 1 2
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task SEARCH_is_allowed_in_a_mailbox_opened_with_EXAMINE() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SEARCH BODY first
        S: * SEARCH 1
        S: a2 OK Done.
        C: a3 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task PARTIAL_answers_a_part() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 EXPUNGE
        S: * 1 EXPUNGE
        S: a3 OK Done.
        C: a4 UID SEARCH RETURN (PARTIAL 1:2) ALL
        S: * ESEARCH (TAG "a4") UID PARTIAL (1:2 2:3)
        S: a4 OK Done.
        C: a5 UID SEARCH RETURN (PARTIAL -1:-2) ALL
        S: * ESEARCH (TAG "a5") UID PARTIAL (-1:-2 4:5)
        S: a5 OK Done.
        C: a6 SEARCH RETURN (PARTIAL 3:2 COUNT) ALL
        S: * ESEARCH (TAG "a6") COUNT 4 PARTIAL (3:2 2:3)
        S: a6 OK Done.
        C: a7 SEARCH RETURN (PARTIAL 5:9) ALL
        S: * ESEARCH (TAG "a7") PARTIAL (5:9 NIL)
        S: a7 OK Done.
        C: a8 SEARCH RETURN (PARTIAL 1:9) FLAGGED
        S: * ESEARCH (TAG "a8") PARTIAL (1:9 NIL)
        S: a8 OK Done.
        C: a9 UID SEARCH RETURN (MIN PARTIAL -1:-1) ALL
        S: * ESEARCH (TAG "a9") UID MIN 2 PARTIAL (-1:-1 5)
        S: a9 OK Done.
        C: b1 UID SEARCH RETURN (MAX PARTIAL -2:-3) ALL
        S: * ESEARCH (TAG "b1") UID MAX 5 PARTIAL (-2:-3 3:4)
        S: b1 OK Done.
        C: b2 UID SEARCH RETURN (SAVE PARTIAL 2:3) ALL
        S: * ESEARCH (TAG "b2") UID PARTIAL (2:3 3:4)
        S: b2 OK Done.
        C: b3 UID SEARCH $
        S: * SEARCH 3 4
        S: b3 OK Done.
        C: b4 UID SEARCH RETURN (SAVE MIN PARTIAL -1:-1) ALL
        S: * ESEARCH (TAG "b4") UID MIN 2 PARTIAL (-1:-1 5)
        S: b4 OK Done.
        C: b5 UID SEARCH $
        S: * SEARCH 2 5
        S: b5 OK Done.
        C: b6 UID SEARCH RETURN (SAVE COUNT PARTIAL 1:1) ALL
        S: * ESEARCH (TAG "b6") UID COUNT 4 PARTIAL (1:1 2)
        S: b6 OK Done.
        C: b7 UID SEARCH $
        S: * SEARCH 2 3 4 5
        S: b7 OK Done.
        C: b8 SEARCH RETURN (ALL PARTIAL 1:1) ALL
        S: b8 BAD ALL and PARTIAL exclude each other.
        C: b9 SEARCH RETURN (PARTIAL 1:1 PARTIAL 2:2) ALL
        S: b9 BAD PARTIAL may be given once.
        C: c1 SEARCH RETURN (PARTIAL 1:-1) ALL
        S: c1 BAD Both ends of the range must count from the same side.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One, Mail.Two);

    [Fact]
    public Task A_search_for_the_last_ones_finds_them_across_batches() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH RETURN (MAX) SUBJECT two
        S: * ESEARCH (TAG "a2") MAX 1
        S: a2 OK Done.
        C: a3 SEARCH RETURN (PARTIAL -299:-301) ALL
        S: * ESEARCH (TAG "a3") PARTIAL (-299:-301 1:3)
        S: a3 OK Done.
        C: a4 SEARCH RETURN (MIN) NOT SUBJECT two MODSEQ 1
        S: * OK [HIGHESTMODSEQ *
        S: * ESEARCH (TAG "a4") MIN 2 MODSEQ *
        S: a4 OK Done.
        C: a5 SEARCH RETURN (PARTIAL 257:258) SUBJECT one
        S: * ESEARCH (TAG "a5") PARTIAL (257:258 258:259)
        S: a5 OK Done.
        """, [Mail.Two, .. Enumerable.Repeat(Mail.One, 300)]);

    [Fact]
    public Task MODSEQ_is_told_with_what_was_found() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH MODSEQ 1 FLAGGED
        S: * OK [HIGHESTMODSEQ *
        S: * SEARCH
        S: a2 OK Done.
        C: a3 STORE 2 +FLAGS (\Flagged)
        S: * 2 FETCH (UID 2 FLAGS (\Flagged) MODSEQ ({m2}))
        S: a3 OK Done.
        C: a4 STORE 1 +FLAGS (\Flagged)
        S: * 1 FETCH (UID 1 FLAGS (\Flagged) MODSEQ ({m1}))
        S: a4 OK Done.
        C: a5 SEARCH MODSEQ {m2}
        S: * SEARCH 1 2 (MODSEQ {m1})
        S: a5 OK Done.
        C: a6 UID SEARCH MODSEQ "/flags/\\flagged" all {m1}
        S: * SEARCH 1 (MODSEQ {m1})
        S: a6 OK Done.
        C: a7 SEARCH NOT MODSEQ {m2}
        S: * SEARCH 3 (MODSEQ *)
        S: a7 OK Done.
        C: a8 SEARCH RETURN (MIN) MODSEQ {m2}
        S: * ESEARCH (TAG "a8") MIN 1 MODSEQ {m1}
        S: a8 OK Done.
        C: a9 SEARCH RETURN (MAX) MODSEQ {m2}
        S: * ESEARCH (TAG "a9") MAX 2 MODSEQ {m2}
        S: a9 OK Done.
        C: b1 SEARCH RETURN (MIN MAX) MODSEQ {m2}
        S: * ESEARCH (TAG "b1") MIN 1 MAX 2 MODSEQ {m1}
        S: b1 OK Done.
        C: b2 SEARCH RETURN (MAX COUNT) MODSEQ {m2}
        S: * ESEARCH (TAG "b2") MAX 2 COUNT 2 MODSEQ {m1}
        S: b2 OK Done.
        C: b3 SEARCH RETURN (PARTIAL 2:2) MODSEQ {m2}
        S: * ESEARCH (TAG "b3") PARTIAL (2:2 2) MODSEQ {m2}
        S: b3 OK Done.
        C: b4 SEARCH RETURN (COUNT) MODSEQ 9223372036854775807
        S: * ESEARCH (TAG "b4") COUNT 0
        S: b4 OK Done.
        C: b5 SEARCH FLAGGED
        S: * SEARCH 1 2
        S: b5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task An_unknown_charset_empties_the_saved_result() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH RETURN (SAVE) ALL
        S: a2 OK Done.
        C: a3 SEARCH CHARSET KOI8-R TEXT x
        S: a3 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: a4 SEARCH $
        S: * SEARCH 1
        S: a4 OK Done.
        C: <<a5 SEARCH RETURN (SAVE) CHARSET KOI8-R (OR $ 1,3000:3021) TEXT {2+}\r\n\xf0\xff\r\n>>
        S: a5 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: a6 SEARCH $
        S: * SEARCH
        S: a6 OK Done.
        C: a7 FETCH $ UID
        S: a7 OK Done.
        """, Mail.One);
}
