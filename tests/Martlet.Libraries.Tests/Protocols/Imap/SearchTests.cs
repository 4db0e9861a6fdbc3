using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class SearchTests
{
    public static TheoryData<string, SearchKey> Keys => new()
    {
        { "ALL", new AllKey() },
        { "ANSWERED", new FlagKey(Flag.Answered, true) },
        { "UNANSWERED", new FlagKey(Flag.Answered, false) },
        { "DELETED", new FlagKey(Flag.Deleted, true) },
        { "UNDELETED", new FlagKey(Flag.Deleted, false) },
        { "DRAFT", new FlagKey(Flag.Draft, true) },
        { "UNDRAFT", new FlagKey(Flag.Draft, false) },
        { "FLAGGED", new FlagKey(Flag.Flagged, true) },
        { "UNFLAGGED", new FlagKey(Flag.Flagged, false) },
        { "seen", new FlagKey(Flag.Seen, true) },
        { "UNSEEN", new FlagKey(Flag.Seen, false) },
        { "KEYWORD $Junk", new FlagKey(Keyword("$Junk"), true) },
        { "UNKEYWORD x", new FlagKey(Keyword("x"), false) },
        { "OLD", new RecentKey(false) },
        { "RECENT", new RecentKey(true) },
        { "BCC a", new TextKey(SearchField.Bcc, "a") },
        { "CC \"a b\"", new TextKey(SearchField.Cc, "a b") },
        { "FROM {3}\r\né1", new TextKey(SearchField.From, "é1") },
        { "TO \"\"", new TextKey(SearchField.To, "") },
        { "SUBJECT a", new TextKey(SearchField.Subject, "a") },
        { "BODY a", new TextKey(SearchField.Body, "a") },
        { "TEXT a", new TextKey(SearchField.Text, "a") },
        { "HEADER Message-ID \"<a@b>\"", new HeaderKey("Message-ID", "<a@b>") },
        { "BEFORE 1-Feb-1994", new DateKey(SearchDate.Internal, SearchDateComparison.Before, new(1994, 2, 1)) },
        { "ON 1-Feb-1994", new DateKey(SearchDate.Internal, SearchDateComparison.On, new(1994, 2, 1)) },
        { "SINCE \"1-Feb-1994\"", new DateKey(SearchDate.Internal, SearchDateComparison.Since, new(1994, 2, 1)) },
        { "SENTBEFORE 1-Feb-1994", new DateKey(SearchDate.Sent, SearchDateComparison.Before, new(1994, 2, 1)) },
        { "SENTON 1-Feb-1994", new DateKey(SearchDate.Sent, SearchDateComparison.On, new(1994, 2, 1)) },
        { "SENTSINCE 1-Feb-1994", new DateKey(SearchDate.Sent, SearchDateComparison.Since, new(1994, 2, 1)) },
        { "SAVEDBEFORE 1-Feb-1994", new DateKey(SearchDate.Saved, SearchDateComparison.Before, new(1994, 2, 1)) },
        { "SAVEDON 1-Feb-1994", new DateKey(SearchDate.Saved, SearchDateComparison.On, new(1994, 2, 1)) },
        { "SAVEDSINCE 1-Feb-1994", new DateKey(SearchDate.Saved, SearchDateComparison.Since, new(1994, 2, 1)) },
        { "SAVEDATESUPPORTED", new SaveDateSupportedKey() },
        { "LARGER 5000000000", new SizeKey(true, 5_000_000_000) },
        { "SMALLER 0", new SizeKey(false, 0) },
        { "OLDER 3600", new AgeKey(true, 3600) },
        { "YOUNGER 3600", new AgeKey(false, 3600) },
        { "MODSEQ 620162338", new ModSeqKey(620162338) },
        { "MODSEQ \"/flags/\\\\draft\" all 620162338", new ModSeqKey(620162338) },
        { "UID 1:*", new UidKey(NumSet.Of(new NumRange(1, NumRange.Star))) },
        { "2,5", new SeqKey(NumSet.Of(new NumRange(2, 2), new NumRange(5, 5))) },
        { "*", new SeqKey(NumSet.Of(new NumRange(NumRange.Star, NumRange.Star))) },
        { "$", new SeqKey(NumSet.SavedResult) },
        { "UID $", new UidKey(NumSet.SavedResult) },
        { "NOT SEEN", new NotKey(new FlagKey(Flag.Seen, true)) },
        { "OR ALL NOT SEEN", new OrKey(new AllKey(), new NotKey(new FlagKey(Flag.Seen, true))) },
        { "(ALL)", new AllKey() },
        { "OR (ALL) ((RECENT))", new OrKey(new AllKey(), new RecentKey(true)) },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_is_read(string text, SearchKey expected)
    {
        var search = Wire.Good(SearchCommand.Read, " " + text);
        Assert.Equal(expected, search.Key);
        Assert.Equal(SearchReturns.None, search.Returns);
    }

    [Fact]
    public void Keys_in_a_row_must_all_match()
    {
        var and = Assert.IsType<AndKey>(Wire.Good(SearchCommand.Read, " ALL (SEEN 1:2) NEW").Key);
        Assert.Equal(3, and.Keys.Count);
        Assert.Equal(2, Assert.IsType<AndKey>(and.Keys[1]).Keys.Count);
        Assert.Equal([new RecentKey(true), new FlagKey(Flag.Seen, false)], Assert.IsType<AndKey>(and.Keys[2]).Keys);
    }

    [Theory]
    [InlineData(" RETURN () ALL", SearchReturns.All)]
    [InlineData(" RETURN (min max) ALL", SearchReturns.Min | SearchReturns.Max)]
    [InlineData(" RETURN (COUNT SAVE) CHARSET utf-8 ALL", SearchReturns.Count | SearchReturns.Save)]
    public void Returns_are_a_set(string text, SearchReturns expected) => Assert.Equal(expected, Wire.Good(SearchCommand.Read, text).Returns);

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("\"UTF-7\"")]
    public void The_keys_of_another_charset_are_not_read(string charset)
    {
        var search = Wire.Good(SearchCommand.Read, $" RETURN (SAVE) CHARSET {charset} TEXT \"\\x");
        Assert.True(search.IsCharsetUnknown);
        Assert.Equal(SearchReturns.Save, search.Returns);
    }

    [Fact]
    public void What_the_keys_use_is_noted()
    {
        var search = Wire.Good(SearchCommand.Read, " OR NOT MODSEQ 7 (ALL 1:*)");
        Assert.True(search.UsesModSeq);
        Assert.True(search.UsesSequenceNumbers);
        search = Wire.Good(SearchCommand.Read, " $ UID 1:* ALL");
        Assert.False(search.UsesModSeq);
        Assert.False(search.UsesSequenceNumbers);
    }

    [Theory]
    [InlineData("1:500", 1, 500)]
    [InlineData("500:1", 500, 1)]
    [InlineData("7:7", 7, 7)]
    [InlineData("-1:-100", -1, -100)]
    public void Partial_ranges_count_from_either_end(string text, long first, long last)
    {
        var search = Wire.Good(SearchCommand.Read, $" RETURN (PARTIAL {text} COUNT) ALL");
        Assert.Equal(SearchReturns.Partial | SearchReturns.Count, search.Returns);
        Assert.Equal(new PartialRange(first, last), search.Partial);
        Assert.Equal(text, search.Partial.ToString());
    }

    [Theory]
    [InlineData("PARTIAL 0:1")]
    [InlineData("PARTIAL 1:0")]
    [InlineData("PARTIAL -0:-1")]
    [InlineData("PARTIAL 1:-1")]
    [InlineData("PARTIAL -1:1")]
    [InlineData("PARTIAL 1")]
    [InlineData("PARTIAL 1:*")]
    [InlineData("PARTIAL 4294967296:1")]
    [InlineData("PARTIAL")]
    [InlineData("PARTIAL 1:2 PARTIAL 1:2")]
    [InlineData("ALL PARTIAL 1:2")]
    [InlineData("PARTIAL 1:2 ALL")]
    public void Bad_partial_ranges_are_refused(string returns) => Wire.Bad(SearchCommand.Read, $" RETURN ({returns}) ALL");

    [Theory]
    [InlineData(1, 3, 10, 0, 3)]
    [InlineData(3, 1, 10, 0, 3)]
    [InlineData(8, 12, 10, 7, 3)]
    [InlineData(10, 10, 10, 9, 1)]
    [InlineData(11, 12, 10, 0, 0)]
    [InlineData(1, 1, 0, 0, 0)]
    [InlineData(-1, -3, 10, 7, 3)]
    [InlineData(-3, -1, 10, 7, 3)]
    [InlineData(-8, -12, 10, 0, 3)]
    [InlineData(-11, -12, 10, 0, 0)]
    [InlineData(-1, -4294967295, 10, 0, 10)]
    public void A_partial_range_is_cut_to_the_list(long first, long last, int count, int start, int length) =>
        Assert.Equal((start, length), new PartialRange(first, last).In(count));

    [Fact]
    public void Mailbox_specifiers()
    {
        var search = Wire.Good(ESearchCommand.Read, " IN (selected inboxes personal subscribed subtree a SUBTREE-ONE (b \"c d\") mailboxes (inbox)) RETURN (MIN) ALL");
        Assert.Equal(
            "Selected Inboxes Personal Subscribed Subtree:a SubtreeOne:b,c d Mailboxes:INBOX",
            string.Join(' ', search.Sources.Select(source => source.Names.Count == 0 ? $"{source.Kind}" : $"{source.Kind}:{string.Join(',', source.Names)}")));
        Assert.Equal(SearchReturns.Min, search.Search.Returns);
        Assert.False(search.IsSelectedOnly);
        Assert.True(MailboxFilter("selected-delayed"));
        Assert.False(MailboxFilter("subtree"));
        Assert.False(MailboxFilter("subtree ()"));
        Assert.False(MailboxFilter("subtree (a"));
        Assert.False(MailboxFilter("mailboxes (a )"));
        Assert.False(MailboxFilter("mine"));
        Assert.True(MailboxFilter($"mailboxes ({string.Join(' ', Enumerable.Repeat("a", 1000))})"));
        Assert.False(MailboxFilter($"mailboxes ({string.Join(' ', Enumerable.Repeat("a", 1001))})"));

        static bool MailboxFilter(string text) => Wire.TryPiece<MailboxFilter?>(Martlet.Protocols.Imap.MailboxFilter.Read, text, out _);
    }

    [Fact]
    public void ESEARCH_answers_ALL_about_the_selected_mailbox_unless_told_otherwise()
    {
        var search = Wire.Good(ESearchCommand.Read, " CHARSET UTF-8 SEEN");
        Assert.True(search.IsSelectedOnly);
        Assert.Equal(SearchReturns.All, search.Search.Returns);
        Assert.True(Wire.Good(ESearchCommand.Read, " IN (selected) RETURN (SAVE) SEEN").IsSelectedOnly);
        Wire.Bad(ESearchCommand.Read, " IN (selected personal) RETURN (SAVE) SEEN");
        Wire.Bad(ESearchCommand.Read, " IN (selected-delayed) SEEN");
        Wire.Bad(ESearchCommand.Read, " IN () SEEN");
        Wire.Bad(ESearchCommand.Read, " IN (personal (scope 1)) SEEN");
        Wire.Bad(ESearchCommand.Read, " IN personal SEEN");
        Wire.Bad(ESearchCommand.Read, " IN (personal)");
        Wire.Bad(ESearchCommand.Read, "");
        Wire.Good(ESearchCommand.Read, $" IN ({string.Join(' ', Enumerable.Repeat("inboxes", 100))}) SEEN");
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(ESearchCommand.Read, $" IN ({string.Join(' ', Enumerable.Repeat("inboxes", 101))}) SEEN").Kind);
    }

    [Fact]
    public void Search_has_limits()
    {
        Assert.NotNull(Wire.Good(SearchCommand.Read, " " + string.Join(' ', Enumerable.Repeat("ALL", 1000))));
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, " " + string.Join(' ', Enumerable.Repeat("ALL", 1001))).Kind);
        Assert.NotNull(Wire.Good(SearchCommand.Read, " " + Repeat("NOT ", 49) + "ALL"));
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, " " + Repeat("NOT ", 50) + "ALL").Kind);
        Assert.NotNull(Wire.Good(SearchCommand.Read, " " + Repeat("(", 49) + "ALL" + Repeat(")", 49)));
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, " " + Repeat("(", 50) + "ALL" + Repeat(")", 50)).Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, " " + Repeat("OR ALL ", 50) + "ALL").Kind);
        Assert.NotNull(Wire.Good(SearchCommand.Read, $" TEXT {Repeat("a", 4096)} HEADER {Repeat("b", 4096)} {Repeat("c", 4096)}"));
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, $" BODY {Repeat("a", 4097)}").Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, $" HEADER a {Repeat("a", 4097)}").Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(SearchCommand.Read, $" HEADER {Repeat("a", 4097)} a").Kind);
    }

    [Fact]
    public void Other_commands_have_limits()
    {
        var limits = ImapLimits.AfterLogin with
        {
            FetchItemsMax = 2,
            ListPatternsMax = 2,
            SectionDepthMax = 2,
            SectionFieldsMax = 2,
            OptionsMax = 2,
            IdFieldsMax = 2,
            IdValueBytesMax = 2,
        };
        Wire.Good(FetchCommand.Read, " 1 (UID UID)", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(FetchCommand.Read, " 1 (UID UID UID)", limits: limits).Kind);
        Wire.Good(FetchCommand.Read, " 1 BODY[1.2.TEXT]", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(FetchCommand.Read, " 1 BODY[1.2.3]", limits: limits).Kind);
        Wire.Good(FetchCommand.Read, " 1 BODY[HEADER.FIELDS (a b)]", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(FetchCommand.Read, " 1 BODY[HEADER.FIELDS (a b c)]", limits: limits).Kind);
        Wire.Good(ListCommand.Read, " \"\" (a b)", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(ListCommand.Read, " \"\" (a b c)", limits: limits).Kind);
        Wire.Good(EnableCommand.Read, " a b", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(EnableCommand.Read, " a b c", limits: limits).Kind);
        Wire.Good(CreateCommand.Read, " a (USE (\\a \\b))", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(CreateCommand.Read, " a (USE (\\a \\b \\c))", limits: limits).Kind);
        Wire.Good(IdCommand.Read, " (\"a\" NIL \"b\" \"cd\")", limits: limits);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(IdCommand.Read, " (\"a\" NIL \"b\" NIL \"c\" NIL)", limits: limits).Kind);
        Assert.Equal(ImapErrorKind.Limit, Wire.Bad(IdCommand.Read, " (\"a\" \"bcd\")", limits: limits).Kind);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static Flag Keyword(string name) => Flag.TryCreate(name, out var flag) ? flag : throw new ArgumentException("Not a keyword.", nameof(name));
}
