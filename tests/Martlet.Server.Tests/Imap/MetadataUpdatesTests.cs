using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>Changes of annotations told without being asked, after ENABLE METADATA: RFC 5464 §4.1, §4.4.2.</summary>
public sealed class MetadataUpdatesTests
{
    [Fact]
    public Task Others_are_told_names_and_the_one_who_did_it_is_not() => ImapServer.PlayAsync("""
        C: a1 ENABLE METADATA
        S: * ENABLED METADATA
        S: a1 OK Done.
        C2: b1 ENABLE METADATA
        S2: * ENABLED METADATA
        S2: b1 OK Done.
        C2: b2 SETMETADATA INBOX (/shared/comment "x" /private/comment "y")
        S2: b2 OK Done.
        C: a2 NOOP
        S: * METADATA INBOX /private/comment /shared/comment
        S: a2 OK Done.
        C: a3 NOOP
        S: a3 OK Done.
        C2: b3 NOOP
        S2: b3 OK Done.
        C2: b4 SETMETADATA INBOX (/shared/comment NIL)
        S2: b4 OK Done.
        C2: b5 SETMETADATA "" (/private/vendor/v/x "1")
        S2: b5 OK Done.
        C: a4 SETMETADATA INBOX (/private/comment "mine")
        S: * METADATA "" /private/vendor/v/x
        S: * METADATA INBOX /shared/comment
        S: a4 OK Done.
        C2: b6 NOOP
        S2: * METADATA INBOX /private/comment
        S2: b6 OK Done.
        """);

    [Fact]
    public Task Nothing_is_told_before_it_is_turned_on() => ImapServer.PlayAsync("""
        C: a1 NOOP
        S: a1 OK Done.
        C2: b1 SETMETADATA INBOX (/shared/comment "x")
        S2: b1 OK Done.
        C: a2 NOOP
        S: a2 OK Done.
        C: a3 ENABLE METADATA
        S: * ENABLED METADATA
        S: a3 OK Done.
        C: a4 NOOP
        S: a4 OK Done.
        """);

    [Fact]
    public Task IDLE_tells_at_once_with_and_without_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 ENABLE METADATA
        S: * ENABLED METADATA
        S: a1 OK Done.
        C: a2 IDLE
        S: + Waiting for DONE.
        C2: b1 SETMETADATA Sent (/shared/comment "x")
        S2: b1 OK Done.
        S: * METADATA Sent /shared/comment
        C: DONE
        S: a2 OK Done.
        C: a3 EXAMINE INBOX
        ...
        S: a3 OK [READ-ONLY] Done.
        C: a4 IDLE
        S: + Waiting for DONE.
        C2: b2 SETMETADATA Sent (/shared/comment NIL)
        S2: b2 OK Done.
        S: * METADATA Sent /shared/comment
        C: DONE
        S: a4 OK Done.
        """);

    [Fact]
    public Task A_use_that_moves_is_told_and_its_side_effect_to_the_one_who_moved_it_too() => ImapServer.PlayAsync("""
        C: a1 ENABLE METADATA
        S: * ENABLED METADATA
        S: a1 OK Done.
        C2: b1 ENABLE METADATA
        S2: * ENABLED METADATA
        S2: b1 OK Done.
        C2: b2 SETMETADATA Archive (/private/specialuse "\\Drafts")
        S2: * METADATA Drafts /private/specialuse
        S2: b2 OK Done.
        C: a2 NOOP
        S: * METADATA Archive /private/specialuse
        S: * METADATA Drafts /private/specialuse
        S: a2 OK Done.
        C2: b3 CREATE Mine (USE (\Drafts))
        ...
        S2: b3 OK Done.
        C: a3 NOOP
        S: * METADATA Archive /private/specialuse
        S: * METADATA Mine /private/specialuse
        S: a3 OK Done.
        C2: b4 DELETE Mine
        S2: b4 OK Done.
        C: a4 NOOP
        S: a4 OK Done.
        """);

    [Fact]
    public Task NOTIFY_tells_of_the_mailboxes_it_names_without_ENABLE() => ImapServer.PlayAsync("""
        C: a1 NOTIFY SET (mailboxes Sent (MailboxMetadataChange))
        S: a1 OK Done.
        C2: b1 SETMETADATA "" (/private/vendor/v/x "1")
        S2: b1 OK Done.
        C2: b2 SETMETADATA INBOX (/shared/comment "x")
        S2: b2 OK Done.
        C2: b3 SETMETADATA Sent (/shared/comment "x")
        S2: b3 OK Done.
        S: * METADATA Sent /shared/comment
        C: a2 NOTIFY SET (mailboxes Sent (ServerMetadataChange))
        S: a2 OK Done.
        C2: b4 SETMETADATA Sent (/shared/comment "y")
        S2: b4 OK Done.
        C2: b5 SETMETADATA "" (/private/vendor/v/x NIL)
        S2: b5 OK Done.
        S: * METADATA "" /private/vendor/v/x
        C: a3 SETMETADATA "" (/private/vendor/v/x "mine")
        S: a3 OK Done.
        C: a4 NOTIFY NONE
        S: a4 OK Done.
        C2: b6 SETMETADATA "" (/private/vendor/v/x NIL)
        S2: b6 OK Done.
        C: a5 NOOP
        S: a5 OK Done.
        """);

    [Fact]
    public Task Names_are_those_of_the_moment_and_other_accounts_hear_nothing() => ImapServer.PlayAsync("""
        C: a1 ENABLE METADATA
        S: * ENABLED METADATA
        S: a1 OK Done.
        C3 -> bob
        C3: c1 ENABLE METADATA
        S3: * ENABLED METADATA
        S3: c1 OK Done.
        C2: b1 CREATE a
        S2: b1 OK Done.
        C2: b2 SETMETADATA a (/shared/comment "x")
        S2: b2 OK Done.
        C2: b3 RENAME a "b c"
        S2: b3 OK Done.
        C: a2 NOOP
        S: * METADATA "b c" /shared/comment
        S: a2 OK Done.
        C3: c2 NOOP
        S3: c2 OK Done.
        """);
}
