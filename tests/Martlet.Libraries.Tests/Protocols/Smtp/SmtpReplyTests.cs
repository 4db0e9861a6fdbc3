using System.Buffers;
using System.Text;
using Martlet.Protocols.Smtp;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp;

public sealed class SmtpReplyTests
{
    [Fact]
    public void Lines_but_the_last_have_a_hyphen_and_all_have_the_status() =>
        Assert.Equal("550-5.1.1 No.\r\n550 5.1.1 Really.\r\n", new SmtpReply(550, EnhancedStatus.NoSuchMailbox, "No.", "Really.").ToString());

    [Fact]
    public void The_class_of_the_status_is_that_of_the_code() =>
        Assert.Equal("452 4.2.2 Full.\r\n", new SmtpReply(452, EnhancedStatus.MailboxFull, "Full.").ToString());

    [Fact]
    public void Only_refusals_name_the_connection()
    {
        Assert.Equal("250 2.0.0 Done.\r\n", Write(new SmtpReply(250, EnhancedStatus.Other, "Done."), "c1"));
        Assert.Equal("500-5.5.1 a\r\n500 5.5.1 b (c1)\r\n", Write(new SmtpReply(500, EnhancedStatus.InvalidCommand, "a", "b"), "c1"));
    }

    [Fact]
    public void Text_cannot_make_another_reply() =>
        Assert.Equal("550 5.1.1 a??250 ok ????\r\n", new SmtpReply(550, EnhancedStatus.NoSuchMailbox, "a\r\n250 ok \0\u007fü\u2028").ToString());

    [Theory]
    [InlineData(490)]
    [InlineData(1000)]
    public void A_line_has_up_to_512_bytes(int length)
    {
        var line = Write(new SmtpReply(550, EnhancedStatus.NoSuchMailbox, new string('a', length)), "c1");
        Assert.Equal(Math.Min(512, length + 17), line.Length);
        Assert.EndsWith(" (c1)\r\n", line, StringComparison.Ordinal);
    }

    private static string Write(SmtpReply reply, string token)
    {
        var output = new ArrayBufferWriter<byte>();
        reply.WriteTo(output, token);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
