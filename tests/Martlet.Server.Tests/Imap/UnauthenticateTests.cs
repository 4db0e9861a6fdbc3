using Martlet.Server.Imap;
using Martlet.Testing;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>UNAUTHENTICATE: RFC 8437.</summary>
[Commands("UNAUTHENTICATE")]
public sealed class UnauthenticateTests
{
    private static readonly string Always = string.Join(' ', Capabilities.All.Select(row => row.Name));

    [Fact]
    public Task The_next_user_finds_nothing_of_the_first() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C: a2 ENABLE IMAP4rev2 UTF8=ACCEPT
        S: * ENABLED *
        S: a2 OK Done.
        C: a3 SELECT inbox
        ...
        S: a3 OK [READ-WRITE] Done.
        C: a4 SEARCH RETURN (SAVE) ALL
        S: a4 OK Done.
        C: a5 UNAUTHENTICATE
        S: a5 OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID STARTTLS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] Nobody is logged in.
        C: a6 FETCH 1 FLAGS
        S: a6 BAD Log in first.
        C: a7 LIST "" *
        S: a7 BAD Log in first.
        C: a8 LOGIN bob@example.org "correct horse"
        S: a8 OK [CAPABILITY *
        C: a9 FETCH 1 FLAGS
        S: a9 BAD Select a mailbox first.
        C: b1 STATUS Secret (MESSAGES)
        S: b1 NO [NONEXISTENT] No such mailbox.
        C: b2 SELECT inbox
        ...
        S: * 0 EXISTS
        S: * 0 RECENT
        ...
        S: b2 OK [READ-WRITE] Done.
        C: b3 UID FETCH $ FLAGS
        S: b3 OK Done.
        C2: c1 SELECT inbox
        ...
        S2: c1 OK [READ-WRITE] Done.
        C2: c2 STORE 1 +FLAGS.SILENT (\Seen)
        S2: c2 OK Done.
        C: b4 NOOP
        S: b4 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task The_mailbox_is_closed_without_expunging() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Deleted)
        S: a2 OK Done.
        C: a3 UNAUTHENTICATE
        S: a3 OK *
        C: a4 LOGIN alice@example.org "correct horse"
        S: a4 OK *
        C: a5 STATUS inbox (MESSAGES)
        S: * STATUS INBOX (MESSAGES 2)
        S: a5 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Another_login_may_be_pipelined() => ImapServer.PlayAsync("""
        C: <<a1 UNAUTHENTICATE\r\na2 AUTHENTICATE PLAIN AGJvYkBleGFtcGxlLm9yZwBjb3JyZWN0IGhvcnNl\r\na3 CREATE Mine\r\n>>
        S: a1 OK *
        S: a2 OK *
        S: a3 OK Done.
        C2: b1 LIST "" Mine
        S2: b1 OK Done.
        C3 -> bob
        C3: c1 LIST "" Mine
        S3: * LIST (\HasNoChildren) "/" Mine
        S3: c1 OK Done.
        """);

    [Fact]
    public Task The_limits_before_login_hold_again() => ImapServer.PlayAsync($"""
        C: a1 UNAUTHENTICATE
        S: a1 OK *
        C: a2 LOGIN x {Big(4097)}
        S: a2 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a3 LOGIN x {new string('x', 8193)}
        S: * BYE [TOOBIG] The line is too long.
        S: <closed>
        """);

    [Fact]
    public async Task Silence_and_bad_commands_are_borne_as_before_login()
    {
        await ImapServer.PlayTimedAsync("""
            C: a1 UNAUTHENTICATE
            S: a1 OK *
            T: 70s
            S: * BYE Silent for too long.
            S: <closed>
            """);
        var bad = string.Concat(Enumerable.Range(1, 10).Select(i => $"C: b{i} BOGUS\nS: b{i} BAD Unknown command.\n"));
        await ImapServer.PlayAsync($"""
            C: a1 BOGUS
            S: a1 BAD Unknown command.
            C: a2 UNAUTHENTICATE
            S: a2 OK *
            {bad}S: * BYE Too many bad commands.
            S: <closed>
            """);
    }

    [Fact]
    public Task TLS_stays_and_compression_ends() => ImapServer.PlayAsync("""
        C -> imaps
        S: * OK *
        C: a1 LOGIN alice@example.org "correct horse"
        S: a1 OK *
        C: a2 COMPRESS DEFLATE
        S: a2 OK *
        C -> deflate
        C: a3 NOOP
        S: a3 OK Done.
        C -> plain
        C: a4 UNAUTHENTICATE
        S: a4 OK [CAPABILITY IMAP4rev2 IMAP4rev1 LITERAL+ SASL-IR ENABLE ID AUTH=SCRAM-SHA-256-PLUS AUTH=SCRAM-SHA-1-PLUS AUTH=SCRAM-SHA-256 AUTH=SCRAM-SHA-1 AUTH=PLAIN AUTH=LOGIN] *
        C: a5 LOGIN bob@example.org "correct horse"
        S: a5 OK [CAPABILITY *
        C: a6 COMPRESS DEFLATE
        S: a6 OK *
        C -> deflate
        C: a7 NOOP
        S: a7 OK Done.
        C -> plain
        C: a8 UNAUTHENTICATE
        S: a8 OK *
        C: a9 NOOP
        S: a9 OK Done.
        """);

    [Fact]
    public Task Compressed_commands_behind_it_end_the_connection() => ImapServer.PlayAsync("""
        C: a1 COMPRESS DEFLATE
        S: a1 OK *
        C -> deflate
        C: <<a2 UNAUTHENTICATE\r\na3 NOOP\r\n>>
        S: * BYE [CLIENTBUG] Something compressed came behind UNAUTHENTICATE.
        S: <closed>
        """);

    [Fact]
    public Task Failed_logins_stay_counted() => ImapServer.PlayTimedAsync($"""
        C -> bare
        S: * OK *
        {string.Concat(Enumerable.Range(0, 9).Select(i => $"C: a{i} LOGIN alice@example.org wrong\nT: 30s\nS: a{i} NO *\n"))}C: b1 LOGIN alice@example.org "correct horse"
        S: b1 OK *
        C: b2 UNAUTHENTICATE
        S: b2 OK *
        C: b3 LOGIN alice@example.org wrong
        T: 30s
        S: * BYE Too many failed logins.
        S: b3 NO [AUTHENTICATIONFAILED] *
        S: <closed>
        """);

    [Fact]
    public Task It_is_for_those_who_are_logged_in_and_takes_no_argument() => ImapServer.PlayAsync("""
        C -> bare
        S: * OK *
        C: a1 UNAUTHENTICATE
        S: a1 BAD Log in first.
        C2: b1 UNAUTHENTICATE now
        S2: b1 BAD Unexpected text after the arguments.
        C2: b2 UNAUTHENTICATE
        S2: b2 OK *
        C2: b3 UNAUTHENTICATE
        S2: b3 BAD Log in first.
        """);

    [Fact]
    public Task It_can_be_turned_off() => ImapServer.PlayAsync(
        $"""
        C: a1 CAPABILITY
        S: * CAPABILITY {Always} COMPRESS=DEFLATE APPENDLIMIT=104857600
        S: a1 OK Done.
        C: a2 UNAUTHENTICATE
        S: a2 BAD Not offered here.
        C: a3 NOOP
        S: a3 OK Done.
        """, new TestServerOptions(), ImapServer.Options with { AllowUnauthenticate = false });

    private static string Big(int bytes) => $$"""{{{bytes}}}""";
}
