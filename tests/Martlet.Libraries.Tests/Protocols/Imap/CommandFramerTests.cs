using System.Text;
using Martlet.Fuzz.Targets;
using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class CommandFramerTests
{
    private static readonly ImapLimits Small = ImapLimits.AfterLogin with
    {
        LineBytesMax = 512,
        LiteralBytesMax = 10,
        LiteralsMax = 3,
        LiteralBytesTotalMax = 20,
        DiscardBytesMax = 100,
    };

    [Theory]
    [InlineData("a NOOP\r\n")]
    [InlineData("a NOOP\n")]
    [InlineData("a {3\r\n")]
    [InlineData("a {x}\r\n")]
    [InlineData("a {}\r\n")]
    [InlineData("a {+}\r\n")]
    [InlineData("a 3}\r\n")]
    [InlineData("a {3} \r\n")]
    [InlineData("a {3-}\r\n")]
    [InlineData("a \"{3}\"\r\n")]
    [InlineData("a \r b\r\n")]
    public void A_line_is_a_command(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Assert.Equal(new FrameStep(FrameStepKind.Command, bytes.Length), new CommandFramer(Small).Next([.. bytes, .. "next"u8]));
    }

    [Theory]
    [InlineData("a {3}\r\n", 3, true, false)]
    [InlineData("a {3+}\n", 3, false, false)]
    [InlineData("a ~{3}\r\n", 3, true, true)]
    [InlineData("a ~{3+}\r\n", 3, false, true)]
    [InlineData("{3}\r\n", 3, true, false)]
    [InlineData("a ({0}\r\n", 0, true, false)]
    [InlineData("a \"quoted {3}\r\n", 3, true, false)]
    public void A_line_may_announce_a_literal(string text, long bytes, bool isSync, bool isBinary)
    {
        var step = new CommandFramer(Small).Next(Encoding.UTF8.GetBytes(text));
        Assert.Equal(FrameStepKind.Literal, step.Kind);
        Assert.Equal(text.Length, step.Length);
        Assert.Equal(new LiteralHeader(bytes, isSync, isBinary), step.Literal);
        Assert.Equal(LiteralLimit.None, step.Limit);
    }

    [Fact]
    public void A_literal_may_look_like_line_ends_and_literals()
    {
        const string text = "a LOGIN {9}\r\n{3}\r\n\r\n\r\n {2+}\r\n\r\n\r\nb";
        var framer = new CommandFramer(Small);
        var step = framer.Next(Encoding.UTF8.GetBytes(text));
        Assert.Equal(13, step.Length);
        framer.AcceptLiteral();
        step = framer.Next(Encoding.UTF8.GetBytes(text));
        Assert.Equal((FrameStepKind.Literal, 29), (step.Kind, step.Length));
        framer.AcceptLiteral();
        Assert.Equal(new FrameStep(FrameStepKind.Command, text.Length - 1), framer.Next(Encoding.UTF8.GetBytes(text)));
    }

    [Theory]
    [InlineData("a LOGIN {4}\r\nuser {4+}\r\npass\r\nb NOOP\r\n\r\nc LOGOUT\r\n")]
    [InlineData("a LOGIN {5000+}\r\nxxx")]
    [InlineData("a {0}\r\n{0}\r\n\nb x\n")]
    public void Every_cut_gives_the_same_commands(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var expected = ImapFramerTarget.Frame(bytes, bytes.Length);
        for (var chunk = 1; chunk < bytes.Length; chunk++)
        {
            Assert.Equal(expected, ImapFramerTarget.Frame(bytes, chunk));
        }
    }

    [Fact]
    public void An_empty_line_is_noise_between_commands_only()
    {
        var framer = new CommandFramer(Small);
        Assert.Equal(new FrameStep(FrameStepKind.EmptyLine, 2), framer.Next("\r\na"u8));
        framer.Reset();
        Assert.Equal(FrameStepKind.Literal, framer.Next("a APPEND b {5}\r\n"u8).Kind);
        framer.StreamLiteral();
        Assert.Equal(new FrameStep(FrameStepKind.Command, 2), framer.Next("\r\n"u8));
    }

    [Theory]
    [InlineData(512, FrameStepKind.Command)]
    [InlineData(513, FrameStepKind.LineTooLong)]
    public void A_line_at_the_limit_passes_and_over_it_does_not(int length, FrameStepKind expected) =>
        Assert.Equal(expected, new CommandFramer(Small).Next(Encoding.ASCII.GetBytes(new string('a', length - 2) + "\r\n")).Kind);

    [Theory]
    [InlineData(512, FrameStepKind.NeedMore)]
    [InlineData(513, FrameStepKind.LineTooLong)]
    public void A_line_without_end_is_given_up(int length, FrameStepKind expected)
    {
        Assert.Equal(expected, new CommandFramer(Small).Next(new byte[length]).Kind);
        Assert.Equal(expected, new CommandFramer(Small).NextLine(new byte[length]).Kind);
    }

    [Fact]
    public void Line_text_of_all_pieces_counts_together()
    {
        var framer = new CommandFramer(Small);
        var first = new string('a', 300) + " {1}\r\n";
        Assert.Equal(FrameStepKind.Literal, framer.Next(Encoding.ASCII.GetBytes(first)).Kind);
        framer.AcceptLiteral();
        Assert.Equal(FrameStepKind.LineTooLong, framer.Next(Encoding.ASCII.GetBytes(first + "x" + new string('b', 300) + "\r\n")).Kind);
    }

    [Theory]
    [InlineData("{10}", LiteralLimit.None)]
    [InlineData("{11}", LiteralLimit.TooBig)]
    [InlineData("{9223372036854775807}", LiteralLimit.TooBig)]
    [InlineData("{92233720368547758079999}", LiteralLimit.TooBig)]
    public void A_literal_at_the_limit_passes_and_over_it_does_not(string header, LiteralLimit expected) =>
        Assert.Equal(expected, new CommandFramer(Small).Next(Encoding.ASCII.GetBytes("a " + header + "\r\n")).Limit);

    [Theory]
    [InlineData(1, new[] { LiteralLimit.None, LiteralLimit.None, LiteralLimit.None, LiteralLimit.TooMany })]
    [InlineData(10, new[] { LiteralLimit.None, LiteralLimit.None, LiteralLimit.TotalTooBig })]
    public void Literals_together_have_limits(int size, LiteralLimit[] expected)
    {
        var framer = new CommandFramer(Small);
        var text = "a";
        foreach (var limit in expected)
        {
            text += $" {{{size}}}\r\n";
            var step = framer.Next(Encoding.ASCII.GetBytes(text));
            Assert.Equal(limit, step.Limit);
            framer.AcceptLiteral();
            text += new string('x', size);
        }
    }

    [Fact]
    public void A_refused_synchronizing_literal_ends_the_command()
    {
        var framer = new CommandFramer(Small);
        Assert.Equal(14, framer.Next("a LOGIN {11}\r\nb NOOP\r\n"u8).Length);
        Assert.True(framer.Refuse());
        Assert.Equal(new FrameStep(FrameStepKind.Command, 8), framer.Next("b NOOP\r\n"u8));
    }

    [Fact]
    public void A_refused_non_synchronizing_literal_is_swallowed_with_the_rest_of_its_command()
    {
        var framer = new CommandFramer(Small);
        Assert.Equal(15, framer.Next("a LOGIN {11+}\r\n"u8).Length);
        Assert.True(framer.Refuse());
        Assert.Equal(FrameStepKind.NeedMore, framer.Next(""u8).Kind);
        Assert.Equal(new FrameStep(FrameStepKind.Discard, 5), framer.Next("b NOO"u8));
        Assert.Equal(new FrameStep(FrameStepKind.Discard, 6), framer.Next("P\r\nxyz {2+}\r\n\r\n\r\nc"u8));
        Assert.Equal(new FrameStep(FrameStepKind.Discard, 7), framer.Next(" {2+}\r\n\r\n\r\nc"u8));
        Assert.Equal(new FrameStep(FrameStepKind.Discard, 2), framer.Next("\r\n\r\nc"u8));
        Assert.Equal(FrameStepKind.NeedMore, framer.Next("\r"u8).Kind);
        Assert.Equal(new FrameStep(FrameStepKind.DiscardEnd, 2), framer.Next("\r\nc"u8));
        Assert.Equal(FrameStepKind.Command, framer.Next("c NOOP\r\n"u8).Kind);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Too_much_to_swallow_ends_the_connection(int size, bool expected)
    {
        var framer = new CommandFramer(Small);
        framer.Next(Encoding.ASCII.GetBytes($"a {{{size}+}}\r\n"));
        Assert.Equal(expected, framer.Refuse());
    }

    [Fact]
    public void A_plain_line_has_no_literals()
    {
        var framer = new CommandFramer(Small);
        Assert.Equal(new FrameStep(FrameStepKind.Command, 7), framer.NextLine("DON{3}\nb"u8));
        framer.Reset();
        Assert.Equal(new FrameStep(FrameStepKind.Command, 6), framer.NextLine("DONE\r\nb"u8));
    }

    [Fact]
    public void Limits_grow_at_login()
    {
        var framer = new CommandFramer(Small);
        Assert.Equal(LiteralLimit.TooBig, framer.Next("a {11}\r\n"u8).Limit);
        framer.Reset();
        framer.Limits = ImapLimits.AfterLogin;
        Assert.Equal(LiteralLimit.None, framer.Next("a {11}\r\n"u8).Limit);
    }
}
