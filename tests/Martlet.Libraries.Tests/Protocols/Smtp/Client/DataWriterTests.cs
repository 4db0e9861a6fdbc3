using System.Buffers;
using System.Text;
using Martlet.Protocols.Smtp;
using Martlet.Protocols.Smtp.Client;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp.Client;

/// <summary>Message data as it is sent, and what is said about it before.</summary>
public sealed class DataWriterTests
{
    [Theory]
    [InlineData("", ".\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a\n\nb\n", "a\r\n\r\nb\r\n.\r\n")]
    [InlineData("a\rb", "a\r\nb\r\n.\r\n")]
    [InlineData("a\r\r\nb", "a\r\n\r\nb\r\n.\r\n")]
    [InlineData(".", "..\r\n.\r\n")]
    [InlineData("a\n.\nb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a\r.\rb", "a\r\n..\r\nb\r\n.\r\n")]
    [InlineData("a.\r\n.b\r\n", "a.\r\n..b\r\n.\r\n")]
    public void Lines_end_with_CRLF_and_dots_are_doubled_wherever_the_content_is_cut(string content, string data)
    {
        for (var cut = 0; cut <= content.Length; cut++)
        {
            var output = new ArrayBufferWriter<byte>();
            var writer = default(DataWriter);
            writer.Write(Encoding.ASCII.GetBytes(content[..cut]), output);
            writer.Write(Encoding.ASCII.GetBytes(content[cut..]), output);
            writer.End(output);
            Assert.Equal(data, Encoding.ASCII.GetString(output.WrittenSpan));
        }
    }

    [Theory]
    [InlineData("", 0, false, false)]
    [InlineData("a: b\n\nc\n", 11, false, false)]
    [InlineData("a: b\r\n\r\nc", 11, false, false)]
    [InlineData("a: ü\n\nc", 12, true, false)]
    [InlineData("a: b\r\n\r\nü\r\n", 12, false, true)]
    [InlineData("a: b\r\rü", 12, false, true)]
    [InlineData("ü\n\nü", 10, true, true)]
    public void What_a_message_needs_is_found_wherever_it_is_cut(string content, long size, bool hasHeader, bool hasBody)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var scanner = default(ContentScanner);
            scanner.Read(bytes.AsSpan(0, cut));
            scanner.Read(bytes.AsSpan(cut));
            Assert.Equal(new ContentTraits(size, hasHeader, hasBody), scanner.Traits);
        }
    }

    [Fact]
    public void Commands_are_one_line()
    {
        Assert.True(EmailAddress.TryParse("\"a b\"@example.org", out var address));
        Assert.Equal("MAIL FROM:<> SIZE=7 BODY=8BITMIME SMTPUTF8\r\n", Encoding.UTF8.GetString(SmtpCommands.Mail(default, 7, isEightBit: true, isUtf8: true)));
        Assert.Equal("RCPT TO:<\"a b\"@example.org>\r\n", Encoding.UTF8.GetString(SmtpCommands.Rcpt(new ForwardPath(address))));
        Assert.Equal("AUTH EXTERNAL =\r\n", Encoding.UTF8.GetString(SmtpCommands.Auth("EXTERNAL", ReadOnlyMemory<byte>.Empty)));
        Assert.Equal("AUTH LOGIN\r\n", Encoding.UTF8.GetString(SmtpCommands.Auth("LOGIN", initial: null)));
        Assert.Throws<ArgumentException>(() => SmtpCommands.Line("NOOP\r\nQUIT"));
        Assert.True(SmtpCommands.IsHelloName("[IPv6:::1]") && !SmtpCommands.IsHelloName("a b") && !SmtpCommands.IsHelloName("") && !SmtpCommands.IsHelloName(new string('a', 256)));
    }
}
