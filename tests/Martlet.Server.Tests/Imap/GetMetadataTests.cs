using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>GETMETADATA: RFC 5464 §4.2.</summary>
[Commands("GETMETADATA")]
public sealed class GetMetadataTests
{
    [Fact]
    public Task Values_of_a_mailbox_and_of_the_server() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA INBOX (/private/comment "My comment" /shared/comment "Its sunny outside!")
        S: a1 OK Done.
        C: a2 GETMETADATA "INBOX" /private/comment
        S: * METADATA INBOX (/private/comment "My comment")
        S: a2 OK Done.
        C: a3 GETMETADATA inbox (/shared/comment /PRIVATE/Comment /private/comment)
        S: * METADATA INBOX (/shared/comment "Its sunny outside!" /private/comment "My comment")
        S: a3 OK Done.
        C: a4 GETMETADATA "INBOX" /private/comment /shared/comment
        S: * METADATA INBOX (/private/comment "My comment" /shared/comment "Its sunny outside!")
        S: a4 OK Done.
        C: a5 GETMETADATA INBOX (/private/other /shared/comment)
        S: * METADATA INBOX (/private/other NIL /shared/comment "Its sunny outside!")
        S: a5 OK Done.
        C: a6 GETMETADATA "" (/shared/comment /shared/admin)
        S: * METADATA "" (/shared/comment NIL /shared/admin NIL)
        S: a6 OK Done.
        C: a7 SETMETADATA "" (/private/vendor/v/token "t")
        S: a7 OK Done.
        C: a8 GETMETADATA "" /private/vendor/v/token
        S: * METADATA "" (/private/vendor/v/token "t")
        S: a8 OK Done.
        """);

    [Fact]
    public Task MAXSIZE_leaves_out_larger_values_and_says_how_large_they_are() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA INBOX (/shared/a "12345" /shared/b "123456" /shared/c "12345678")
        S: a1 OK Done.
        C: a2 GETMETADATA INBOX (MAXSIZE 5) (/shared/a /shared/b /shared/c)
        S: * METADATA INBOX (/shared/a "12345")
        S: a2 OK [METADATA LONGENTRIES 8] Done, without larger values.
        C: a3 GETMETADATA (MAXSIZE 6) INBOX (/shared/a /shared/b)
        S: * METADATA INBOX (/shared/a "12345" /shared/b "123456")
        S: a3 OK Done.
        C: a4 GETMETADATA INBOX (MAXSIZE 4) /shared/a
        S: a4 OK [METADATA LONGENTRIES 5] Done, without larger values.
        C: a5 GETMETADATA INBOX (MAXSIZE 0) /private/specialuse
        S: * METADATA INBOX (/private/specialuse NIL)
        S: a5 OK Done.
        """);

    [Fact]
    public Task DEPTH_finds_what_is_below() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA INBOX (/private/filters/values/small "SMALLER 5000" /private/filters/values/boss "FROM \"boss@example.com\"")
        S: a1 OK Done.
        C: a2 SETMETADATA INBOX (/private/filters/values/boss/deep "1" /private/filtersx "2" /shared/filters "3")
        S: a2 OK Done.
        C: a3 GETMETADATA "INBOX" (DEPTH 1) (/private/filters/values)
        S: * METADATA INBOX (/private/filters/values/boss "FROM \"boss@example.com\"" /private/filters/values/small "SMALLER 5000")
        S: a3 OK Done.
        C: a4 GETMETADATA INBOX (DEPTH infinity) /private/filters
        S: * METADATA INBOX (/private/filters/values/boss "FROM \"boss@example.com\"" /private/filters/values/boss/deep "1" /private/filters/values/small "SMALLER 5000")
        S: a4 OK Done.
        C: a5 GETMETADATA INBOX (DEPTH 0) /private/filters
        S: * METADATA INBOX (/private/filters NIL)
        S: a5 OK Done.
        C: a6 GETMETADATA INBOX (MAXSIZE 3 DEPTH INFINITY) (/private/filters/values/boss /private)
        S: * METADATA INBOX (/private/filters/values/boss/deep "1" /private/filtersx "2")
        S: a6 OK [METADATA LONGENTRIES 23] Done, without larger values.
        C: a7 GETMETADATA INBOX (DEPTH 1) /shared
        S: * METADATA INBOX (/shared/filters "3")
        S: a7 OK Done.
        C: a8 GETMETADATA Sent (DEPTH infinity) /private
        S: * METADATA Sent (/private/specialuse "\\Sent")
        S: a8 OK Done.
        C: a9 GETMETADATA Sent (DEPTH infinity) /shared
        S: a9 OK Done.
        """);

    [Fact]
    public Task Missing_mailboxes_and_those_of_others() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C: a2 SETMETADATA Secret (/shared/comment "alice's")
        S: a2 OK Done.
        C: a3 SETMETADATA "" (/shared/vendor/v/x "alice's")
        S: a3 OK Done.
        C: a4 GETMETADATA nosuch /shared/comment
        S: a4 NO [NONEXISTENT] No such mailbox.
        C2 -> bob
        C2: b1 GETMETADATA Secret /shared/comment
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C2: b2 GETMETADATA "" (DEPTH infinity) (/shared /private)
        S2: b2 OK Done.
        C2: b3 GETMETADATA "" /shared/vendor/v/x
        S2: * METADATA "" (/shared/vendor/v/x NIL)
        S2: b3 OK Done.
        """);

    [Fact]
    public Task GETMETADATA_takes_a_name_options_and_entries() => ImapServer.PlayAsync("""
        C: a1 GETMETADATA
        S: a1 BAD Expected a space.
        C: a2 GETMETADATA INBOX
        S: a2 BAD Expected a space.
        C: a3 GETMETADATA INBOX ()
        S: a3 BAD Expected a word.
        C: a4 GETMETADATA INBOX comment
        S: a4 BAD Entry names begin with /private/ or /shared/.
        C: a5 GETMETADATA INBOX "/shared/*"
        S: a5 BAD Entry names are ASCII without wildcards and controls.
        C: a6 GETMETADATA INBOX /shared//comment
        S: a6 BAD Entry names have no empty component.
        C: a7 GETMETADATA INBOX (DEPTH 2) /shared/comment
        S: a7 BAD Expected 0, 1 or infinity.
        C: a8 GETMETADATA INBOX (WIDTH 2) /shared/comment
        S: a8 BAD Unknown option.
        C: a9 GETMETADATA INBOX (/shared/comment
        S: a9 BAD Expected ')'.
        C: b1 GETMETADATA (INBOX) /shared/comment
        S: b1 BAD Expected a space.
        C: <<b2 GETMETADATA {5+}\r\nINBOX ({15+}\r\n/shared/comment)\r\n>>
        S: * METADATA INBOX (/shared/comment NIL)
        S: b2 OK Done.
        """);

    [Fact]
    public async Task Long_replies_come_in_several_responses()
    {
        await using var server = await ImapServer.StartAsync();
        var inbox = server.Account(TestServer.Alice).FindMailbox("INBOX")!;
        for (var i = 0; i < 3; i++)
        {
            var value = new byte[40_000];
            value.AsSpan().Fill((byte)'x');
            Assert.True((await server.Store.SetAnnotationsAsync(inbox.Account, inbox, [new($"/shared/n{i}", value)])).IsDone);
        }

        var text = new string('x', 40_000);
        await Transcript.RunAsync(server, $$"""
            C: a1 GETMETADATA INBOX (DEPTH 1) /shared
            S: * METADATA INBOX (/shared/n0 {40000}
            S: {{text}} /shared/n1 {40000}
            S: {{text}})
            S: * METADATA INBOX (/shared/n2 {40000}
            S: {{text}})
            S: a1 OK Done.
            """);
    }
}
