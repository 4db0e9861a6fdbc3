using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Where SEARCH looks for text, and what it takes to be the same: RFC 9051 §6.4.4, RFC 5051.</summary>
public sealed class SearchTextTests
{
    [Fact]
    public Task Case_and_composition_make_no_difference() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: <<a2 SEARCH SUBJECT "R\xc3\x89SUM\xc3\x89"\r\n>>
        S: * SEARCH 1 2
        S: a2 OK Done.
        C: <<a3 SEARCH FROM {4+}\r\ne\xcc\x81l\r\n>>
        S: * SEARCH 1
        S: a3 OK Done.
        C: <<a4 SEARCH BODY "CAF\xc3\x89"\r\n>>
        S: * SEARCH 1 2
        S: a4 OK Done.
        C: <<a5 SEARCH TEXT "cafe\xcc\x81"\r\n>>
        S: * SEARCH 1 2
        S: a5 OK Done.
        C: <<a6 SEARCH HEADER subject "re\xcc\x81sume\xcc\x81"\r\n>>
        S: * SEARCH 1 2
        S: a6 OK Done.
        C: a7 SEARCH BODY straszenbahn
        S: * SEARCH
        S: a7 OK Done.
        """, Mail.Composed, Mail.Decomposed);

    [Fact]
    public Task TEXT_looks_in_the_headers_of_parts_and_BODY_does_not() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH TEXT dot.png
        S: * SEARCH 1
        S: a2 OK Done.
        C: a3 SEARCH BODY dot.png
        S: * SEARCH
        S: a3 OK Done.
        C: a4 SEARCH TEXT "Carl <carl"
        S: * SEARCH 1
        S: a4 OK Done.
        C: a5 SEARCH BODY "Carl <carl"
        S: * SEARCH 1
        S: a5 OK Done.
        C: a6 SEARCH OR TEXT dot.png BODY inner NOT TEXT nowhere
        S: * SEARCH 1 2
        S: a6 OK Done.
        C: a7 SEARCH BODY "global inside"
        S: * SEARCH 3
        S: a7 OK Done.
        """, Mail.Nested, Mail.Forwarded, Mail.Global);

    [Fact]
    public Task Texts_that_do_not_fit_one_read() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 SEARCH BODY "the needle in"
        S: * SEARCH 1
        S: a2 OK Done.
        C: a3 SEARCH BODY "the last words"
        S: * SEARCH 1
        S: a3 OK Done.
        C: a4 SEARCH TEXT "no such words"
        S: * SEARCH
        S: a4 OK Done.
        C: a5 SEARCH HEADER X-Late end
        S: * SEARCH 1
        S: a5 OK Done.
        C: a6 SEARCH TEXT "late: end"
        S: * SEARCH 1
        S: a6 OK Done.
        """, Large());

    // 256 kB are read at once: a match lies across that border, and another at the very end.
    private static string Large()
    {
        var header = $"Subject: large\r\nX-Long: {string.Join("\r\n ", Enumerable.Repeat(new string('x', 70), 200))}\r\nX-Late: end\r\n\r\n";
        var line = new string('y', 76) + "\r\n";
        var filling = string.Concat(Enumerable.Repeat(line, 2 * 256 * 1024 / line.Length));
        return header + filling[..((256 * 1024) - header.Length - 7)] + "the needle in the hay" + filling + "the last words";
    }
}
