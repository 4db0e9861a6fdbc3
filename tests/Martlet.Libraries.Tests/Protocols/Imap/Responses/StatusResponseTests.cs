using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>Status responses and their codes: RFC 9051 §7.1 and the extensions.</summary>
public sealed class StatusResponseTests
{
    [Theory]
    [InlineData("* OK IMAP4rev2 server ready", null, StatusKind.Ok, "IMAP4rev2 server ready")]
    [InlineData("* PREAUTH logged in as Smith", null, StatusKind.PreAuth, "logged in as Smith")]
    [InlineData("* BYE Autologout; idle for too long", null, StatusKind.Bye, "Autologout; idle for too long")]
    [InlineData("A222 NO COPY failed: disk is full", "A222", StatusKind.No, "COPY failed: disk is full")]
    [InlineData("a1 BAD", "a1", StatusKind.Bad, "")]
    [InlineData("a1 OK ", "a1", StatusKind.Ok, "")]
    [InlineData("a1 ok done", "a1", StatusKind.Ok, "done")]
    [InlineData("* OK [no end of the code", null, StatusKind.Ok, "[no end of the code")]
    [InlineData("* OK text that ends like a literal {3}", null, StatusKind.Ok, "text that ends like a literal {3}")]
    [InlineData("* NO [ALERT] text {3+}", null, StatusKind.No, "text {3+}")]
    public void Status(string wire, string? tag, StatusKind kind, string text)
    {
        var status = Answers.Read<StatusResponse>(wire);
        Assert.Equal((tag, kind, text), (status.Tag, status.Kind, status.Text));
    }

    [Theory]
    [InlineData("ALERT", "ALERT", "")]
    [InlineData("trycreate", "TRYCREATE", "")]
    [InlineData("OVERQUOTA", "OVERQUOTA", "")]
    [InlineData("TOOBIG", "TOOBIG", "")]
    [InlineData("NOTIFICATIONOVERFLOW", "NOTIFICATIONOVERFLOW", "")]
    [InlineData("X-NEW some thing (with) \"]\" in it", "X-NEW", "some thing (with) \"]\" in it")]
    [InlineData("UIDNEXT many", "UIDNEXT", "many")]
    [InlineData("UIDVALIDITY", "UIDVALIDITY", "")]
    [InlineData("COPYUID 1 1:3 7:8", "COPYUID", "1 1:3 7:8")] // two sets of different size say nothing
    [InlineData("COPYUID 1 1:* 7:8", "COPYUID", "1 1:* 7:8")]
    public void Codes_without_a_meaning_here_keep_their_text(string code, string name, string text) => Assert.Equal(new PlainCode(name, text), Answers.Code(code));

    [Theory]
    [InlineData("UIDNEXT 4392", "UIDNEXT", 4392)]
    [InlineData("UIDVALIDITY 3857529045", "UIDVALIDITY", 3857529045)]
    [InlineData("UNSEEN 12", "UNSEEN", 12)]
    [InlineData("HIGHESTMODSEQ 9223372036854775807", "HIGHESTMODSEQ", long.MaxValue)]
    public void Numbers(string code, string name, long number) => Assert.Equal(new NumberCode(name, number), Answers.Code(code));

    [Fact]
    public void A_code_needs_no_text() => Assert.Equal(new NumberCode("HIGHESTMODSEQ", 5), Answers.Read<StatusResponse>("* OK [HIGHESTMODSEQ 5]").Code);

    [Fact]
    public void Capabilities_come_as_a_set()
    {
        var capabilities = Assert.IsType<CapabilityCode>(Answers.Code("CAPABILITY IMAP4rev1 LITERAL+ auth=plain AUTH=SCRAM-SHA-256 APPENDLIMIT=1000 APPENDLIMIT")).Capabilities;
        Assert.True(capabilities.Has("imap4REV1") && capabilities.Has(Capability.LiteralPlus) && !capabilities.Has("IDLE"));
        Assert.Equal(["plain", "SCRAM-SHA-256"], capabilities.Mechanisms);
        Assert.Equal(1000, capabilities.AppendLimit);
        Assert.Equal(6, Answers.Read<CapabilityData>("* CAPABILITY IMAP4rev1 LITERAL+ AUTH=PLAIN AUTH=X A B").Capabilities.Count);
    }

    [Theory]
    [InlineData("PERMANENTFLAGS (\\Deleted \\Seen \\*)", "\\Deleted \\Seen", true)]
    [InlineData("PERMANENTFLAGS ()", "", false)]
    [InlineData("PERMANENTFLAGS (\\Odd $Forwarded [Gmail]/x)", "", false)] // a bracket ends the code, whatever is meant
    public void Permanent_flags(string code, string flags, bool mayCreate)
    {
        if (Answers.Code(code) is not PermanentFlagsCode permanent)
        {
            Assert.IsType<PlainCode>(Answers.Code(code));
            return;
        }

        Assert.Equal(flags, string.Join(' ', permanent.Flags));
        Assert.Equal(mayCreate, permanent.MayCreate);
    }

    [Fact]
    public void APPENDUID_and_COPYUID_pair_UIDs_in_the_servers_order()
    {
        var append = Assert.IsType<AppendUidCode>(Answers.Code("APPENDUID 38505 3955:3957"));
        Assert.Equal((38505u, 3), (append.UidValidity, append.Uids.Resolve(0).Count));
        var copy = Assert.IsType<CopyUidCode>(Answers.Code("COPYUID 38505 304,319:320 3958,3956:3957"));
        Assert.Equal([(304u, 3958u), (319u, 3956u), (320u, 3957u)], copy.Pairs());
        var huge = Assert.IsType<CopyUidCode>(Answers.Code("COPYUID 1 1:4294967295 1:4294967295"));
        Assert.Equal((1u, 1u), huge.Pairs().First());
    }

    [Fact]
    public void Codes_of_extensions()
    {
        Assert.Equal("7,9", Answers.Text(Assert.IsType<ModifiedCode>(Answers.Code("MODIFIED 7,9")).Messages));
        Assert.Equal(["UTF-8", "US-ASCII"], Assert.IsType<BadCharsetCode>(Answers.Code("BADCHARSET (UTF-8 \"US-ASCII\")")).Charsets);
        Assert.Equal(["UTF-8"], Assert.IsType<BadCharsetCode>(Answers.Code("BADCHARSET ({5}\r\nUTF-8)")).Charsets);
        Assert.Empty(Assert.IsType<BadCharsetCode>(Answers.Code("BADCHARSET")).Charsets);
        Assert.Equal(["MessageNew", "MessageExpunge"], Assert.IsType<BadEventCode>(Answers.Code("BADEVENT (MessageNew MessageExpunge)")).Events);
        Assert.Equal(new MetadataCode("LONGENTRIES", 2199), Answers.Code("METADATA LONGENTRIES 2199"));
        Assert.Equal(new MetadataCode("MAXSIZE", 1024), Answers.Code("METADATA MAXSIZE 1024"));
        Assert.Equal(new MetadataCode("TOOMANY", Bytes: null), Answers.Code("METADATA TOOMANY"));
        Assert.Equal(new MetadataCode("NOPRIVATE", Bytes: null), Answers.Code("METADATA NOPRIVATE"));
    }

    [Theory]
    [InlineData("INPROGRESS (\"A001\" 454 1000)", "A001", 454L, 1000L)]
    [InlineData("INPROGRESS (\"A001\" 999 NIL)", "A001", 999L, null)]
    [InlineData("INPROGRESS (NIL NIL NIL)", null, null, null)]
    [InlineData("INPROGRESS", null, null, null)]
    public void Progress(string code, string? tag, long? done, long? goal) => Assert.Equal(new InProgressCode(tag, done, goal), Answers.Code(code));

    [Theory]
    [InlineData("+ Ready for literal data", "Ready for literal data")]
    [InlineData("+ ", "")]
    [InlineData("+", "")]
    [InlineData("+ {3}", "{3}")]
    public void Continuations(string wire, string text) => Assert.Equal(new ContinuationResponse(text), Answers.Read(wire));

    [Theory]
    [InlineData("a1 FINE done")]
    [InlineData("a1")]
    [InlineData("* ")]
    [InlineData("*")]
    [InlineData("* 0 EXPUNGE")]
    [InlineData("* 99999999999 EXISTS")]
    [InlineData("* 1 EXISTS more")]
    [InlineData("* LIST (")]
    [InlineData("* VANISHED 1:*")]
    [InlineData("* 1 FETCH (UID)")]
    [InlineData("* 1 FETCH (UID 4 FLAGS (\\Seen)")]
    [InlineData("* 1 FETCH (ENVELOPE (NIL NIL))")]
    [InlineData("* STATUS x (MESSAGES 1")]
    public void What_is_not_the_grammar_is_a_value_too(string wire) => Assert.IsType<InvalidResponse>(Answers.Read(wire));

    [Theory]
    [InlineData("* ACL INBOX fred rwipslda", "ACL")]
    [InlineData("* THREAD (2)(3 6 (4 23)(44 7 96))", "THREAD")]
    [InlineData("* 12 XNOTE (a b)", "XNOTE")]
    public void Unknown_responses_are_read_over(string wire, string name) => Assert.Equal(new UnknownResponse(name), Answers.Read(wire));
}
