using System.Text;
using Martlet.Protocols.Imap.Client;
using Martlet.Protocols.Imap.Responses;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap.Responses;

/// <summary>Each limit of <see cref="ImapClientLimits"/> on grammar, at it and over it.</summary>
public sealed class ResponseLimitTests
{
    private static readonly ImapClientLimits Small = new()
    {
        LineBytesMax = 1024,
        LiteralBytesMax = 10,
        SectionBytesMax = 20,
        MessageBytesMax = 30,
        ResponseBytesMax = 2048,
        NestingMax = 4,
        FlagsMax = 5,
        SetRangesMax = 3,
    };

    [Theory]
    [InlineData(1024, true)]
    [InlineData(1025, false)]
    public void Line(int length, bool isAllowed) => Check("* OK " + new string('x', length - 7) + "\r\n", isAllowed);

    [Fact]
    public void A_line_that_does_not_end_is_cut_off_without_its_end() => Check("* OK " + new string('x', 5000), isAllowed: false);

    [Theory]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void Literal(int bytes, bool isAllowed) => Check($"* LIST () NIL {{{bytes}}}\r\n{new string('x', bytes)}\r\n", isAllowed);

    [Theory]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Section_that_is_kept(int bytes, bool isAllowed) => Check($"* 1 FETCH (BODY[] {{{bytes}}}\r\n{new string('x', bytes)})\r\n", isAllowed);

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void Message_that_is_streamed(int bytes, bool isAllowed)
    {
        var framer = new ResponseFramer(Small) { StreamsMessageData = true };
        Assert.Equal(isAllowed ? ResponseStep.MessageData : ResponseStep.Limit, framer.Next(Encoding.ASCII.GetBytes($"* 1 FETCH (BODY[] {{{bytes}}}\r\n"), out _, out _));
    }

    [Theory]
    [InlineData(101, true)] // 2,037 bytes
    [InlineData(102, false)]
    public void Response_of_many_literals(int literals, bool isAllowed) =>
        Check("* METADATA x (" + string.Concat(Enumerable.Repeat("/a {10}\r\n0123456789 ", literals)) + ")\r\n", isAllowed);

    [Fact]
    public void A_literal_of_any_announced_size_is_an_error_not_an_allocation() => Check("* LIST () NIL {99999999999999999999}\r\n", isAllowed: false);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Nesting(int depth, bool isAllowed)
    {
        var leaf = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 1 1)";
        var body = leaf;
        for (var i = 1; i < depth; i++)
        {
            body = $"({body} \"MIXED\")";
        }

        Assert.Equal(isAllowed, Answers.Read($"* 1 FETCH (BODY {body})", limits: Small) is FetchData);
        var list = new string('(', depth) + new string(')', depth);
        Assert.Equal(isAllowed, Answers.Read($"* 1 FETCH (X {list})", limits: Small) is FetchData);
        Assert.Equal(isAllowed, Answers.Read($"* STATUS x (X {list})", limits: Small) is StatusData);
    }

    [Fact]
    public void A_hundred_thousand_parentheses_are_no_stack_overflow()
    {
        var open = new string('(', 100_000);
        Assert.IsType<InvalidResponse>(Answers.Read($"* 1 FETCH (BODYSTRUCTURE {open})"));
        Assert.IsType<InvalidResponse>(Answers.Read($"* 1 FETCH (X {open})"));
        Assert.IsType<InvalidResponse>(Answers.Read($"* LIST {open}"));
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void Flags(int count, bool isAllowed) =>
        Assert.Equal(isAllowed, Answers.Read($"* FLAGS ({string.Join(' ', Enumerable.Range(0, count).Select(static i => $"k{i}"))})", limits: Small) is FlagsData);

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Ranges_of_a_set(int count, bool isAllowed) =>
        Assert.Equal(isAllowed, Answers.Read($"* VANISHED {string.Join(',', Enumerable.Range(1, count).Select(static i => i * 2))}", limits: Small) is VanishedData);

    [Fact]
    public void Limits_are_checked_when_they_are_made()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ImapClientLimits { LineBytesMax = 5 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ImapClientLimits { GreetingTime = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new ImapClientLimits { MessageBytesMax = 0 });
    }

    private static void Check(string wire, bool isAllowed)
    {
        // Whole, and byte by byte: a limit must not depend on how the bytes come.
        foreach (var piece in (int[])[int.MaxValue, 1])
        {
            var framer = new ResponseFramer(Small);
            var rest = Encoding.ASCII.GetBytes(wire).AsSpan();
            var step = ResponseStep.More;
            while (step == ResponseStep.More && !rest.IsEmpty)
            {
                step = framer.Next(rest[..Math.Min(piece, rest.Length)], out var consumed, out _);
                rest = rest[consumed..];
            }

            Assert.Equal(isAllowed ? ResponseStep.Response : ResponseStep.Limit, step);
            Assert.Equal(isAllowed, framer.Error.Length == 0);
        }
    }
}
