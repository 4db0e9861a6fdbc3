using Martlet.Server.Imap;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>INPROGRESS: RFC 9585. Without an interval every step of a search tells, so that no test has to be slow.</summary>
[Capability("INPROGRESS")]
public sealed class ProgressTests
{
    private static readonly ImapOptions Impatient = ImapServer.Options with { ProgressInterval = TimeSpan.Zero };

    [Fact]
    public Task A_long_search_says_how_far_it_is() => ImapServer.PlayAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SEARCH SUBJECT one
        S: * OK [INPROGRESS ("a2" 256 300)] 85% done.
        S: * SEARCH 1 300
        S: a2 OK Done.
        C: a3 ESEARCH IN (personal) RETURN (COUNT) TEXT one
        S: * OK [INPROGRESS ("a3" 256 300)] 85% done.
        S: * ESEARCH (TAG "a3" MAILBOX INBOX UIDVALIDITY *) UID COUNT 2
        S: a3 OK Done.
        """, new TestServerOptions(), Impatient, [Mail.One, .. Enumerable.Repeat(Mail.Two, 298), Mail.One]);

    [Fact]
    public Task A_short_one_says_nothing() => ImapServer.PlayTimedAsync("""
        C: a1 EXAMINE inbox
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SEARCH TEXT one
        S: * SEARCH 1
        S: a2 OK Done.
        T: 15s
        C: a3 SEARCH TEXT one
        S: * SEARCH 1
        S: a3 OK Done.
        """, [Mail.One, .. Enumerable.Repeat(Mail.Two, 300)]);
}
