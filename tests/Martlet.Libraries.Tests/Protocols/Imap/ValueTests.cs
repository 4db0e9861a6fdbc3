using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class ValueTests
{
    private static NumSet? Set(string text, ImapLimits? limits = null) =>
        Wire.Piece(static (ref ImapReader r, out NumSet v) => r.SequenceSet(out v!), text, limits: limits);

    [Theory]
    [InlineData("1")]
    [InlineData("4294967295")]
    [InlineData("*")]
    [InlineData("$")]
    [InlineData("1:*")]
    [InlineData("*:4,5:7")]
    [InlineData("2,4:7,9,12:*")]
    public void A_set_is_written_as_it_was_read(string text)
    {
        var set = Set(text);
        Assert.Equal(text, set!.ToString());
        Assert.Equal(text, Wire.Written(w => w.Set(set)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1:0")]
    [InlineData("1,")]
    [InlineData(",1")]
    [InlineData("1:")]
    [InlineData(":1")]
    [InlineData("1:2:3")]
    [InlineData("1,$")]
    [InlineData("$,1")]
    [InlineData("1 2")]
    [InlineData("4294967296")]
    [InlineData("-1")]
    [InlineData("a")]
    public void A_bad_set_is_refused(string text) => Assert.Null(Set(text));

    [Theory]
    [InlineData("2,4:7,9,12:*", 15, "2,4:7,9,12:15")]
    [InlineData("*:4,5:7", 10, "4:10")]
    [InlineData("3291:*", 100, "100:3291")]
    [InlineData("7:4,1,2,3", 10, "1:7")]
    [InlineData("5,5,5:5", 10, "5")]
    [InlineData("4294967295,4294967294", 1, "4294967294:4294967295")]
    [InlineData("1:4294967295,3", 1, "1:4294967295")]
    [InlineData("*", 0, "")]
    [InlineData("3:*", 0, "1:3")]
    public void A_set_resolves_sorted_and_merged(string text, uint largest, string expected)
    {
        var set = Set(text)!.Resolve(largest);
        Assert.True(set.IsResolved);
        Assert.Equal(expected, set.ToString());
        Assert.Same(set, set.Resolve(1));
    }

    [Fact]
    public void A_resolved_set_counts_walks_and_finds()
    {
        var set = Set("12:*,2,4:7")!.Resolve(13);
        List<uint> numbers = [];
        foreach (var number in set.Numbers)
        {
            numbers.Add(number);
        }

        Assert.Equal([2, 4, 5, 6, 7, 12, 13], numbers);
        Assert.Equal(7, set.Count);
        for (var n = 0u; n < 20; n++)
        {
            Assert.Equal(numbers.Contains(n), set.Contains(n));
        }

        Assert.Equal(uint.MaxValue, Set("1:4294967295")!.Resolve(1).Count);
        Assert.True(NumSet.Empty.IsEmpty);
        Assert.False(NumSet.SavedResult.IsEmpty);
        Assert.Equal(13u, Set("2:13,*")!.LargestNamed);
        Assert.Throws<InvalidOperationException>(() => Set("1")!.Contains(1));
    }

    [Fact]
    public void Numbers_in_any_order_make_a_compact_set()
    {
        Assert.Equal("1:5,9", NumSet.OfNumbers(1, 2, 3, 5, 4, 9, 9, 4).ToString());
        Assert.Equal("4294967295", NumSet.OfNumbers(uint.MaxValue, uint.MaxValue).ToString());
        Assert.Equal(NumSet.OfNumbers(1, 2), NumSet.OfNumbers(2, 1));
        Assert.Same(NumSet.Empty, NumSet.OfNumbers());
        Assert.Throws<ArgumentException>(() => Wire.Written(static w => w.Set(NumSet.Empty)));
    }

    [Fact]
    public void A_set_has_a_limit_of_ranges()
    {
        var limits = ImapLimits.AfterLogin with { SetRangesMax = 3 };
        Assert.NotNull(Set("1,2,3", limits));
        Assert.Null(Set("1,2,3,4", limits));
    }

    [Theory]
    [InlineData("\\seen", "\\Seen")]
    [InlineData("\\DRAFT", "\\Draft")]
    [InlineData("$Forwarded", "$Forwarded")]
    [InlineData("NonJunk", "NonJunk")]
    public void A_flag_has_its_usual_spelling(string text, string expected)
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out Flag v) => r.Flag(out v), text, out var flag));
        Assert.Equal(expected, flag.Name);
        Assert.True(Flag.TryCreate(text, out var same) && same == flag);
        Assert.Equal(flag.GetHashCode(), same.GetHashCode());
    }

    [Theory]
    [InlineData("\\Recent")]
    [InlineData("\\*")]
    [InlineData("\\Foo")]
    [InlineData("\\")]
    [InlineData("\\AVeryLongFlagNameIndeed")]
    [InlineData("a]")]
    [InlineData("a*")]
    [InlineData("")]
    [InlineData("é")]
    public void A_flag_that_may_not_be_set_is_refused(string text)
    {
        Assert.False(Wire.TryPiece(static (ref ImapReader r, out Flag v) => r.Flag(out v), text, out _));
        Assert.False(Flag.TryCreate(text, out _));
    }

    [Fact]
    public void Flags_compare_without_case_and_are_listed_once()
    {
        Assert.True(Wire.TryPiece(static (ref ImapReader r, out IReadOnlyList<Flag> v) => r.FlagList(out v!), "(\\Seen $a \\SEEN $A)", out var flags));
        Assert.Equal("(\\Seen $a)", Wire.Written(w => w.Flags(flags)));
        Assert.Equal("(\\Seen $a \\*)", Wire.Written(w => w.Flags(flags, more: true)));
        Assert.Equal("(\\*)", Wire.Written(static w => w.Flags([], more: true)));
        Assert.Equal("()", Wire.Written(static w => w.Flags([])));
    }

    [Theory]
    [InlineData(100, 200, true)]
    [InlineData(101, 200, false)]
    [InlineData(100, 201, false)]
    public void Flags_have_limits(int length, int count, bool expected)
    {
        var text = "(" + string.Join(' ', Enumerable.Range(100, count).Select(i => $"{i}".PadRight(length, 'k'))) + ")";
        Assert.Equal(expected, Wire.TryPiece(static (ref ImapReader r, out IReadOnlyList<Flag> v) => r.FlagList(out v!), text, out _));
    }

    [Theory]
    [InlineData("inbox", "INBOX")]
    [InlineData("iNbOx/Sub/inbox", "INBOX/Sub/inbox")]
    [InlineData("Inboxes", "Inboxes")]
    [InlineData("a/inbox", "a/inbox")]
    [InlineData("", "")]
    public void INBOX_has_one_case(string text, string expected) => Assert.Equal(expected, new MailboxName(text).Value);

    [Fact]
    public void Mailbox_names_are_decoded_by_mode()
    {
        static bool Read(ref ImapReader r, out MailboxName v) => r.Mailbox(out v);
        Assert.True(Wire.TryPiece<MailboxName>(Read, "&AOk-t&AOk-", out var name) && name.Value == "été");
        Assert.True(Wire.TryPiece<MailboxName>(Read, "&AOk-t&AOk-", out name, utf8: true) && name.Value == "&AOk-t&AOk-");
        Assert.True(Wire.TryPiece<MailboxName>(Read, "\"R & D\"", out name, utf8: true) && name.Value == "R & D");
        Assert.False(Wire.TryPiece<MailboxName>(Read, "\"R & D\"", out _));
        Assert.True(Wire.TryPiece<MailboxName>(Read, "\"été\"", out name, utf8: true) && name.Value == "été");
        Assert.False(Wire.TryPiece<MailboxName>(Read, "\"été\"", out _));
        Assert.False(Wire.TryPiece<MailboxName>(Read, "{3}\r\na\nb", out _, utf8: true));
        Assert.True(default(MailboxName).IsEmpty);
        Assert.Equal(default, new MailboxName(""));
        Assert.Equal(3, new MailboxName("a/b/c").Depth);
    }

    [Fact]
    public void Mailbox_names_have_limits()
    {
        static bool Read(ref ImapReader r, out MailboxName v) => r.Mailbox(out v);
        Assert.True(Wire.TryPiece<MailboxName>(Read, new string('a', 1024), out _));
        Assert.False(Wire.TryPiece<MailboxName>(Read, new string('a', 1025), out _));
        Assert.True(Wire.TryPiece<MailboxName>(Read, string.Join('/', Enumerable.Repeat('a', 64)), out _));
        Assert.False(Wire.TryPiece<MailboxName>(Read, string.Join('/', Enumerable.Repeat('a', 65)), out _));
    }

    [Fact]
    public void Limits_refuse_what_cannot_work() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ImapLimits { LineBytesMax = 10 });
}
