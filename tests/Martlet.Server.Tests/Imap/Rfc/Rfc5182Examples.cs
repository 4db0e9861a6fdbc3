using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>The examples of RFC 5182 as a client of IMAP4rev1 sees them; RFC 9051 has them again (<see cref="Rfc9051MessageExamples"/>).</summary>
[Capability("SEARCHRES")]
public sealed class Rfc5182Examples
{
    [Fact]
    public Task Section_2_2_examples_1_to_4() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 STORE 2,4 +FLAGS.SILENT (\Flagged)
        S: t2 OK Done.
        C: A282 SEARCH RETURN (SAVE) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"
        S: A282 OK Done.
        C: A283 FETCH $ (UID INTERNALDATE FLAGS)
        S: * 2 FETCH (UID 2 INTERNALDATE " 1-Feb-2026 10:01:00 +0100" FLAGS (\Flagged))
        S: * 4 FETCH (UID 4 INTERNALDATE " 1-Feb-2026 10:03:00 +0100" FLAGS (\Flagged))
        S: A283 OK Done.
        C: <<A284 SEARCH RETURN (SAVE) FLAGGED SINCE 1-Feb-1994 NOT FROM "Smith"\r\nA285 FETCH $ (UID)\r\n>>
        S: A284 OK Done.
        S: * 2 FETCH (UID 2)
        S: * 4 FETCH (UID 4)
        S: A285 OK Done.
        C: A300 SEARCH RETURN (SAVE) SINCE 1-Jan-2004 NOT FROM "Smith"
        S: A300 OK Done.
        C: A301 UID SEARCH UID $ SMALLER 100
        S: * SEARCH 1 4
        S: A301 OK Done.
        C: A302 UID SEARCH $ SMALLER 100
        S: * SEARCH 1 4
        S: A302 OK Done.
        C: P282 SEARCH RETURN (SAVE) FLAGGED
        S: P282 OK Done.
        C: P283 SEARCH CHARSET UTF-8 (OR $ 1,3000:3021) TEXT {8}
        S: + Ready for the literal.
        C: мать
        S: * SEARCH
        S: P283 OK Done.
        """, Mail.One, Mail.Two, Mail.Three, Mail.One);

    // The RFC says the saved result is empty after B283, which has no SAVE: RFC 9051 §6.4.4.4 took that back and gives B283 a SAVE.
    [Fact]
    public Task Section_2_2_example_5() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: B282 SEARCH RETURN (SAVE) SINCE 1-Feb-1994 NOT FROM "Smith"
        S: B282 OK Done.
        C: B283 SEARCH CHARSET KOI8-R (OR $ 1,3000:3021) TEXT {4}
        S: + Ready for the literal.
        C: XXXX
        S: B283 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: B284 SEARCH $
        S: * SEARCH 1
        S: B284 OK Done.
        C: B285 SEARCH RETURN (SAVE) CHARSET KOI8-R (OR $ 1,3000:3021) TEXT {4+}
        C: XXXX
        S: B285 NO [BADCHARSET (US-ASCII UTF-8)] Only US-ASCII and UTF-8 are known.
        C: B286 SEARCH $
        S: * SEARCH
        S: B286 OK Done.
        """, Mail.One);

    [Fact]
    public Task Section_2_2_example_6() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: <<E282 SEARCH RETURN (SAVE) SINCE 28-Oct-2036 NOT FROM "Eric"\r\nE283 COPY $ "Sent"\r\n>>
        S: E282 OK Done.
        S: E283 OK Nothing to copy.
        """, Mail.One);

    // Examples 7 to 9: one command after the other, so their answers come in order.
    [Fact]
    public Task Section_2_3_commands_in_progress() => ImapServer.PlayAsync("""
        C: t1 SELECT INBOX
        ...
        S: t1 OK [READ-WRITE] Done.
        C: t2 STORE 3 +FLAGS.SILENT ($Junk)
        S: * FLAGS *
        S: t2 OK Done.
        C: <<F282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nF283 COPY $ "Junk"\r\nF284 STORE $ +FLAGS.Silent (\\Deleted)\r\n>>
        S: F282 OK Done.
        S: F283 OK [COPYUID * 3 1] Done.
        S: F284 OK Done.
        C: <<G282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nG283 SEARCH RETURN (ALL) SINCE 28-Oct-2006 FROM "Ben"\r\n>>
        S: G282 OK Done.
        S: * ESEARCH (TAG "G283") ALL 2:3
        S: G283 OK Done.
        C: <<H282 SEARCH RETURN (SAVE) KEYWORD $Junk\r\nH283 SEARCH RETURN (SAVE) SINCE 28-Oct-2006 FROM "Ben"\r\n>>
        S: H282 OK Done.
        S: H283 OK Done.
        C: H284 SEARCH $
        S: * SEARCH 2 3
        S: H284 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);
}
