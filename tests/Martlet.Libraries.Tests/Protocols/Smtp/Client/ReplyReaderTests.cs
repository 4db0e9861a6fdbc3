using System.Text;
using Martlet.Protocols.Smtp.Client;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp.Client;

/// <summary>Replies of servers: RFC 5321 §4.2, RFC 2034 §4.</summary>
public sealed class ReplyReaderTests
{
    [Theory]
    [InlineData("250 OK\r\n", 250, null, "OK")]
    [InlineData("250\r\n", 250, null, "")]
    [InlineData("250 \r\n", 250, null, "")]
    [InlineData("250 OK\n", 250, null, "OK")]
    [InlineData("550 5.1.1 No such user\r\n", 550, "5.1.1", "No such user")]
    [InlineData("550 5.1.1\r\n", 550, "5.1.1", "")]
    [InlineData("550 5.123.999 x\r\n", 550, "5.123.999", "x")]
    [InlineData("550 4.1.1 another class\r\n", 550, null, "4.1.1 another class")]
    [InlineData("550 5.1234.1 x\r\n", 550, null, "5.1234.1 x")]
    [InlineData("550 5.1.1x y\r\n", 550, null, "5.1.1x y")]
    [InlineData("334 3.0.0 x\r\n", 334, null, "3.0.0 x")]
    [InlineData("550-5.7.1 Not\r\n550-5.7.1 like\r\n550 5.7.1 this\r\n", 550, "5.7.1", "Not|like|this")]
    [InlineData("550-5.7.1 Not\r\n550 like this\r\n", 550, "5.7.1", "Not|like this")]
    [InlineData("250-a\r\n250\r\n", 250, null, "a|")]
    [InlineData("250 a\u001b[2J\u0007\r\n", 250, null, "a?[2J?")]
    [InlineData("250 a\tb\rc\u0000\r\n", 250, null, "a b?c?")]
    [InlineData("250 Grüße\u009b\r\n", 250, null, "Grüße?")]
    public void A_reply_is_taken_apart(string text, int code, string? status, string lines)
    {
        var (step, reply) = Read(text);
        Assert.Equal(ReplyStep.Reply, step);
        Assert.Equal((code, status, lines), (reply!.Code, reply.Status?.ToString(), string.Join('|', reply.Lines)));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("25\r\n")]
    [InlineData("2500 OK\r\n")]
    [InlineData("250_OK\r\n")]
    [InlineData("199 x\r\n")]
    [InlineData("600 x\r\n")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("250-a\r\n550 b\r\n")]
    [InlineData("* OK IMAP\r\n")]
    public void What_is_no_reply_is_told(string text) => Assert.Equal(ReplyStep.Malformed, Read(text).Step);

    [Theory]
    [InlineData(510, true)] // with CRLF, 512
    [InlineData(511, false)]
    public void A_line_has_a_limit(int length, bool isAllowed) =>
        Assert.Equal(isAllowed ? ReplyStep.Reply : ReplyStep.Limit, Read("250 ".PadRight(length, 'x') + "\r\n").Step);

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void A_reply_has_a_number_of_lines(int lines, bool isAllowed) =>
        Assert.Equal(isAllowed ? ReplyStep.Reply : ReplyStep.Limit, Read(string.Concat(Enumerable.Repeat("250-a\r\n", lines - 1)) + "250 a\r\n").Step);

    [Theory]
    [InlineData(248, true)] // with CRLF, after three lines of 258
    [InlineData(249, false)]
    public void A_reply_has_a_length(int last, bool isAllowed) => Assert.Equal(
        isAllowed ? ReplyStep.Reply : ReplyStep.Limit,
        Read(string.Concat(Enumerable.Repeat("250-".PadRight(256, 'x') + "\r\n", 3)) + "250 ".PadRight(last, 'x') + "\r\n").Step);

    [Fact]
    public void A_line_without_an_end_is_given_up_at_its_limit() => Assert.Equal(ReplyStep.Limit, Read("250 ".PadRight(513, 'x')).Step);

    [Fact]
    public void Replies_in_a_row_are_one_after_the_other()
    {
        var reader = new ReplyReader(SmtpClientLimits.Default);
        var input = "250 a\r\n550 5.0.0 b\r\n"u8;
        Assert.Equal(ReplyStep.Reply, reader.Next(input, out var consumed, out var first));
        Assert.Equal(ReplyStep.Reply, reader.Next(input[consumed..], out _, out var second));
        Assert.Equal(("250 a", "550 5.0.0 b"), (first!.ToString(), second!.ToString()));
    }

    [Fact]
    public void What_EHLO_says_is_values()
    {
        var (_, reply) = Read("""
            250-mx.example.org greets you
            250-size 1000
            250-8BITMIME
            250-AUTH plain CRAM-MD5
            250-AUTH=PLAIN LOGIN
            250-LIMITS RCPTMAX=20 MAILMAX=0 X
            250-X-Other some thing
            250 SMTPUTF8

            """.ReplaceLineEndings("\r\n"));
        var capabilities = ServerCapabilities.Of(reply!);
        Assert.Equal(["PLAIN", "CRAM-MD5", "LOGIN"], capabilities.Mechanisms);
        Assert.Equal((1000L, 20, null), (capabilities.SizeMax!.Value, capabilities.RecipientsMax!.Value, capabilities.MessagesMax));
        Assert.True(capabilities is { HasSize: true, HasEightBit: true, HasUtf8: true, HasPipelining: false, HasStartTls: false, HasEnhancedStatus: false });
        Assert.Equal(("some thing", true, false), (capabilities.Value("x-other"), capabilities.Has("X-OTHER"), capabilities.Has("mx.example.org")));
    }

    [Theory]
    [InlineData("SIZE", null)]
    [InlineData("SIZE 0", null)]
    [InlineData("SIZE -1", null)]
    [InlineData("SIZE 99999999999999999999", null)]
    [InlineData("SIZE 9223372036854775807", long.MaxValue)]
    public void A_size_without_sense_is_no_bound(string line, long? size) =>
        Assert.Equal(size, ServerCapabilities.Of(new ServerReply(250, Status: null, ["mx", line])).SizeMax);

    private static (ReplyStep Step, ServerReply? Reply) Read(string text)
    {
        var reader = new ReplyReader(new SmtpClientLimits { ReplyLineBytesMax = 512, ReplyLinesMax = 8, ReplyBytesMax = 1024 });
        var step = reader.Next(Encoding.UTF8.GetBytes(text), out _, out var reply);
        return (step, reply);
    }
}
