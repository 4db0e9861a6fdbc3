using System.Text;
using Martlet.Protocols.Imap;
using Martlet.Protocols.Imap.Commands;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class AppendTests
{
    [Theory]
    [InlineData(" a {5}\r\n", AppendStep.Message)]
    [InlineData(" a {5+}\n", AppendStep.Message)]
    [InlineData(" a ~{5}\r\n", AppendStep.Message)]
    [InlineData(" {1}\r\na {5}\r\n", AppendStep.Message)]
    [InlineData(" {1+}\r\n", AppendStep.Argument)]
    [InlineData(" {5}\r\n", AppendStep.Argument)]
    [InlineData(" a (\\Seen) {5}\r\n", AppendStep.Message)]
    [InlineData(" a () {5}\r\n", AppendStep.Message)]
    [InlineData(" a \"01-Feb-1994 21:52:25 -0800\" {5}\r\n", AppendStep.Message)]
    [InlineData(" a (\\Seen $x) \"01-Feb-1994 21:52:25 -0800\" {5}\r\n", AppendStep.Message)]
    [InlineData(" a UTF8 (~{5}\r\n", AppendStep.Message)]
    [InlineData(" a (x) utf8 (~{5+}\r\n", AppendStep.Message)]
    [InlineData("", AppendStep.Error)]
    [InlineData(" a", AppendStep.Error)]
    [InlineData(" a\r\n", AppendStep.Error)]
    [InlineData(" a ()\r\n", AppendStep.Error)]
    [InlineData(" a (\\Recent) {5}\r\n", AppendStep.Error)]
    [InlineData(" a ({5}\r\n", AppendStep.Error)]
    [InlineData(" a (x {5}\r\n", AppendStep.Error)]
    [InlineData(" a \"yesterday\" {5}\r\n", AppendStep.Error)]
    [InlineData(" a \"01-Feb-1994 21:52:25 -0800\" (\\Seen) {5}\r\n", AppendStep.Error)]
    [InlineData(" a x {5}\r\n", AppendStep.Error)]
    [InlineData(" a{5}\r\n", AppendStep.Error)]
    [InlineData(" a  {5}\r\n", AppendStep.Error)]
    [InlineData(" a UTF8 ({5}\r\n", AppendStep.Error)]
    [InlineData(" a UTF8 ~{5}\r\n", AppendStep.Error)]
    [InlineData(" a UTF8(~{5}\r\n", AppendStep.Error)]
    [InlineData(" a {5}\r\nhello", AppendStep.Error)]
    [InlineData(" a \"hello\"\r\n", AppendStep.Error)]
    [InlineData(" & {5}\r\n", AppendStep.Error)]
    public void The_announced_literal_is_the_message_or_not(string text, AppendStep expected)
    {
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        Assert.Equal(expected, AppendCommand.ReadFirst(ref reader, out var mailbox, out var message));
        Assert.Equal(expected == AppendStep.Message, message is not null);
        if (message is not null)
        {
            Assert.Equal("a", mailbox.Value);
            Assert.Equal(5, message.Literal.Bytes);
        }
    }

    [Fact]
    public void A_message_has_flags_and_date()
    {
        var reader = new ImapReader(" Sent (\\seen $x) \" 1-Feb-1994 21:52:25 -0800\" UTF8 (~{310+}\r\n"u8, ImapLimits.AfterLogin, utf8: false);
        Assert.Equal(AppendStep.Message, AppendCommand.ReadFirst(ref reader, out _, out var message));
        Assert.Equal("\\Seen $x", string.Join(' ', message!.Flags));
        Assert.Equal(new DateTimeOffset(1994, 2, 1, 21, 52, 25, TimeSpan.FromHours(-8)), message.InternalDate);
        Assert.True(message.IsUtf8);
        Assert.Equal(new LiteralHeader(310, IsSync: false, IsBinary: true), message.Literal);
    }

    [Theory]
    [InlineData("\r\n", false, AppendStep.End)]
    [InlineData("\n", false, AppendStep.End)]
    [InlineData(")\r\n", true, AppendStep.End)]
    [InlineData(" {7}\r\n", false, AppendStep.Message)]
    [InlineData(" (\\Seen) {7+}\r\n", false, AppendStep.Message)]
    [InlineData(") \"01-Feb-1994 21:52:25 -0800\" UTF8 (~{7}\r\n", true, AppendStep.Message)]
    [InlineData(") {7}\r\n", true, AppendStep.Message)]
    [InlineData("\r\n", true, AppendStep.Error)]
    [InlineData(")\r\n", false, AppendStep.Error)]
    [InlineData(" \r\n", false, AppendStep.Error)]
    [InlineData("x\r\n", false, AppendStep.Error)]
    [InlineData("{7}\r\n", false, AppendStep.Error)]
    [InlineData(" (\\Seen)\r\n", false, AppendStep.Error)]
    [InlineData(" mailbox {7}\r\n", false, AppendStep.Error)]
    public void After_a_message_comes_another_or_the_end(string text, bool wasUtf8, AppendStep expected)
    {
        var previous = new AppendMessage([], null, wasUtf8, default);
        var reader = new ImapReader(Encoding.UTF8.GetBytes(text), ImapLimits.AfterLogin, utf8: false);
        Assert.Equal(expected, AppendCommand.ReadNext(ref reader, previous, out var message));
        Assert.Equal(expected == AppendStep.Message ? 7L : null, message?.Literal.Bytes);
    }

    [Fact]
    public void A_session_streams_every_message_of_a_multiappend()
    {
        var input = "a APPEND {4+}\r\nSent (\\Seen) {5+}\r\nhello {6+}\r\n{3}\r\n! UTF8 (~{2+}\r\nhi)\r\nb NOOP\r\n"u8.ToArray();
        var framer = new CommandFramer(ImapLimits.AfterLogin);
        List<string> messages = [];
        var start = 0;

        // The command line and the mailbox name are collected, the first message is announced.
        var step = framer.Next(input);
        Assert.Equal(AppendStep.Argument, First(input[..step.Length], out _));
        framer.AcceptLiteral();
        step = framer.Next(input);
        Assert.Equal(AppendStep.Message, First(input[..step.Length], out var message));
        while (true)
        {
            framer.StreamLiteral();
            start += step.Length;
            messages.Add(Encoding.ASCII.GetString(input, start, (int)message!.Literal.Bytes));
            start += (int)message.Literal.Bytes;
            step = framer.Next(input.AsSpan(start));
            var reader = new ImapReader(input.AsSpan(start, step.Length), ImapLimits.AfterLogin, utf8: false);
            if (AppendCommand.ReadNext(ref reader, message, out var next) == AppendStep.End)
            {
                break;
            }

            message = next;
        }

        Assert.Equal(FrameStepKind.Command, step.Kind);
        framer.Reset();
        Assert.Equal(["hello", "{3}\r\n!", "hi"], messages);
        Assert.Equal(8, framer.Next(input.AsSpan(start + step.Length)).Length);
    }

    private static AppendStep First(byte[] collected, out AppendMessage? message)
    {
        var reader = new ImapReader(collected, ImapLimits.AfterLogin, utf8: false);
        Assert.Equal("APPEND", ImapCommandLine.Read(ref reader, out _)?.Name);
        return AppendCommand.ReadFirst(ref reader, out _, out message);
    }
}
