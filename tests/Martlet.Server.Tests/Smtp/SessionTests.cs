using Martlet.Server.Smtp;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Smtp;

/// <summary>Commands outside of a message and their order.</summary>
public sealed class SessionTests : SmtpTest
{
    private Task RunAsync(string script, string service = "smtp") => Transcript.RunAsync(Server, script, service);

    [Fact]
    public Task Ehlo_announces_what_is_there_on_port_25() => RunAsync("""
        S: 220 mx.example.org ESMTP Martlet {cid}
        C: EHLO client.example
        S: 250-mx.example.org
        S: 250-PIPELINING
        S: 250-SIZE 104857600
        S: 250-STARTTLS
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 LIMITS RCPTMAX=100 MAILMAX=1000
        """);

    [Fact]
    public Task Submission_announces_logins_only_under_TLS() => RunAsync(
        """
        S: 220 mx.example.org ESMTP Martlet *
        C: EHLO client.example
        S: 250-mx.example.org
        S: 250-PIPELINING
        S: 250-SIZE 104857600
        S: 250-STARTTLS
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 LIMITS RCPTMAX=100 MAILMAX=1000
        C: STARTTLS
        S: 220 2.0.0 Start TLS now.
        C -> tls
        C: ehlo client.example
        S: 250-mx.example.org
        S: 250-PIPELINING
        S: 250-SIZE 104857600
        S: 250-AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN
        S: 250-ENHANCEDSTATUSCODES
        S: 250-8BITMIME
        S: 250-SMTPUTF8
        S: 250 LIMITS RCPTMAX=100 MAILMAX=1000
        """,
        "submission");

    [Fact]
    public Task Helo_announces_nothing() => RunAsync("""
        S: 220 *
        C: HELO client.example
        S: 250 mx.example.org
        C: NOOP
        S: 250 2.0.0 Done.
        """);

    [Theory]
    [InlineData("EHLO")]
    [InlineData("HELO")]
    [InlineData("EHLO two words")]
    [InlineData("EHLO <script>")]
    [InlineData("EHLO müller.example")]
    public Task A_name_is_needed_that_can_stand_in_Received(string hello) => RunAsync($$"""
        S: 220 mx.example.org ESMTP Martlet {cid}
        C: {{hello}}
        S: 501 5.5.4 Say your name: EHLO host.example or EHLO [192.0.2.1] ({cid})
        """);

    [Theory]
    [InlineData("EHLO [192.0.2.1]")]
    [InlineData("EHLO [IPv6:2001:db8::1]")]
    [InlineData("EHLO my_computer")]
    public Task Other_names_are_taken(string hello) => RunAsync($"""
        S: 220 *
        C: {hello}
        S: 250-mx.example.org
        ...
        S: 250 LIMITS *
        """);

    [Fact]
    public Task A_name_of_255_bytes_is_taken_and_one_more_is_not() => RunAsync($"""
        S: 220 *
        C: HELO {new string('a', 255)}
        S: 250 mx.example.org
        C: HELO {new string('a', 256)}
        S: 501 5.5.4 *
        """);

    [Fact]
    public Task Users_programs_may_say_any_name() => RunAsync(
        """
        S: 220 *
        C: EHLO Jürgens PC
        S: 250-mx.example.org
        ...
        S: 250 LIMITS *
        """,
        "submissions");

    [Fact]
    public Task Small_commands_answer() => AfterHelloAsync("""
        C: NOOP and whatever else
        S: 250 2.0.0 Done.
        C: rset
        S: 250 2.0.0 Done.
        C: VRFY alice
        S: 252 2.0.0 Addresses are not told; send mail and see.
        C: HELP
        S: 214 2.0.0 Commands: HELO EHLO STARTTLS AUTH MAIL RCPT DATA RSET NOOP VRFY HELP QUIT
        C: QUIT
        S: 221 2.0.0 Goodbye.
        S: <closed>
        """);

    [Theory]
    [InlineData("EXPN staff", "502 5.5.1 That command is not offered here. *")]
    [InlineData("ETRN example.org", "502 5.5.1 *")]
    [InlineData("TURN", "502 5.5.1 *")]
    [InlineData("BURL imap://x", "502 5.5.1 *")]
    [InlineData("XCLIENT ADDR=1.2.3.4", "500 5.5.1 Unknown command; try HELP. *")]
    [InlineData("VERYLONGVERBTHATISNOCOMMAND", "500 5.5.1 *")]
    [InlineData("", "500 5.5.2 Not a command line: a verb, its arguments in printable characters, and CRLF at the end. *")]
    [InlineData(" NOOP", "500 5.5.2 *")]
    [InlineData("NOOP\u0001", "500 5.5.2 *")]
    [InlineData("NOOP:", "500 5.5.2 *")]
    [InlineData("QUIT now", "501 5.5.4 This command takes no argument. *")]
    [InlineData("RSET now", "501 5.5.4 *")]
    [InlineData("STARTTLS now", "501 5.5.4 *")]
    [InlineData("VRFY", "501 5.5.4 Say: VRFY address *")]
    [InlineData("RCPT TO:<alice@example.org>", "503 5.5.1 Say MAIL first. *")]
    [InlineData("DATA", "503 5.5.1 Say MAIL first. *")]
    [InlineData("AUTH PLAIN", "502 5.5.1 No logins here; send your mail through the submission port, 465 or 587. *")]
    public Task Other_lines_are_refused_and_the_session_goes_on(string command, string reply) => AfterHelloAsync($"""
        C: {command}
        S: {reply}
        C: NOOP
        S: 250 2.0.0 Done.
        """);

    [Theory]
    [InlineData("MAIL FROM:<carol@example.net>")]
    [InlineData("RCPT TO:<alice@example.org>")]
    [InlineData("DATA")]
    [InlineData("AUTH PLAIN")]
    public Task Before_EHLO_there_is_no_mail(string command) => RunAsync($$"""
        S: 220 mx.example.org ESMTP Martlet {cid}
        C: {{command}}
        S: 503 5.5.1 Say EHLO first. ({cid})
        """);

    [Theory]
    [InlineData("GET / HTTP/1.1")]
    [InlineData("hello there")]
    [InlineData("XYZZY")]
    public Task A_first_line_that_is_not_SMTP_ends_the_connection(string line) => RunAsync($"""
        S: 220 *
        C: {line}
        S: 500 5.5.1 This is a mail server; speak SMTP. *
        S: <closed>
        """);

    [Fact]
    public Task A_line_of_HTTP_ends_the_connection_at_any_time() => AfterHelloAsync("""
        C: POST / HTTP/1.1
        S: 500 5.5.1 This is a mail server; speak SMTP. *
        S: <closed>
        """);

    [Fact]
    public Task BDAT_ends_the_connection_because_its_message_would_be_read_as_commands() => AfterHelloAsync("""
        C: <<BDAT 6 LAST\r\nNOOP\r\nNOOP\r\n>>
        S: 502 5.5.1 That command is not offered here. *
        S: <closed>
        """);

    [Fact]
    public void Every_command_is_in_a_script_of_these_tests()
    {
        var scripts = string.Concat(Directory.EnumerateFiles(SourceFolder(), "*.cs").Select(File.ReadAllText));
        foreach (var command in CommandTable.All.Where(command => command.Verb is not ("SEND" or "SOML" or "SAML")))
        {
            Assert.Contains(command.Verb, scripts, StringComparison.Ordinal);
        }
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
