using Xunit;

namespace Martlet.Server.Tests.Imap;

/// <summary>STORE and UID STORE: RFC 9051 §6.4.6.</summary>
[Commands("STORE", "UID STORE")]
public sealed class StoreTests
{
    [Fact]
    public Task Flags_are_replaced_added_and_removed() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 FLAGS (\Seen \Draft)
        S: * 1 FETCH (FLAGS (\Seen \Draft))
        S: a2 OK Done.
        C: a3 STORE 1 +FLAGS (\Answered)
        S: * 1 FETCH (FLAGS (\Answered \Seen \Draft))
        S: a3 OK Done.
        C: a4 STORE 1 -FLAGS (\Seen \Flagged)
        S: * 1 FETCH (FLAGS (\Answered \Draft))
        S: a4 OK Done.
        C: a5 STORE 1:2 +FLAGS \Flagged \Seen
        S: * 1 FETCH (FLAGS (\Answered \Flagged \Seen \Draft))
        S: * 2 FETCH (FLAGS (\Flagged \Seen))
        S: a5 OK Done.
        C: a6 STORE 1 FLAGS ()
        S: * 1 FETCH (FLAGS ())
        S: a6 OK Done.
        C: a7 UID STORE 2 -FLAGS (\Seen)
        S: * 2 FETCH (UID 2 FLAGS (\Flagged))
        S: a7 OK Done.
        C: a8 STORE 2 +flags.silent (\Deleted)
        S: a8 OK Done.
        C: a9 UID STORE 1:* FLAGS.SILENT ()
        S: a9 OK Done.
        C: b1 FETCH 1:* FLAGS
        S: * 1 FETCH (FLAGS ())
        S: * 2 FETCH (FLAGS ())
        S: b1 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Keywords_keep_the_case_they_first_had() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS (Blue)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important Blue)
        S: * 1 FETCH (FLAGS (Blue))
        S: a2 OK Done.
        C: a3 STORE 2 +FLAGS (BLUE)
        S: * 2 FETCH (FLAGS (Blue))
        S: a3 OK Done.
        C: a4 STORE 1 -FLAGS (bLUE)
        S: * 1 FETCH (FLAGS ())
        S: a4 OK Done.
        C: a5 STORE 1 +FLAGS ($label1 NonJunk)
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important Blue $label1 NonJunk)
        S: * 1 FETCH (FLAGS ($label1 NonJunk))
        S: a5 OK Done.
        C: a6 STORE 1 -FLAGS (nosuch)
        S: * 1 FETCH (FLAGS ($label1 NonJunk))
        S: a6 OK Done.
        C: a7 FETCH 1:2 FLAGS
        S: * 1 FETCH (FLAGS ($label1 NonJunk))
        S: * 2 FETCH (FLAGS (Blue))
        S: a7 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task Another_session_is_told_with_a_new_FLAGS_line() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (Blue)
        S2: * FLAGS *
        S2: b2 OK Done.
        C: a2 NOOP
        S: * FLAGS (\Seen \Answered \Flagged \Deleted \Draft $Forwarded $MDNSent $Junk $NotJunk $Phishing $Important Blue)
        S: * 1 FETCH (UID 1 FLAGS (Blue))
        S: a2 OK Done.
        C: a3 NOOP
        S: a3 OK Done.
        C2: b3 NOOP
        S2: b3 OK Done.
        """, Mail.One);

    [Fact]
    public Task EXPUNGE_is_not_told_during_STORE_by_number() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS.SILENT (\Deleted)
        S2: b2 OK Done.
        C2: b3 EXPUNGE
        S2: * 1 EXPUNGE
        S2: b3 OK Done.
        C: a2 STORE 2 +FLAGS (\Seen)
        S: * 2 FETCH (FLAGS (\Seen))
        S: a2 OK Done.
        C: a3 STORE 1 +FLAGS (\Seen)
        S: a3 NO [EXPUNGEISSUED] Some of the messages are gone.
        C: a4 STORE 1:3 +FLAGS.SILENT (\Seen)
        S: a4 NO [EXPUNGEISSUED] Some of the messages are gone.
        C: a5 UID STORE 1:3 +FLAGS (\Answered)
        S: * 2 FETCH (UID 2 FLAGS (\Answered \Seen))
        S: * 3 FETCH (UID 3 FLAGS (\Answered \Seen))
        S: * 1 EXPUNGE
        S: a5 OK Done.
        """, Mail.One, Mail.Two, Mail.Three);

    [Fact]
    public Task A_change_that_changes_nothing_does_not_hide_those_of_others() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Flagged)
        S2: * 1 FETCH (FLAGS (\Flagged))
        S2: b2 OK Done.
        C: a2 STORE 2 -FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 FLAGS (\Flagged))
        S: a2 OK Done.
        C2: b3 STORE 1 +FLAGS (\Answered)
        S2: * 1 FETCH (FLAGS (\Answered \Flagged))
        S2: b3 OK Done.
        C: a3 STORE 1 +FLAGS.SILENT (\Answered)
        S: * 1 FETCH (UID 1 FLAGS (\Answered \Flagged))
        S: a3 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task A_silent_change_does_not_hide_what_another_session_did_to_the_message() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C2: b1 SELECT inbox
        ...
        S2: b1 OK [READ-WRITE] Done.
        C2: b2 STORE 1 +FLAGS (\Flagged)
        S2: * 1 FETCH (FLAGS (\Flagged))
        S2: b2 OK Done.
        C: a2 STORE 1 +FLAGS.SILENT (\Seen)
        S: * 1 FETCH (UID 1 FLAGS (\Flagged \Seen))
        S: a2 OK Done.
        C2: b3 NOOP
        S2: * 1 FETCH (UID 1 FLAGS (\Flagged \Seen))
        S2: b3 OK Done.
        C: a3 STORE 1 +FLAGS.SILENT (\Answered)
        S: a3 OK Done.
        """, Mail.One);

    [Fact]
    public Task Own_changes_are_told_once() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: a2 OK Done.
        C: a3 NOOP
        S: a3 OK Done.
        C: a4 STORE 1 +FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: a4 OK Done.
        C: a5 NOOP
        S: a5 OK Done.
        """, Mail.One);

    [Fact]
    public Task Sets_beyond_the_end() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 3 +FLAGS (\Seen)
        S: a2 BAD There are not so many messages.
        C: a3 STORE 1:3 +FLAGS (\Seen)
        S: a3 BAD There are not so many messages.
        C: a4 STORE 2:1 +FLAGS (\Seen)
        S: * 1 FETCH (FLAGS (\Seen))
        S: * 2 FETCH (FLAGS (\Seen))
        S: a4 OK Done.
        C: a5 STORE * +FLAGS (\Flagged)
        S: * 2 FETCH (FLAGS (\Flagged \Seen))
        S: a5 OK Done.
        C: a6 STORE *:1 +FLAGS.SILENT (\Draft)
        S: a6 OK Done.
        C: a7 UID STORE 7 +FLAGS (\Seen)
        S: a7 OK Done.
        C: a8 UID STORE 7:* +FLAGS (\Seen)
        S: * 2 FETCH (UID 2 FLAGS (\Flagged \Seen \Draft))
        S: a8 OK Done.
        C: a9 UID STORE 7:9 +FLAGS (\Seen)
        S: a9 OK Done.
        C: b1 STORE $ +FLAGS (\Seen)
        S: b1 OK Done.
        """, Mail.One, Mail.Two);

    [Fact]
    public Task An_empty_mailbox_has_no_messages_to_store() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 +FLAGS (\Seen)
        S: a2 BAD There are not so many messages.
        C: a3 STORE * +FLAGS (\Seen)
        S: a3 BAD There are not so many messages.
        C: a4 STORE 1:* +FLAGS (\Seen)
        S: a4 BAD There are not so many messages.
        C: a5 UID STORE 1:* +FLAGS (\Seen)
        S: a5 OK Done.
        C: a6 UID STORE * +FLAGS (\Seen)
        S: a6 OK Done.
        """);

    [Fact]
    public Task STORE_takes_a_set_an_action_and_flags() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE
        S: a2 BAD Expected a space.
        C: a3 STORE 1
        S: a3 BAD Expected a space.
        C: a4 STORE 1 FLAGS
        S: a4 BAD Expected a space.
        C: a5 STORE 0 FLAGS (\Seen)
        S: a5 BAD Expected a number above zero.
        C: a6 STORE 1, FLAGS (\Seen)
        S: a6 BAD Expected a number.
        C: a7 STORE 1 BOGUS (\Seen)
        S: a7 BAD Expected another word.
        C: a8 STORE 1 FLAGS (\Bogus)
        S: a8 BAD Unknown system flag.
        C: a9 STORE 1 FLAGS (\Recent)
        S: a9 BAD Unknown system flag.
        C: b1 STORE 1 FLAGS (\Seen
        S: b1 BAD Expected ')'.
        C: b2 STORE 1 FLAGS (\Seen) more
        S: b2 BAD Unexpected text after the arguments.
        C: b3 STORE 1 FLAGS ("quoted")
        S: b3 BAD Expected an atom.
        C: b4 STORE 1 FLAGS (\*)
        S: b4 BAD Expected an atom.
        C: b5 STORE x FLAGS (\Seen)
        S: b5 BAD Expected a number.
        C: b6 STORE 4294967296 FLAGS (\Seen)
        S: b6 BAD The number exceeds 32 bits.
        C: b7 STORE 1 (UNCHANGEDSINCE) FLAGS (\Seen)
        S: b7 BAD Expected a space.
        C: b8 UID STORE
        S: b8 BAD Expected a space.
        C: b9 UID
        S: b9 BAD Expected a space.
        C: c1 UID BOGUS 1
        S: c1 BAD Unknown command.
        C: c2 STORE 1 ++FLAGS (\Seen)
        S: c2 BAD Expected another word.
        """, Mail.One);

    [Fact]
    public Task STORE_needs_a_mailbox() => ImapServer.PlayAsync("""
        C: a1 STORE 1 FLAGS ()
        S: a1 BAD Select a mailbox first.
        C: a2 UID STORE 1 FLAGS ()
        S: a2 BAD Select a mailbox first.
        C2 -> bare
        S2: * OK *
        C2: b1 STORE 1 FLAGS ()
        S2: b1 BAD Log in first.
        """);

    [Fact]
    public Task Too_many_keywords_on_a_message_are_refused() => ImapServer.PlayAsync("""
        C: a1 SELECT inbox
        ...
        S: a1 OK [READ-WRITE] Done.
        C: a2 STORE 1 FLAGS (k000 k001 k002 k003 k004 k005 k006 k007 k008 k009 k010 k011 k012 k013 k014 k015 k016 k017 k018 k019 k020 k021 k022 k023 k024 k025 k026 k027 k028 k029 k030 k031 k032 k033 k034 k035 k036 k037 k038 k039 k040 k041 k042 k043 k044 k045 k046 k047 k048 k049 k050 k051 k052 k053 k054 k055 k056 k057 k058 k059 k060 k061 k062 k063 k064 k065 k066 k067 k068 k069 k070 k071 k072 k073 k074 k075 k076 k077 k078 k079 k080 k081 k082 k083 k084 k085 k086 k087 k088 k089 k090 k091 k092 k093 k094 k095 k096 k097 k098 k099 k100)
        S: a2 NO [LIMIT] A limit of the server is reached.
        C: a3 FETCH 1 FLAGS
        S: * 1 FETCH (FLAGS ())
        S: a3 OK Done.
        C: a4 STORE 1 FLAGS (k0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789)
        S: a4 BAD [TOOBIG] The keyword is too long.
        """, Mail.One);
}
