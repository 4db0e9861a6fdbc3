using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>
/// Literals where no string belongs: a synchronizing one is refused without its data, the data of the other kind are read over, and the next command is understood.
/// Where strings belong, the class of each command plays both forms.
/// </summary>
public sealed class LiteralTests
{
    [Theory]
    [InlineData("CAPABILITY")]
    [InlineData("NOOP")]
    [InlineData("LOGOUT")]
    [InlineData("ID")]
    [InlineData("COMPRESS")]
    [InlineData("UNAUTHENTICATE")]
    [InlineData("ENABLE")]
    [InlineData("NAMESPACE")]
    [InlineData("IDLE")]
    [InlineData("NOTIFY")]
    [InlineData("CHECK")]
    [InlineData("CLOSE")]
    [InlineData("UNSELECT")]
    [InlineData("EXPUNGE")]
    [InlineData("UID EXPUNGE")]
    [InlineData("SEARCH")]
    [InlineData("UID SEARCH")]
    [InlineData("FETCH 1")]
    [InlineData("UID FETCH 1")]
    [InlineData("STORE 1 FLAGS")]
    [InlineData("UID STORE 1 FLAGS")]
    [InlineData("COPY")]
    [InlineData("UID COPY")]
    [InlineData("MOVE")]
    [InlineData("UID MOVE")]
    [InlineData("REPLACE")]
    [InlineData("UID REPLACE")]
    public Task After_login(string command) => ImapServer.PlayAsync($$"""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 {{command}} {3+}
        C: abc
        S: a2 BAD *
        C: a3 NOOP
        S: a3 OK Done.
        C: a4 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a4 OK Done.
        """, Mail.One);

    [Theory]
    [InlineData("STARTTLS")]
    [InlineData("AUTHENTICATE")]
    [InlineData("CAPABILITY")]
    public Task Before_login(string command) => ImapServer.PlayAsync($$"""
        C -> bare
        S: * OK *
        C: a1 {{command}} {3+}
        C: abc
        S: a1 BAD *
        C: a2 NOOP
        S: a2 OK Done.
        """);
}
