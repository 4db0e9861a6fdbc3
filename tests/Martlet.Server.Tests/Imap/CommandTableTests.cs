using System.Reflection;
using Martlet.Server.Imap;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>What holds for every command of the table.</summary>
public sealed class CommandTableTests
{
    [Fact]
    public void Every_command_has_a_test_class()
    {
        var tested = typeof(CommandTableTests).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttribute<CommandsAttribute>()?.Names ?? [])
            .ToArray();
        Assert.Empty(CommandTable.Names.Except(tested));
        Assert.Empty(tested.Except(CommandTable.Names));
        Assert.Distinct(tested);
    }

    [Fact]
    public void Every_command_has_an_example_here() => Assert.Equal(CommandTable.Names.Order(StringComparer.Ordinal), Examples.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_command_is_refused_in_the_wrong_state(string name)
    {
        var states = CommandTable.Find(name)!.States;
        await using var server = await ImapServer.StartAsync();
        if (!states.HasFlag(ImapState.NotAuthenticated))
        {
            await Transcript.RunAsync(server, $"""
                C -> bare
                S: * OK *
                C: a1 {Examples[name]}
                S: a1 BAD Log in first.
                C: a2 NOOP
                S: a2 OK Done.
                """);
        }

        if (!states.HasFlag(ImapState.Authenticated))
        {
            var reason = states == ImapState.NotAuthenticated ? "Already logged in." : "Select a mailbox first.";
            await Transcript.RunAsync(server, $"""
                C: a1 {Examples[name]}
                S: a1 BAD {reason}
                C: a2 NOOP
                S: a2 OK Done.
                """);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task A_word_that_only_begins_like_a_command_is_refused_with_its_literals(string name) => ImapServer.PlayAsync($$"""
        C -> bare
        S: * OK *
        C: a1 {{name.ToLowerInvariant()}}X {3}
        S: a1 BAD Unknown command.
        C: a2 {{name}}X {3+}
        C: abc
        S: a2 BAD Unknown command.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    public static TheoryData<string> Names() => [.. CommandTable.Names];

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        ["CAPABILITY"] = "CAPABILITY",
        ["NOTIFY"] = "NOTIFY NONE",
        ["NOOP"] = "NOOP",
        ["LOGOUT"] = "LOGOUT",
        ["ID"] = "ID NIL",
        ["STARTTLS"] = "STARTTLS",
        ["AUTHENTICATE"] = "AUTHENTICATE PLAIN",
        ["LOGIN"] = "LOGIN a b",
        ["COMPRESS"] = "COMPRESS DEFLATE",
        ["UNAUTHENTICATE"] = "UNAUTHENTICATE",
        ["ENABLE"] = "ENABLE UTF8=ACCEPT",
        ["SELECT"] = "SELECT INBOX",
        ["EXAMINE"] = "EXAMINE INBOX",
        ["CREATE"] = "CREATE a",
        ["DELETE"] = "DELETE a",
        ["RENAME"] = "RENAME a b",
        ["SUBSCRIBE"] = "SUBSCRIBE a",
        ["UNSUBSCRIBE"] = "UNSUBSCRIBE a",
        ["LIST"] = "LIST \"\" *",
        ["LSUB"] = "LSUB \"\" *",
        ["NAMESPACE"] = "NAMESPACE",
        ["STATUS"] = "STATUS INBOX (MESSAGES)",
        ["GETMETADATA"] = "GETMETADATA INBOX /shared/comment",
        ["SETMETADATA"] = "SETMETADATA INBOX (/shared/comment NIL)",
        ["GETQUOTA"] = "GETQUOTA \"\"",
        ["GETQUOTAROOT"] = "GETQUOTAROOT INBOX",
        ["APPEND"] = "APPEND INBOX {3}",
        ["IDLE"] = "IDLE",
        ["ESEARCH"] = "ESEARCH IN (personal) ALL",
        ["CHECK"] = "CHECK",
        ["CLOSE"] = "CLOSE",
        ["UNSELECT"] = "UNSELECT",
        ["EXPUNGE"] = "EXPUNGE",
        ["UID EXPUNGE"] = "UID EXPUNGE 1",
        ["SEARCH"] = "SEARCH ALL",
        ["UID SEARCH"] = "UID SEARCH ALL",
        ["FETCH"] = "FETCH 1 FLAGS",
        ["UID FETCH"] = "UID FETCH 1 FLAGS",
        ["STORE"] = "STORE 1 FLAGS ()",
        ["UID STORE"] = "UID STORE 1 FLAGS ()",
        ["COPY"] = "COPY 1 a",
        ["UID COPY"] = "UID COPY 1 a",
        ["MOVE"] = "MOVE 1 a",
        ["UID MOVE"] = "UID MOVE 1 a",
        ["REPLACE"] = "REPLACE 1 a {3}",
        ["UID REPLACE"] = "UID REPLACE 1 a {3}",
    };
}
