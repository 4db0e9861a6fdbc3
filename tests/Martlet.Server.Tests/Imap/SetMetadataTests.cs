using Martlet.Store.Model;
using Martlet.Testing;
using Martlet.Testing.Transcripts;
using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>SETMETADATA: RFC 5464 §4.3, RFC 6154 §4.</summary>
[Commands("SETMETADATA")]
public sealed class SetMetadataTests
{
    [Fact]
    public Task Values_are_set_replaced_and_removed() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA INBOX (/private/comment {33}
        S: + Ready for the literal.
        C: My new comment across
        C: two lines.)
        S: a1 OK Done.
        C: a2 GETMETADATA INBOX /private/comment
        S: * METADATA INBOX (/private/comment {33}
        S: My new comment across
        S: two lines.)
        S: a2 OK Done.
        C: a3 SETMETADATA INBOX (/private/comment "My new comment" /shared/comment "This one is for you!")
        S: a3 OK Done.
        C: a4 GETMETADATA INBOX (/private/comment /shared/comment)
        S: * METADATA INBOX (/private/comment "My new comment" /shared/comment "This one is for you!")
        S: a4 OK Done.
        C: a5 SETMETADATA INBOX (/private/comment NIL)
        S: a5 OK Done.
        C: a6 GETMETADATA INBOX (DEPTH infinity) (/private /shared)
        S: * METADATA INBOX (/shared/comment "This one is for you!")
        S: a6 OK Done.
        C: a7 SETMETADATA INBOX (/shared/comment "" /private/none NIL)
        S: a7 OK Done.
        C: a8 GETMETADATA INBOX /shared/comment
        S: * METADATA INBOX (/shared/comment "")
        S: a8 OK Done.
        """);

    [Fact]
    public Task Binary_values_come_and_go_as_literal8() => ImapServer.PlayAsync("""
        C: <<a1 SETMETADATA INBOX (/shared/b ~{4+}\r\n\x00\x01\xff\x29)\r\n>>
        S: a1 OK Done.
        C: a2 GETMETADATA INBOX /shared/b
        S: <<* METADATA INBOX (/shared/b ~{4}\r\n\x00\x01\xff\x29)\r\n>>
        S: a2 OK Done.
        C: <<a3 SETMETADATA INBOX (/shared/b {1+}\r\n\x00)\r\n>>
        S: a3 BAD A literal must not hold NUL.
        """);

    [Fact]
    public Task A_change_raises_the_modseq_of_its_mailbox_only() => ImapServer.PlayAsync("""
        C: a1 STATUS INBOX (HIGHESTMODSEQ)
        S: * STATUS INBOX (HIGHESTMODSEQ 2)
        S: a1 OK Done.
        C: a2 SETMETADATA INBOX (/shared/a "1" /shared/b "2")
        S: a2 OK Done.
        C: a3 LIST "" (INBOX Sent) RETURN (STATUS (HIGHESTMODSEQ))
        S: * LIST (\HasNoChildren) "/" INBOX
        S: * STATUS INBOX (HIGHESTMODSEQ 3)
        S: * LIST (\HasNoChildren \Sent) "/" Sent
        S: * STATUS Sent (HIGHESTMODSEQ 2)
        S: a3 OK Done.
        C: a4 SETMETADATA INBOX (/shared/none NIL)
        S: a4 OK Done.
        C: a5 SETMETADATA "" (/shared/vendor/v/x "1")
        S: a5 OK Done.
        C: a6 STATUS INBOX (HIGHESTMODSEQ)
        S: * STATUS INBOX (HIGHESTMODSEQ 3)
        S: a6 OK Done.
        C: a7 SETMETADATA Archive (/private/specialuse "\\Sent")
        S: a7 OK Done.
        C: a8 LIST "" (Archive Sent) RETURN (STATUS (HIGHESTMODSEQ))
        S: * LIST (\HasNoChildren \Sent) "/" Archive
        S: * STATUS Archive (HIGHESTMODSEQ 5)
        S: * LIST (\HasNoChildren) "/" Sent
        S: * STATUS Sent (HIGHESTMODSEQ 5)
        S: a8 OK Done.
        C: a9 CREATE New (USE (\Trash))
        S: a9 OK Done.
        C: b1 STATUS Trash (HIGHESTMODSEQ)
        S: * STATUS Trash (HIGHESTMODSEQ 6)
        S: b1 OK Done.
        """);

    [Fact]
    public async Task Limits_refuse_everything_in_the_command()
    {
        var limits = new StoreLimits { AnnotationsMax = 2, AnnotationValueBytesMax = 1024 };
        await using var server = await ImapServer.StartAsync(new TestServerOptions { Limits = limits });
        var (fits, tooLarge) = (new string('x', 1024), new string('x', 1025));
        await Transcript.RunAsync(server, $$"""
            C: a1 SETMETADATA INBOX (/shared/a "{{fits}}")
            S: a1 OK Done.
            C: a2 SETMETADATA INBOX (/shared/b "1" /shared/a "{{tooLarge}}")
            S: a2 NO [METADATA MAXSIZE 1024] The value is too large.
            C: a3 SETMETADATA INBOX (/shared/b "1" /shared/c "1")
            S: a3 NO [METADATA TOOMANY] There are too many entries, or they are too large together; remove some first.
            C: a4 GETMETADATA INBOX (/shared/b /shared/c)
            S: * METADATA INBOX (/shared/b NIL /shared/c NIL)
            S: a4 OK Done.
            C: a5 SETMETADATA INBOX (/shared/b "1" /shared/a NIL /shared/c "1")
            S: a5 OK Done.
            """);
    }

    [Fact]
    public Task A_value_that_is_larger_than_any_literal_is_refused_when_it_is_announced() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA INBOX (/shared/a {200000}
        S: a1 NO [METADATA MAXSIZE 65536] The value is too large.
        C: a2 SETMETADATA INBOX (/shared/a {4294967296}
        S: a2 NO [METADATA MAXSIZE 65536] The value is too large.
        C2 -> bare
        S2: * OK *
        C2: b1 SETMETADATA INBOX (/shared/a {200000}
        S2: b1 BAD [TOOBIG] A literal is too large, or there are too many.
        C: a3 NOOP
        S: a3 OK Done.
        """);

    [Fact]
    public Task Some_entries_are_not_for_clients_to_set() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA "" (/shared/vendor/v/x "1" /shared/admin "mailto:me@example.org")
        S: a1 NO [NOPERM] /shared/admin of the server cannot be changed.
        C: a2 SETMETADATA "" (/Shared/Comment NIL)
        S: a2 NO [NOPERM] /shared/comment of the server cannot be changed.
        C: a3 GETMETADATA "" /shared/vendor/v/x
        S: * METADATA "" (/shared/vendor/v/x NIL)
        S: a3 OK Done.
        C: a4 SETMETADATA INBOX (/shared/vendor/v "1")
        S: a4 BAD An entry of that name cannot be set.
        C: a5 SETMETADATA INBOX (/private "1")
        S: a5 BAD An entry of that name cannot be set.
        C: a6 SETMETADATA "" (/private/specialuse NIL)
        S: a6 NO [USEATTR] A mailbox other than INBOX can have one of \Archive, \Drafts, \Junk, \Sent and \Trash, or none.
        """);

    [Fact]
    public Task Missing_mailboxes_and_those_of_others() => ImapServer.PlayAsync("""
        C: a1 CREATE Secret
        S: a1 OK Done.
        C: a2 SETMETADATA nosuch (/shared/comment "x")
        S: a2 NO [NONEXISTENT] No such mailbox.
        C2 -> bob
        C2: b1 SETMETADATA Secret (/shared/comment "bob's")
        S2: b1 NO [NONEXISTENT] No such mailbox.
        C: a3 GETMETADATA Secret /shared/comment
        S: * METADATA Secret (/shared/comment NIL)
        S: a3 OK Done.
        """);

    [Fact]
    public Task A_mailbox_opened_read_only_can_be_annotated() => ImapServer.PlayAsync("""
        C: a1 EXAMINE INBOX
        ...
        S: a1 OK [READ-ONLY] Done.
        C: a2 SETMETADATA INBOX (/private/comment "x")
        S: a2 OK Done.
        C: a3 GETMETADATA INBOX /private/comment
        S: * METADATA INBOX (/private/comment "x")
        S: a3 OK Done.
        """);

    [Fact]
    public Task Annotations_follow_RENAME_stay_with_INBOX_and_go_with_DELETE() => ImapServer.PlayAsync("""
        C: a1 CREATE a/b
        S: a1 OK Done.
        C: a2 SETMETADATA a/b (/shared/comment "child")
        S: a2 OK Done.
        C: a3 RENAME a x
        S: a3 OK Done.
        C: a4 GETMETADATA x/b /shared/comment
        S: * METADATA x/b (/shared/comment "child")
        S: a4 OK Done.
        C: a5 SETMETADATA INBOX (/shared/comment "both")
        S: a5 OK Done.
        C: a6 RENAME INBOX old
        S: a6 OK Done.
        C: a7 GETMETADATA INBOX /shared/comment
        S: * METADATA INBOX (/shared/comment "both")
        S: a7 OK Done.
        C: a8 GETMETADATA old /shared/comment
        S: * METADATA old (/shared/comment "both")
        S: a8 OK Done.
        C: a9 DELETE old
        S: a9 OK Done.
        C: b1 CREATE old
        S: b1 OK Done.
        C: b2 GETMETADATA old /shared/comment
        S: * METADATA old (/shared/comment NIL)
        S: b2 OK Done.
        """);

    [Fact]
    public Task The_special_use_is_an_entry_that_moves() => ImapServer.PlayAsync("""
        C: a1 CREATE SavedDrafts
        S: a1 OK Done.
        C: a2 GETMETADATA Drafts /private/specialuse
        S: * METADATA Drafts (/private/specialuse "\\Drafts")
        S: a2 OK Done.
        C: a3 SETMETADATA SavedDrafts (/private/specialuse "\\drafts" /private/comment "x")
        S: a3 OK Done.
        C: a4 SETMETADATA Sent (/private/specialuse NIL)
        S: a4 OK Done.
        C: a5 LIST (SPECIAL-USE) "" *
        S: * LIST (\HasNoChildren \Archive) "/" Archive
        S: * LIST (\HasNoChildren \Junk) "/" Junk
        S: * LIST (\HasNoChildren \Drafts) "/" SavedDrafts
        S: * LIST (\HasNoChildren \Trash) "/" Trash
        S: a5 OK Done.
        C: a6 GETMETADATA Drafts /private/specialuse
        S: * METADATA Drafts (/private/specialuse NIL)
        S: a6 OK Done.
        C: a7 SETMETADATA SavedDrafts (/private/specialuse "")
        S: a7 OK Done.
        C: a8 SETMETADATA Drafts (/private/comment "x" /private/specialuse "\\All")
        S: a8 NO [USEATTR] A mailbox other than INBOX can have one of \Archive, \Drafts, \Junk, \Sent and \Trash, or none.
        C: a9 SETMETADATA Drafts (/private/specialuse "\\Drafts \\Sent")
        S: a9 NO [USEATTR] A mailbox other than INBOX can have one of \Archive, \Drafts, \Junk, \Sent and \Trash, or none.
        C: b1 SETMETADATA INBOX (/private/specialuse "\\Trash")
        S: b1 NO [USEATTR] A mailbox other than INBOX can have one of \Archive, \Drafts, \Junk, \Sent and \Trash, or none.
        C: b2 GETMETADATA Drafts (DEPTH infinity) /private
        S: b2 OK Done.
        """);

    [Fact]
    public Task SETMETADATA_takes_a_name_and_values() => ImapServer.PlayAsync("""
        C: a1 SETMETADATA
        S: a1 BAD Expected a space.
        C: a2 SETMETADATA INBOX
        S: a2 BAD Expected a space.
        C: a3 SETMETADATA INBOX /shared/comment "x"
        S: a3 BAD Expected '('.
        C: a4 SETMETADATA INBOX ()
        S: a4 BAD Expected a string or an atom.
        C: a5 SETMETADATA INBOX (/shared/comment)
        S: a5 BAD Expected a space.
        C: a6 SETMETADATA INBOX (/shared/comment atom)
        S: a6 BAD Expected a string.
        C: a7 SETMETADATA INBOX (comment "x")
        S: a7 BAD Entry names begin with /private/ or /shared/.
        C: a8 SETMETADATA INBOX (/shared/comment "x"
        S: a8 BAD Expected ')'.
        C: a9 SETMETADATA INBOX (/shared/comment "x") more
        S: a9 BAD Unexpected text after the arguments.
        C: <<b1 SETMETADATA {5+}\r\nINBOX ({15+}\r\n/shared/comment {1+}\r\nx)\r\n>>
        S: b1 OK Done.
        """);

    [Fact]
    public async Task Entries_of_one_command_are_limited()
    {
        var entries = Enumerable.Range(0, 100).Select(i => $"/shared/n{i} NIL");
        await ImapServer.PlayAsync($"""
            C: a1 SETMETADATA INBOX ({string.Join(' ', entries)})
            S: a1 OK Done.
            C: a2 SETMETADATA INBOX ({string.Join(' ', entries.Append("/shared/more NIL"))})
            S: a2 BAD [TOOBIG] Too many entries.
            """);
    }
}
