using System.Text;
using Martlet.Fuzz.Targets;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Commands;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>Every command as the client writes it. Where this server reads the command, it must understand what was written.</summary>
public sealed class RequestTests
{
    private static readonly NumSet Set = NumSet.Of(new NumRange(1, 3), new NumRange(7, NumRange.Star));
    private static readonly MailboxName Work = new("Wörk");
    private static readonly DateTimeOffset Date = new(2026, 2, 1, 9, 5, 0, TimeSpan.FromHours(-8));

    public static TheoryData<ImapRequest, string> Requests { get; } = new()
    {
        { BareRequest.Capability, "CAPABILITY" },
        { BareRequest.Unauthenticate, "UNAUTHENTICATE" },
        { new LoginRequest("ann", "correct horse"), "LOGIN ann \"correct horse\"" },
        { new LoginRequest("NIL", "a\\\"b"), "LOGIN \"NIL\" \"a\\\\\\\"b\"" },
        { new AuthenticateRequest("PLAIN", InitialResponse: null), "AUTHENTICATE PLAIN" },
        { new AuthenticateRequest("EXTERNAL", ReadOnlyMemory<byte>.Empty), "AUTHENTICATE EXTERNAL =" },
        { new AuthenticateRequest("PLAIN", "\0a\0b"u8.ToArray()), "AUTHENTICATE PLAIN AGEAYg==" },
        { new EnableRequest("CONDSTORE", "UTF8=ACCEPT"), "ENABLE CONDSTORE UTF8=ACCEPT" },
        { new IdRequest(), "ID NIL" },
        { new IdRequest(new KeyValuePair<string, string?>("name", "x"), new("os", null)), "ID (\"name\" \"x\" \"os\" NIL)" },
        { new CompressRequest(), "COMPRESS DEFLATE" },
        { new SelectRequest(MailboxName.Inbox), "SELECT INBOX" },
        { new SelectRequest(Work) { IsReadOnly = true, CondStore = true }, "EXAMINE W&APY-rk (CONDSTORE)" },
        {
            new SelectRequest(MailboxName.Inbox) { QResync = new QResyncParameter(67890007, 90060115194045000, NumSet.OfNumbers(41, 42), NumSet.OfNumbers(1), NumSet.OfNumbers(41)) },
            "SELECT INBOX (QRESYNC (67890007 90060115194045000 41:42 (1 41)))"
        },
        { new CreateRequest(new MailboxName("a b"), "\\Sent"), "CREATE \"a b\" (USE (\\Sent))" },
        { new DeleteRequest(Work), "DELETE W&APY-rk" },
        { new RenameRequest(Work, new MailboxName("A&B")), "RENAME W&APY-rk A&-B" },
        { new SubscribeRequest(Work), "SUBSCRIBE W&APY-rk" },
        { new SubscribeRequest(Work, IsOn: false), "UNSUBSCRIBE W&APY-rk" },
        { new StatusRequest(MailboxName.Inbox, StatusItems.Messages | StatusItems.Size | StatusItems.HighestModSeq), "STATUS INBOX (MESSAGES SIZE HIGHESTMODSEQ)" },
        { new ListRequest(default, "*"), "LIST \"\" \"*\"" },
        {
            new ListRequest(default, "INBOX", "W%") { Selections = ListSelections.Subscribed | ListSelections.RecursiveMatch, Returns = ListReturns.Children | ListReturns.SpecialUse, Status = StatusItems.Unseen },
            "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (\"INBOX\" \"W%\") RETURN (CHILDREN SPECIAL-USE STATUS (UNSEEN))"
        },
        { new ListRequest(default, "%") { Metadata = ["/shared/comment"] }, "LIST \"\" \"%\" RETURN (METADATA (/shared/comment))" },
        { new LsubRequest(default, "*"), "LSUB \"\" \"*\"" },
        { new FetchRequest(Set, new FetchItem(FetchItemKind.Flags), new FetchItem(FetchItemKind.Preview) { IsLazy = true }), "UID FETCH 1:3,7:* (FLAGS PREVIEW (LAZY))" },
        {
            new FetchRequest(Set, new FetchItem(FetchItemKind.Section) { IsPeek = true, Section = new Section([1, 2], SectionText.HeaderFields, ["Date", "Fröm"]), Partial = new FetchPartial(0, 10) }) { IsUid = false },
            "FETCH 1:3,7:* (BODY.PEEK[1.2.HEADER.FIELDS (Date {5+}\r\nFröm)]<0.10>)"
        },
        { new FetchRequest(Set, new FetchItem(FetchItemKind.ModSeq)) { ChangedSince = 5, Vanished = true }, "UID FETCH 1:3,7:* (MODSEQ) (CHANGEDSINCE 5 VANISHED)" },
        { new FetchRequest(Set, new FetchItem(FetchItemKind.Uid)) { Partial = new PartialRange(-1, -100) }, "UID FETCH 1:3,7:* (UID) (PARTIAL -1:-100)" },
        { new FetchRequest(NumSet.SavedResult, new FetchItem(FetchItemKind.BinarySize) { Section = new Section([2], SectionText.Whole, []) }), "UID FETCH $ (BINARY.SIZE[2])" },
        { new StoreRequest(Set, StoreAction.Add, Flag.Seen, Flag.Deleted) { IsSilent = true, UnchangedSince = 12 }, "UID STORE 1:3,7:* (UNCHANGEDSINCE 12) +FLAGS.SILENT (\\Seen \\Deleted)" },
        { new StoreRequest(Set, StoreAction.Replace) { IsUid = false }, "STORE 1:3,7:* FLAGS ()" },
        { new CopyRequest(Set, Work), "UID COPY 1:3,7:* W&APY-rk" },
        { new MoveRequest(Set, Work) { IsUid = false }, "MOVE 1:3,7:* W&APY-rk" },
        { new UidExpungeRequest(Set), "UID EXPUNGE 1:3,7:*" },
        { new SearchRequest(new FlagKey(Flag.Seen, IsSet: false)), "UID SEARCH UNSEEN" },
        {
            new SearchRequest(new AndKey([
                new OrKey(new TextKey(SearchField.From, "ann"), new AndKey([new AllKey(), new SizeKey(IsLarger: true, 5)])), new NotKey(new HeaderKey("X-A", "")),
                new DateKey(SearchDate.Sent, SearchDateComparison.Since, new DateOnly(2026, 2, 1)), new UidKey(Set), new SeqKey(NumSet.SavedResult), new AgeKey(IsOlder: true, 9), new ModSeqKey(3)]))
            { IsUid = false, Returns = SearchReturns.Min | SearchReturns.Count | SearchReturns.Save },
            "SEARCH RETURN (MIN COUNT SAVE) OR FROM \"ann\" (ALL LARGER 5) NOT HEADER X-A \"\" SENTSINCE 1-Feb-2026 UID 1:3,7:* $ OLDER 9 MODSEQ 3"
        },
        { new SearchRequest(new TextKey(SearchField.Subject, "été")) { IsUid = false }, "SEARCH CHARSET UTF-8 SUBJECT {5+}\r\nété" },
        { new SearchRequest(new AllKey()) { Partial = new PartialRange(1, 100) }, "UID SEARCH RETURN (PARTIAL 1:100) ALL" },
        {
            new MultiSearchRequest(new FlagKey(Flag.Flagged, IsSet: true), Filter(MailboxFilterKind.Mailboxes, new MailboxName("a b"), MailboxName.Inbox), Filter(MailboxFilterKind.SubtreeOne, Work), Filter(MailboxFilterKind.Personal)) { Returns = SearchReturns.All },
            "ESEARCH IN (mailboxes (\"a b\" INBOX) subtree-one (W&APY-rk) personal) RETURN (ALL) FLAGGED"
        },
        { new GetQuotaRequest(""), "GETQUOTA \"\"" },
        { new GetQuotaRootRequest(MailboxName.Inbox), "GETQUOTAROOT INBOX" },
        { new SetQuotaRequest("root", new KeyValuePair<string, long>("STORAGE", 512)), "SETQUOTA root (STORAGE 512)" },
        { new GetMetadataRequest(default, "/shared/comment"), "GETMETADATA \"\" /shared/comment" },
        { new GetMetadataRequest(MailboxName.Inbox, "/shared/a", "/private/b") { MaxSize = 1024, Depth = MetadataDepth.Infinity }, "GETMETADATA (MAXSIZE 1024 DEPTH infinity) INBOX (/shared/a /private/b)" },
        {
            new SetMetadataRequest(MailboxName.Inbox, new MetadataValue("/private/a", "v"u8.ToArray()), new MetadataValue("/private/b", Value: null), new MetadataValue("/private/c", "\0"u8.ToArray())),
            "SETMETADATA INBOX (/private/a \"v\" /private/b NIL /private/c ~{1+}\r\n\0)"
        },
        { new NotifyRequest(), "NOTIFY NONE" },
        {
            new NotifyRequest(
                new EventGroup(Filter(MailboxFilterKind.Selected), NotifyEvents.MessageNew | NotifyEvents.MessageExpunge, [new FetchItem(FetchItemKind.Uid), new FetchItem(FetchItemKind.Flags)]),
                new EventGroup(Filter(MailboxFilterKind.Subtree, Work), NotifyEvents.None, [])) { WithStatus = true },
            "NOTIFY SET STATUS (selected (MessageNew (UID FLAGS) MessageExpunge)) (subtree (W&APY-rk) NONE)"
        },
        { new AppendRequest(Work, Message("abc")), "APPEND W&APY-rk {3+}\r\n" },
        {
            new AppendRequest(Work, Message("abc") with { Flags = [Flag.Seen], InternalDate = Date }, Message("de") with { IsUtf8 = true }, Message("f") with { IsBinary = true }),
            "APPEND W&APY-rk (\\Seen) \" 1-Feb-2026 09:05:00 -0800\" {3+}\r\n UTF8 (~{2+}\r\n) ~{1+}\r\n"
        },
        { new ReplaceRequest(4, MailboxName.Inbox, Message("abc")), "UID REPLACE 4 INBOX {3+}\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request(ImapRequest request, string expected)
    {
        var (text, _) = Write(request);
        Assert.Equal($"t {expected}\r\n", text);
        Assert.DoesNotContain("correct horse", request.ToString(), StringComparison.Ordinal);

        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        var line = ImapCommandLine.Read(ref reader, out _);
        Assert.Equal(request.Name, line?.Name);
        if (request is AppendRequest or ReplaceRequest)
        {
            return; // read in pieces, as the messages come
        }

        // What the server's reader does not know, it does not know at all; it must not half understand.
        var command = ImapCommandTarget.Read(line!.Value.Name, ref reader);
        var isForeign = request is FetchRequest { Partial: not null } or SearchRequest { Partial: not null } or ListRequest { Metadata.Count: > 0 };
        Assert.True(isForeign || command is not null || reader.Error is null, reader.Error);
    }

    [Fact]
    public void Commands_mean_the_same_to_the_server()
    {
        var fetch = Assert.IsType<FetchCommand>(ReadBack(new FetchRequest(Set, new FetchItem(FetchItemKind.Section) { Section = Section.Message, IsPeek = true }) { ChangedSince = 3 }));
        Assert.Equal((Set, 3L, true), (fetch.Messages, fetch.ChangedSince, fetch.Items[0].IsPeek));
        Assert.Equal(new MoveCommand(Set, Work), ReadBack(new MoveRequest(Set, Work)));
        Assert.Equal(new LoginCommand("a", "b c\r\nd"), ReadBack(new LoginRequest("a", "b c\r\nd")));
        var store = Assert.IsType<StoreCommand>(ReadBack(new StoreRequest(Set, StoreAction.Remove, Flag.Draft) { UnchangedSince = 9 }));
        Assert.Equal((StoreAction.Remove, Flag.Draft, 9L), (store.Action, store.Flags[0], store.UnchangedSince));
        var key = new AndKey([new FlagKey(Flag.Seen, IsSet: true), new NotKey(new TextKey(SearchField.Text, "ü"))]);
        Assert.Equal(new NotKey(new TextKey(SearchField.Text, "ü")), Assert.IsType<AndKey>(Assert.IsType<SearchCommand>(ReadBack(new SearchRequest(key))).Key).Keys[1]);
    }

    [Theory]
    [InlineData(LiteralSupport.Synchronizing, "{5}", true)]
    [InlineData(LiteralSupport.Minus, "{5+}", false)]
    [InlineData(LiteralSupport.Plus, "{5+}", false)]
    public void Literals_wait_where_they_must(LiteralSupport support, string header, bool mustWait)
    {
        var (text, parts) = Write(new LoginRequest("ann", "a\r\nbc"), support);
        Assert.Contains(header, text, StringComparison.Ordinal);
        Assert.Equal(mustWait, parts.Any(static part => part.MustWait));
    }

    [Theory]
    [InlineData(LiteralSupport.Minus, 4096, false)]
    [InlineData(LiteralSupport.Minus, 4097, true)]
    [InlineData(LiteralSupport.Plus, 100_000, false)]
    [InlineData(LiteralSupport.Plus, 100_001, true)] // large ones ask first
    public void Messages_wait_by_their_size(LiteralSupport support, int bytes, bool mustWait)
    {
        var (_, parts) = Write(new AppendRequest(Work, OutgoingMessage.Of(new byte[bytes])), support);
        Assert.Equal(mustWait, Assert.Single(parts).MustWait);
    }

    [Fact]
    public void UTF8_is_quoted_once_it_is_enabled()
    {
        var writer = new ImapCommandWriter(isUtf8: true, LiteralSupport.Plus);
        new SearchRequest(new TextKey(SearchField.Subject, "été")) { IsUid = false }.Write(writer, "t");
        new SelectRequest(Work).Write(writer, "u");
        Assert.Equal("t SEARCH SUBJECT \"été\"\r\nu SELECT \"Wörk\"\r\n", Encoding.UTF8.GetString(writer.Text.Span));
    }

    [Fact]
    public void Nothing_a_caller_passes_ends_the_line()
    {
        const string evil = "x\r\nt2 DELETE INBOX";
        Assert.Throws<ArgumentException>(() => Write(new EnableRequest(evil)));
        Assert.Throws<ArgumentException>(() => Write(new AuthenticateRequest(evil, InitialResponse: null)));
        Assert.Throws<ArgumentException>(() => Write(new CreateRequest(Work, evil)));
        Assert.Throws<ArgumentException>(() => Write(new SetQuotaRequest("", new KeyValuePair<string, long>(evil, 1))));
        Assert.Throws<ArgumentException>(() => Write(new LoginRequest("a", "b\0c")));
        Assert.Equal(new SelectCommand(new MailboxName(evil), CondStore: false, QResync: null), ReadBack(new SelectRequest(new MailboxName(evil))));
        Assert.Equal(new LoginCommand(evil, evil), ReadBack(new LoginRequest(evil, evil)));
    }

    [Fact]
    public void What_the_grammar_cannot_say_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Write(new FetchRequest(NumSet.Empty, new FetchItem(FetchItemKind.Uid))));
        Assert.Throws<ArgumentException>(() => Write(new FetchRequest(Set)));
        Assert.Throws<ArgumentException>(() => Write(new AppendRequest(Work)));
        Assert.Throws<ArgumentException>(() => Write(new ListRequest(default)));
        Assert.Throws<ArgumentException>(() => Write(new StatusRequest(Work, StatusItems.None)));
    }

    private static MailboxFilter Filter(MailboxFilterKind kind, params MailboxName[] names) => new(kind, names);

    private static OutgoingMessage Message(string text) => OutgoingMessage.Of(Encoding.ASCII.GetBytes(text));

    private static (string Text, IReadOnlyList<CommandPart> Parts) Write(ImapRequest request, LiteralSupport support = LiteralSupport.Plus)
    {
        var writer = new ImapCommandWriter(isUtf8: false, support, unaskedBytesMax: 100_000);
        request.Write(writer, "t");
        return (Encoding.UTF8.GetString(writer.Text.Span), writer.Parts);
    }

    private static object? ReadBack(ImapRequest request)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(Write(request).Text), ImapLimits.AfterLogin, utf8: false);
        return ImapCommandTarget.Read(ImapCommandLine.Read(ref reader, out _)!.Value.Name, ref reader);
    }
}
