using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class CommandValueTests
{
    [Fact]
    public void Login_reads_strings_and_prints_no_password()
    {
        var login = Wire.Good(LoginCommand.Read, " {5+}\r\nusér {3}\r\np\"w\r\n");
        Assert.Equal(("usér", "p\"w"), (login.Username, login.Password));
        Assert.Equal("LOGIN", login.ToString());
    }

    [Fact]
    public void Authenticate_has_an_initial_response_or_none()
    {
        Assert.Null(Wire.Good(AuthenticateCommand.Read, " plain").InitialResponse);
        Assert.Equal([], Wire.Good(AuthenticateCommand.Read, " EXTERNAL =").InitialResponse!);
        var plain = Wire.Good(AuthenticateCommand.Read, " plain AGEAYg==");
        Assert.Equal("\0a\0b"u8.ToArray(), plain.InitialResponse!);
        Assert.Equal("AUTHENTICATE PLAIN", plain.ToString());
        Assert.True(AuthenticateCommand.TryReadResponse("Zm9v\r\n"u8, ImapLimits.BeforeLogin, out var response) && response.Length == 3);
        Assert.True(AuthenticateCommand.TryReadResponse("\r\n"u8, ImapLimits.BeforeLogin, out response) && response.Length == 0);
        Assert.False(AuthenticateCommand.TryReadResponse("*\r\n"u8, ImapLimits.BeforeLogin, out _));
    }

    [Fact]
    public void Enable_names_capabilities_in_any_case()
    {
        var enable = Wire.Good(EnableCommand.Read, " imap4rev2 FOO=bar");
        Assert.True(enable.Names(Capability.Imap4Rev2));
        Assert.False(enable.Names(Capability.CondStore));
        Assert.Equal(["IMAP4REV2", "FOO=BAR"], enable.Capabilities);
    }

    [Fact]
    public void Select_keeps_its_parameters()
    {
        var select = Wire.Good(SelectCommand.Read, " inbox (QRESYNC (67890007 90060115194045000 41:211,214:541 (9,1,2 7,12:11)) CONDSTORE)");
        Assert.True(select.Mailbox.IsInbox && select.CondStore);
        Assert.Equal(67890007u, select.QResync!.UidValidity);
        Assert.Equal(90060115194045000, select.QResync.ModSeq);
        Assert.Equal("41:211,214:541", select.QResync.KnownUids!.ToString());
        Assert.Equal("1:2,9", select.QResync.MatchSeqs!.ToString());
        Assert.Equal("7,11:12", select.QResync.MatchUids!.ToString());
    }

    [Fact]
    public void Create_drops_the_trailing_separator()
    {
        Assert.Equal("a/b", Wire.Good(CreateCommand.Read, " a/b/").Mailbox.Value);
        Assert.Equal(["\\Sent", "\\foo"], Wire.Good(CreateCommand.Read, " a (use (\\Sent \\foo))").SpecialUses);
    }

    [Fact]
    public void List_tells_basic_from_extended()
    {
        Assert.False(Wire.Good(ListCommand.Read, " \"\" \"\"").IsExtended);
        Assert.True(Wire.Good(ListCommand.Read, " \"\" (a)").IsExtended);
        Assert.True(Wire.Good(ListCommand.Read, " () \"\" a").IsExtended);
        var list = Wire.Good(ListCommand.Read, " (subscribed recursivematch) ref (\"&AOk-*\" %) return (children status (unseen size) special-use)");
        Assert.Equal(ListSelections.Subscribed | ListSelections.RecursiveMatch, list.Selections);
        Assert.Equal(ListReturns.Children | ListReturns.SpecialUse, list.Returns);
        Assert.Equal(StatusItems.Unseen | StatusItems.Size, list.Status);
        Assert.Equal(["é*", "%"], list.Patterns);
        Assert.Equal("ref", list.Reference.Value);
    }

    [Fact]
    public void Id_gives_pairs()
    {
        var id = Wire.Good(IdCommand.Read, " (\"name\" \"x\" \"os\" NIL)");
        Assert.Equal([new("name", "x"), new("os", null)], id.Fields);
        Assert.Empty(Wire.Good(IdCommand.Read, " nil").Fields);
    }

    [Fact]
    public void Store_has_three_actions_and_may_be_silent()
    {
        var store = Wire.Good(StoreCommand.Read, " 1:* (UNCHANGEDSINCE 12121230045) -flags.silent (\\deleted $x)");
        Assert.Equal(StoreAction.Remove, store.Action);
        Assert.True(store.IsSilent);
        Assert.Equal(12121230045, store.UnchangedSince);
        Assert.Equal([Flag.Deleted, store.Flags[1]], store.Flags);
        Assert.Equal(StoreAction.Add, Wire.Good(StoreCommand.Read, " 1 +FLAGS a").Action);
        store = Wire.Good(StoreCommand.Read, " 1 FLAGS ()");
        Assert.Equal(StoreAction.Replace, store.Action);
        Assert.Empty(store.Flags);
        Assert.Null(store.UnchangedSince);
    }

    [Theory]
    [InlineData("ALL", "Flags InternalDate Size Envelope")]
    [InlineData("fast", "Flags InternalDate Size")]
    [InlineData("FULL", "Flags InternalDate Size Envelope Body")]
    [InlineData("(UID BODY BODYSTRUCTURE RFC822)", "Uid Body BodyStructure Rfc822")]
    [InlineData("(PREVIEW (LAZY) MODSEQ SAVEDATE)", "Preview ModSeq SaveDate")]
    public void Fetch_spells_macros_out(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Wire.Good(FetchCommand.Read, " 1 " + text).Items.Select(static i => i.Kind)));

    [Theory]
    [InlineData("BODY[]", "BODY[]", true)]
    [InlineData("body.peek[]<7.5>", "BODY[]<7>", false)]
    [InlineData("BODY[header]", "BODY[HEADER]", true)]
    [InlineData("BODY[1.2.MIME]", "BODY[1.2.MIME]", true)]
    [InlineData("BODY[1.TEXT]", "BODY[1.TEXT]", true)]
    [InlineData("BODY[12]", "BODY[12]", true)]
    [InlineData("BODY.PEEK[1.HEADER.FIELDS (date \"From\" \"a b\")]", "BODY[1.HEADER.FIELDS (date From \"a b\")]", false)]
    [InlineData("BODY[HEADER.FIELDS.NOT ({2}\r\nTo)]<0.1>", "BODY[HEADER.FIELDS.NOT (To)]<0>", true)]
    [InlineData("BINARY[1.2]<3.4>", "BINARY[1.2]<3>", true)]
    [InlineData("BINARY.PEEK[]", "BINARY[]", false)]
    [InlineData("BINARY.SIZE[3]", "BINARY.SIZE[3]", false)]
    public void A_section_is_answered_under_its_name(string text, string name, bool setsSeen)
    {
        var item = Wire.Good(FetchCommand.Read, " 1 " + text).Items[0];
        Assert.Equal(name, Wire.Written(w => w.SectionName(item)));
        Assert.Equal(setsSeen, item.SetsSeen);
    }

    [Fact]
    public void Fetch_keeps_its_modifiers()
    {
        var fetch = Wire.Good(FetchCommand.Read, " 300:500 (FLAGS) (VANISHED CHANGEDSINCE 12345)");
        Assert.True(fetch.Vanished);
        Assert.Equal(12345, fetch.ChangedSince);
        Assert.Equal(0, Wire.Good(FetchCommand.Read, " 1 FLAGS (CHANGEDSINCE 0)").ChangedSince);
        Assert.True(Wire.Good(FetchCommand.Read, " 1 PREVIEW (LAZY)").Items[0].IsLazy);
        Assert.Equal(5, Wire.Good(FetchCommand.Read, " 1 PREVIEW (CHANGEDSINCE 5)").ChangedSince);
    }

    [Theory]
    [InlineData("DONE", true)]
    [InlineData("done\r\n", true)]
    [InlineData("DONE \r\n", false)]
    [InlineData("a DONE\n", false)]
    [InlineData("", false)]
    public void Idle_ends_with_DONE(string line, bool expected) => Assert.Equal(expected, IdleCommand.IsDone(Encoding.ASCII.GetBytes(line)));
}
