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
    public void Another_charset_is_its_own_kind_of_error(string charset) =>
        Assert.Equal(ImapErrorKind.Charset, Wire.Bad(SearchCommand.Read, $" CHARSET {charset} TEXT a").Kind);

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
