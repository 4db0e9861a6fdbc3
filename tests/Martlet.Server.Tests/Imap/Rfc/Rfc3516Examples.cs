using Xunit;

namespace Martlet.Server.Tests.Imap.Rfc;

/// <summary>RFC 3516 has no dialogues; these are what its §4 asks for.</summary>
[Capability("BINARY")]
public sealed class Rfc3516Examples
{
    [Fact]
    public Task Section_4_2_FETCH_BINARY() => ImapServer.PlayAsync("""
        C: a1 SELECT INBOX
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 FETCH 1 (BINARY.SIZE[3] BINARY.PEEK[1])
        S: * 1 FETCH (BINARY.SIZE[3] 6 BINARY[1] {20}
        S: Grüße, soft break.)
        S: a2 OK Done.
        C: a3 FETCH 1 (BINARY[1])
        S: * 1 FETCH (BINARY[1] {20}
        S: Grüße, soft break. FLAGS (\Seen))
        S: a3 OK Done.
        C: a4 FETCH 1 (BINARY.PEEK[1]<0.4>)
        S: * 1 FETCH (BINARY[1]<0> {4}
        S: Grü)
        S: a4 OK Done.
        C: a5 FETCH 2 (BINARY.PEEK[1])
        S: * 2 FETCH (BINARY[1] NIL)
        S: a5 NO [UNKNOWN-CTE] A part has a transfer encoding that is not known here.
        """, Mail.Nested, Mail.Unknown);

    [Fact]
    public Task Section_4_4_APPEND_with_a_literal8() => ImapServer.PlayAsync("""
        C: <<a1 APPEND INBOX ~{14+}\r\nSubject: x\r\n\r\n\r\n>>
        S: a1 OK [APPENDUID * 1] Done.
        C: a2 APPEND INBOX ~{14}
        S: + Ready for the literal.
        C: Subject: x
        C:
        C:
        S: a2 OK [APPENDUID * 2] Done.
        """);
}
