using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>Untagged data about mailboxes and the server, mostly the examples of the RFCs.</summary>
public sealed class MailboxResponseTests
{
    [Theory]
    [InlineData("* LIST (\\Noselect) \"/\" \"/usr/staff/jones\"", "/usr/staff/jones", '/', "\\Noselect")]
    [InlineData("* LIST () NIL INBOX", "INBOX", null, "")]
    [InlineData("* LIST (\\HasChildren \\Sent) \".\" inbox", "INBOX", '.', "\\HasChildren \\Sent")]
    [InlineData("* LIST () \"\\\\\" {5}\r\na\\b c", "a\\b c", '\\', "")]
    [InlineData("* LIST () \"/\" \"&AOk-t&AOk-\"", "été", '/', "")]
    [InlineData("* LIST ()  \"/\"  [Gmail] ", "[Gmail]", '/', "")]
    [InlineData("* LIST () \"/\" \"Tom & Jerry\"", "Tom & Jerry", '/', "")] // no modified UTF-7, but what it is called
    public void List(string wire, string name, char? separator, string attributes)
    {
        var list = Answers.Read<ListData>(wire);
        Assert.Equal((name, separator, attributes, false), (list.Mailbox.Value, list.Separator, string.Join(' ', list.Attributes), list.IsLsub));
    }

    [Fact]
    public void List_has_extended_data()
    {
        var list = Answers.Read<ListData>("* LIST (\\Subscribed \\NonExistent) \"/\" Foo (\"CHILDINFO\" (\"SUBSCRIBED\") OLDNAME (\"Ol{d\") \"X-VENDOR\" (a (b \"c\") 1:2))");
        Assert.Equal(["SUBSCRIBED"], list.ChildInfo);
        Assert.Equal("Ol{d", list.OldName?.Value);
        Assert.True(list.Has("\\nonexistent") && !list.Has("\\Sent"));
        Assert.True(Answers.Read<ListData>("* LSUB () \".\" #news.comp").IsLsub);
    }

    [Fact]
    public void Names_are_UTF8_once_that_is_enabled()
    {
        Assert.Equal("été", Answers.Read<ListData>("* LIST () \"/\" \"été\"", isUtf8: true).Mailbox.Value);
        Assert.Equal("été", Answers.Read<ListData>("* LIST () \"/\" \"été\"").Mailbox.Value); // servers that do not wait for it
        Assert.Equal("&AOk-", Answers.Read<ListData>("* LIST () \"/\" &AOk-", isUtf8: true).Mailbox.Value);
    }

    [Fact]
    public void Status_has_what_was_sent()
    {
        var status = Answers.Read<StatusData>("* STATUS blurdybloop (MESSAGES 231 UIDNEXT 44292 SIZE 99999999999 APPENDLIMIT NIL MAILBOXID (F2212ea87) HIGHESTMODSEQ 7011231777 DELETED 3 DELETED-STORAGE 8 )");
        Assert.Equal(("blurdybloop", 231L, 44292L, 99999999999L), (status.Mailbox.Value, status.Messages, status.UidNext, status.Size));
        Assert.Equal((7011231777L, 3L, 8L), (status.HighestModSeq, status.Deleted, status.DeletedStorage));
        Assert.True(status.AppendLimit is null && status.Unseen is null && status.Recent is null && status.UidValidity is null);
        Assert.Null(Answers.Read<StatusData>("* STATUS \"x\" ()").Messages);
    }

    [Fact]
    public void Numbers_of_the_mailbox()
    {
        Assert.Equal(new ExistsData(23), Answers.Read("* 23 EXISTS"));
        Assert.Equal(new RecentData(5), Answers.Read("* 5 RECENT "));
        Assert.Equal(new ExpungeData(44), Answers.Read("* 44 expunge"));
        var flags = Answers.Read<FlagsData>("* FLAGS (\\Answered \\Recent $Forwarded NonJunk)").Flags;
        Assert.Equal(["\\Answered", "\\Recent", "$Forwarded", "NonJunk"], flags.Select(static flag => flag.Name));
    }

    [Fact]
    public void Vanished_says_whether_it_was_before()
    {
        var vanished = Answers.Read<VanishedData>("* VANISHED (EARLIER) 41,43:116,118");
        Assert.Equal((true, "41,43:116,118"), (vanished.IsEarlier, vanished.Uids.ToString()));
        Assert.False(Answers.Read<VanishedData>("* VANISHED 405").IsEarlier);
    }

    [Fact]
    public void Search_comes_in_two_forms()
    {
        var search = Answers.Read<SearchData>("* SEARCH 2 5 6 7 11 12 18 19 20 23 (MODSEQ 917162500)");
        Assert.Equal((10, 917162500L), (search.Numbers.Count, search.ModSeq));
        Assert.Empty(Answers.Read<SearchData>("* SEARCH").Numbers);
        Assert.Equal([2u, 84u], Answers.Read<SearchData>("* SEARCH 2 84 ").Numbers);

        var found = Answers.Read<ESearchData>("* ESEARCH (TAG \"A282\") UID MIN 2 MAX 88 COUNT 3 ALL 2,10:11 MODSEQ 1236 X-EXT (1 2)");
        Assert.Equal(("A282", true, 2u, 88u, 3u, 1236L), (found.Tag, found.IsUid, found.Min, found.Max, found.Count, found.ModSeq));
        Assert.Equal("2,10:11", Answers.Text(found.All));
        Assert.Equal(0u, Answers.Read<ESearchData>("* ESEARCH (TAG \"A\") COUNT 0").Count);
        Assert.Null(Answers.Read<ESearchData>("* ESEARCH").Tag);
    }

    [Fact]
    public void Search_of_several_mailboxes_and_of_a_window()
    {
        var found = Answers.Read<ESearchData>("* ESEARCH (TAG \"tag1\" MAILBOX \"folder1/salmon\" UIDVALIDITY 67890007) UID ALL 400:401");
        Assert.Equal(("folder1/salmon", 67890007u), (found.Mailbox?.Value, found.UidValidity));
        var window = Answers.Read<ESearchData>("* ESEARCH (TAG \"A01\") UID PARTIAL (-1:-100 200:250,252:300)");
        Assert.Equal((new PartialRange(-1, -100), "200:250,252:300"), (window.Partial, Answers.Text(window.PartialResults)));
        var none = Answers.Read<ESearchData>("* ESEARCH (TAG \"A02\") UID PARTIAL (23500:24000 NIL)");
        Assert.Equal((new PartialRange(23500, 24000), null), (none.Partial, none.PartialResults));
    }

    [Fact]
    public void Namespaces()
    {
        var names = Answers.Read<NamespaceData>("* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\" \"X-PARAM\" (\"FLAG1\" \"FLAG2\"))) NIL ((\"#shared.\" NIL))");
        Assert.Equal([new NamespaceEntry("", '/'), new NamespaceEntry("#mh/", '/')], names.Personal);
        Assert.Empty(names.Others);
        Assert.Equal([new NamespaceEntry("#shared.", Separator: null)], names.Shared);
    }

    [Fact]
    public void Quota()
    {
        var quota = Answers.Read<QuotaData>("* QUOTA \"!partition/sda4\" (STORAGE 104 10923847 message 5 9223372036854775807)");
        Assert.Equal([new QuotaResource("STORAGE", 104, 10923847), new QuotaResource("MESSAGE", 5, long.MaxValue)], quota.Resources);
        Assert.Empty(Answers.Read<QuotaData>("* QUOTA \"\" ()").Resources);
        var roots = Answers.Read<QuotaRootData>("* QUOTAROOT INBOX #user/alice \"\"");
        Assert.Equal(["#user/alice", ""], roots.Roots);
        Assert.Empty(Answers.Read<QuotaRootData>("* QUOTAROOT comp.mail.mime").Roots);
    }

    [Fact]
    public void Metadata_with_and_without_values()
    {
        var data = Answers.Read<MetadataData>("* METADATA \"INBOX\" (/shared/comment \"Shared\" /private/comment NIL /private/x ~{3}\r\na\0b)");
        Assert.Equal(["Shared", null, "a\0b"], data.Entries.Select(static entry => entry.Text));
        Assert.Equal(["/shared/comment", "/private/comment"], Answers.Read<MetadataChangedData>("* METADATA \"\" /shared/comment /private/comment").Entries);
    }

    [Fact]
    public void Id_and_enabled()
    {
        var id = Answers.Read<IdData>("* ID (\"name\" \"Cyrus\" \"os\" NIL)");
        Assert.Equal([new("name", "Cyrus"), new("os", null)], id.Fields);
        Assert.Empty(Answers.Read<IdData>("* ID NIL").Fields);
        Assert.Equal(["CONDSTORE", "UTF8=ACCEPT"], Answers.Read<EnabledData>("* ENABLED CONDSTORE UTF8=ACCEPT").Capabilities);
        Assert.Empty(Answers.Read<EnabledData>("* ENABLED").Capabilities);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_shown_as_Latin1()
    {
        byte[] wire = [.. "* LIST () \"/\" \"caf"u8, 0xe9, .. "\"\r\n"u8];
        Assert.Equal("café", Assert.IsType<ListData>(Assert.Single(Answers.ReadAll(wire))).Mailbox.Value);
        Assert.Equal("grün", Assert.IsType<StatusResponse>(Assert.Single(Answers.ReadAll(Encoding.Latin1.GetBytes("* OK grün\r\n")))).Text);
    }
}
