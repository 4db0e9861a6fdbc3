using System.Net;
using System.Text;
using Martlet.Network.Connections;
using Martlet.Server.Imap;
using Martlet.Server.Tests.Network;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Limits of lines and literals: RFC 9051 §4.3, RFC 7888 §4, and what there is to send in large replies.</summary>
public sealed class LimitTests
{
    [Fact]
    public Task A_literal_at_the_limit_is_taken() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH SUBJECT {Braces(102_400)}
        S: + Ready for the literal.
        C: {new string('x', 102_400)}
        S: a2 BAD [TOOBIG] The string to search for is too long.
        C: a3 SEARCH SUBJECT {Braces(102_400, "+")}
        C: {new string('x', 102_400)}
        S: a3 BAD [TOOBIG] The string to search for is too long.
        """);

    [Fact]
    public Task A_string_to_search_for_has_a_limit() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH TEXT {Braces(4096, "+")}
        C: {new string('x', 4096)}
        S: * SEARCH
        S: a2 OK Done.
        C: a3 SEARCH TEXT {Braces(4097, "+")}
        C: {new string('x', 4097)}
        S: a3 BAD [TOOBIG] The string to search for is too long.
        """);

    [Fact]
    public Task A_literal_over_the_limit_is_refused_before_its_data() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH SUBJECT {Braces(102_401)}
        S: a2 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a3 SEARCH SUBJECT {Braces(102_401, "+")}
        C: {new string('x', 102_401)}
        S: a3 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a4 SEARCH SUBJECT {Braces(1_000_000, "+")}
        C: {new string('x', 1_000_000)} SUBJECT x
        S: a4 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task Data_that_is_too_much_to_be_read_over_ends_the_connection() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH SUBJECT {Braces(1_000_001, "+")}
        S: * BYE [TOOBIG] The literal is too large.
        S: <closed>
        """);

    [Fact]
    public Task Refused_data_may_be_followed_by_more() => ImapServer.PlayAsync($"""
        C: a1 BOGUS {Braces(3, "+")}
        C: abc {Braces(3, "+")}
        C: def {Braces(0, "+")}
        C: 
        S: a1 BAD Unknown command.
        C: a2 BOGUS {Braces(3)}
        S: a2 BAD Unknown command.
        C: a3 BOGUS {Braces(3, "+")}
        C: abc {Braces(3)}
        S: a3 BAD Unknown command.
        C: a4 NOOP
        S: a4 OK Done.
        """);

    [Fact]
    public async Task A_thousand_literals_are_taken_and_one_more_is_not()
    {
        await using var server = await ImapServer.StartAsync();
        var keys = string.Concat(Enumerable.Repeat(" SUBJECT {1+}\\r\\nx", 1000));
        await Transcript.RunAsync(server, $"""
            C: a1 SELECT inbox
            ...
            S: a1 OK *
            C: <<a2 SEARCH{keys}\r\n>>
            S: * SEARCH
            S: a2 OK Done.
            C: <<a3 SEARCH{keys} SUBJECT {Braces(1, "+")}\r\nx\r\n>>
            S: a3 BAD [TOOBIG] A literal is too large, or there are too many.
            C: a4 NOOP
            S: a4 OK Done.
            """);
    }

    [Fact]
    public async Task Literals_that_are_too_much_together_are_refused()
    {
        await using var server = await ImapServer.StartAsync();
        var script = new StringBuilder("C: a1 SELECT inbox\n...\nS: a1 OK *\nC: a2 SEARCH SUBJECT {102400}\n");
        for (var i = 0; i < 9; i++)
        {
            script.Append($"S: + Ready for the literal.\nC: {new string('x', 102_400)} SUBJECT {Braces(102_400)}\n");
        }

        script.Append($"S: + Ready for the literal.\nC: {new string('x', 102_400)} SUBJECT {Braces(1)}\n");
        script.Append("S: a2 BAD [TOOBIG] A literal is too large, or there are too many.\nC: a3 NOOP\nS: a3 OK Done.");
        await Transcript.RunAsync(server, script.ToString());
    }

    [Fact]
    public Task A_line_at_the_limit_is_taken() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH SUBJECT {new string('x', (64 * 1024) - "a2 SEARCH SUBJECT \r\n".Length)}
        S: a2 BAD [TOOBIG] The string to search for is too long.
        """);

    [Fact]
    public Task A_line_over_the_limit_ends_the_connection() => ImapServer.PlayAsync($"""
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 SEARCH SUBJECT {new string('x', (64 * 1024) + 1 - "a2 SEARCH SUBJECT \r\n".Length)}
        S: * BYE [TOOBIG] The line is too long.
        S: <closed>
        """);

    [Fact]
    public Task Before_login_a_line_over_8_KiB_ends_the_connection() => ImapServer.PlayAsync($"""
        C -> bare
        S: * OK *
        C: a1 LOGIN x {new string('x', 8192 - "a1 LOGIN x \r\n".Length)}
        S: a1 NO [AUTHENTICATIONFAILED] Wrong address or password.
        C: a2 LOGIN x {new string('x', 8193 - "a2 LOGIN x \r\n".Length)}
        S: * BYE [TOOBIG] The line is too long.
        S: <closed>
        """);

    [Fact]
    public Task A_SASL_response_over_the_limit_is_refused() => ImapServer.PlayAsync($"""
        C -> bare
        S: * OK *
        C: a1 AUTHENTICATE PLAIN {new string('A', 8000)}
        S: a1 BAD Not a response of that mechanism.
        C: a2 AUTHENTICATE PLAIN
        S: + 
        C: {new string('A', 8188)}
        S: a2 BAD Not a response of that mechanism.
        C: a3 AUTHENTICATE PLAIN
        S: + 
        C: {new string('A', 8192)}
        S: * BYE [TOOBIG] The line is too long.
        S: <closed>
        """);

    [Fact]
    public Task A_tag_over_the_limit_is_not_repeated() => ImapServer.PlayAsync($"""
        C: a1 NOOP
        S: a1 OK Done.
        C: {new string('a', 256)} NOOP
        S: {new string('a', 256)} OK Done.
        C: {new string('a', 257)} NOOP
        S: * BAD [TOOBIG] The tag is too long.
        """);

    public static TheoryData<string, string, string, string> Grammar => new()
    {
        { "ranges of a set", "UID FETCH {0} FLAGS", Many("1", 20_000, ","), Many("1", 20_001, ",") },
        { "items of FETCH", "UID FETCH 1 ({0})", Many("UID", 200), Many("UID", 201) },
        { "fields of a section", "UID FETCH 1 BODY[HEADER.FIELDS ({0})]", Many("To", 200), Many("To", 201) },
        { "depth of a section", "UID FETCH 1 BODY[{0}]", Many("1", 100, "."), Many("1", 101, ".") },
        { "search keys", "SEARCH {0}", Many("ALL", 1000), Many("ALL", 1001) },
        { "depth of SEARCH", "SEARCH {0} ALL", Many("NOT", 49), Many("NOT", 50) },
        { "parentheses", "SEARCH {0}", new string('(', 49) + "ALL" + new string(')', 49), new string('(', 50) + "ALL" + new string(')', 50) },
        { "flags", "UID STORE 1 FLAGS ({0})", Many("\\Seen", 200), Many("\\Seen", 201) },
        { "bytes of a keyword", "UID STORE 1 FLAGS ({0})", new string('k', 100), new string('k', 101) },
        { "patterns of LIST", "LIST \"\" ({0})", Many("x", 100), Many("x", 101) },
        { "names of ENABLE", "ENABLE {0}", Many("X", 100), Many("X", 101) },
        { "fields of ID", "ID ({0})", Many("\"a\" \"b\"", 30), Many("\"a\" \"b\"", 31) },
        { "bytes of an ID value", "ID (\"a\" \"{0}\")", new string('x', 1024), new string('x', 1025) },
    };

    [Theory]
    [MemberData(nameof(Grammar))]
    public Task The_grammar_is_bounded(string what, string command, string most, string more) => ImapServer.PlayAsync($"""
        # {what}
        C: a1 SELECT inbox
        ...
        S: a1 OK *
        C: a2 {command.Replace("{0}", most, StringComparison.Ordinal)}
        ...
        S: a2 OK Done.
        C: a3 {command.Replace("{0}", more, StringComparison.Ordinal)}
        S: a3 BAD [TOOBIG] *
        C: a4 NOOP
        S: a4 OK Done.
        """);

    [Fact]
    public Task A_mailbox_name_is_bounded() => ImapServer.PlayAsync($"""
        C: a1 STATUS {new string('x', 1024)} (MESSAGES)
        S: a1 NO [NONEXISTENT] No such mailbox.
        C: a2 STATUS {new string('x', 1025)} (MESSAGES)
        S: a2 BAD [TOOBIG] *
        """);

    [Fact]
    public async Task A_client_that_pipelines_and_does_not_read_is_not_read_any_more()
    {
        var commands = Encoding.ASCII.GetBytes($"l LOGIN {TestServer.Alice} \"{TestServer.Password}\"\r\n" + string.Concat(Enumerable.Repeat("a NOOP\r\n", 12_500_000)));
        var peer = new ScriptedStream(commands) { TakesNothing = true };
        await using var server = await ImapServer.StartAsync();
        var service = new ImapService(server.Store, server.Authenticator, ImapServer.Options, TestServer.Tls, server.Time, server.Log);
        var nowhere = new IPEndPoint(IPAddress.Loopback, 1);
        var connection = new Connection(1, peer, socket: null, nowhere, nowhere, server.Time);
        var running = service.RunAsync(connection);
        await peer.IsWriting.Task;
        // The greeting is the first thing that is not taken.
        Assert.Equal(commands.Length, peer.Left);
        peer.Take();
        await peer.IsWriting.Task;
        // Now the replies to what was read at once.
        Assert.InRange(peer.LargestWrite, 1000, 66 * 1024);
        Assert.InRange(commands.Length - peer.Left, 1, 128 * 1024);
        peer.Abort();
        await Assert.ThrowsAnyAsync<IOException>(() => running);
        await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_hundred_bad_commands_in_a_row_end_the_connection()
    {
        await using var server = await ImapServer.StartAsync();
        var script = new StringBuilder();
        for (var i = 1; i < 100; i++)
        {
            script.Append($"C: a{i} BOGUS\nS: a{i} BAD Unknown command.\n");
        }

        script.Append("C: b1 NOOP\nS: b1 OK Done.\n");
        for (var i = 1; i <= 100; i++)
        {
            script.Append($"C: c{i} BOGUS\nS: c{i} BAD Unknown command.\n");
        }

        script.Append("S: * BYE Too many bad commands.\nS: <closed>");
        await Transcript.RunAsync(server, script.ToString());
    }

    [Fact]
    public async Task A_thousand_pipelined_commands_are_answered_in_order()
    {
        await using var server = await ImapServer.StartAsync();
        var commands = new StringBuilder();
        var replies = new StringBuilder();
        for (var i = 0; i < 1000; i++)
        {
            commands.Append($"a{i} NOOP\\r\\n");
            replies.Append($"S: a{i} OK Done.\n");
        }

        await Transcript.RunAsync(server, $"C: <<{commands}>>\n{replies}");
    }

    [Fact]
    public async Task A_thousand_messages_are_listed_read_and_searched()
    {
        await using var server = await ImapServer.StartAsync();
        await ImapServer.AddAsync(server, TestServer.Alice, "INBOX", [.. Enumerable.Repeat(Mail.Nested, 1000)]);
        var structures = new StringBuilder();
        var seen = new StringBuilder();
        for (var seq = 1; seq <= 1000; seq++)
        {
            structures.Append($"S: * {seq} FETCH (UID {seq} BODYSTRUCTURE *\n");
            seen.Append($"S: * {seq} FETCH (BODY[1] {Braces(31)}\nS: Gr=C3=BC=C3=9Fe, soft=\nS:  break. FLAGS (\\Seen))\n");
        }

        await Transcript.RunAsync(server, $"""
            C: a1 SELECT inbox
            ...
            S: a1 OK *
            C: a2 UID FETCH 1:* BODYSTRUCTURE
            {structures}S: a2 OK Done.
            C: a3 FETCH 1:* BODY[1]
            {seen}S: a3 OK Done.
            C: a4 SEARCH RETURN (COUNT) SEEN BODY "soft break"
            S: * ESEARCH (TAG "a4") COUNT 1000
            S: a4 OK Done.
            """);
        await ImapServer.CheckAsync(server);
    }

    private static string Many(string word, int times, string between = " ") => string.Join(between, Enumerable.Repeat(word, times));

    private static string Braces(int bytes, string plus = "") => $$"""{{{bytes}}{{plus}}}""";
}
