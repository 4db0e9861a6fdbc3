using System.Buffers;
using System.Text;
using Martlet.Messages.Files;
using Xunit;

namespace Martlet.Libraries.Tests.Messages.Files;

public sealed class MboxWriterTests
{
    private static readonly DateTimeOffset Date = new(2002, 8, 2, 15, 52, 59, TimeSpan.FromHours(2));

    [Fact]
    public void A_message_has_a_separator_its_flags_and_an_empty_line_at_its_end() => Assert.Equal(
        "From MAILER-DAEMON Fri Aug  2 13:52:59 2002\nStatus: RO\nX-Status: AF\nX-Keywords: Work $Junk\nSubject: x\n\n>From me\n>>From you\n>Fro\n From\n\n",
        Write("Subject: x\r\n\r\nFrom me\r\n>From you\r\n>Fro\r\n From\r\n", FileFlags.Seen | FileFlags.Answered | FileFlags.Flagged, "Work", "$Junk"));

    [Theory]
    [InlineData("Subject: x\r\n\r\nbody\r\n")]
    [InlineData("Subject: x\r\n\r\nFrom here\r\n>From there\r\n>>>From\r\n>>>From \r\n>\r\n>>\r\nF\r\nFr\r\nFrom\r\n")]
    [InlineData("Subject: x\r\n\r\na\rb\r\n\r")]
    [InlineData("Subject: x\r\n\r\na\r\r\n\r\r\n\r\r\r\n>\r\r\nFrom \r\r\n\r\r")]
    [InlineData("Status: O\r\nX-Status: A\r\nX-Keywords: theirs\r\nSubject: x\r\n\r\n")]
    [InlineData("Status: RO\r\nSubject: x\r\n\r\nx\r\n\r\n\r\n")]
    [InlineData("X-Keywords: theirs\r\n\r\n")]
    [InlineData(" folded: no\r\n\r\n")]
    [InlineData("From me\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task What_is_written_is_read_with_the_flags_beside_it(string message)
    {
        foreach (var flags in new[] { FileFlags.None, FileFlags.Seen, FileFlags.Deleted | FileFlags.Draft, FileFlags.Flagged | FileFlags.Answered | FileFlags.Seen })
        {
            string[] keywords = flags == FileFlags.None ? [] : ["$Forwarded", "Work", "Home"];
            var file = Write(message, flags, keywords) + Write("Subject: next\r\n\r\n", FileFlags.None);
            var read = await ReadAsync(file);

            Assert.Equal(2, read.Count);
            // A last line without its end gets one.
            Assert.Equal(message.EndsWith('\n') ? message : message + "\r\n", read[0].Message);
            Assert.Equal((flags, Date), (read[0].Flags, read[0].Date));
            Assert.Equal(keywords, read[0].Keywords);
            Assert.Equal(("Subject: next\r\n\r\n", FileFlags.None), (read[1].Message, read[1].Flags));
        }
    }

    [Fact]
    public async Task A_hundred_long_keywords_come_back()
    {
        string[] keywords = [.. Enumerable.Range(0, 100).Select(i => new string('k', 120) + i)];
        var file = Write("Subject: x\r\n\r\n", FileFlags.Seen, keywords);

        Assert.Equal(keywords, (await ReadAsync(file))[0].Keywords);
    }

    [Fact]
    public async Task Fields_of_other_programs_count_and_stay()
    {
        var read = await ReadAsync("From a@b Thu Aug 22 13:52:59 2002\nSubject: x\nStatus: RO\nX-Status: AT\nX-Keywords: Work, $MDNSent (no)\nX-Mozilla-Keys: later\n\nStatus: D\n");

        Assert.Equal("Subject: x\r\nStatus: RO\r\nX-Status: AT\r\nX-Keywords: Work, $MDNSent (no)\r\nX-Mozilla-Keys: later\r\n\r\nStatus: D\r\n", read[0].Message);
        Assert.Equal(FileFlags.Seen | FileFlags.Answered | FileFlags.Draft, read[0].Flags);
        Assert.Equal(["Work", "$MDNSent", "later"], read[0].Keywords);
    }

    [Fact]
    public async Task The_first_message_of_a_file_lists_the_keywords_of_all()
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MboxWriter(output);
        writer.StartFile(7, 12, ["a", "b"]);
        foreach (var keyword in new[] { "a", "b" })
        {
            writer.Start(Date, FileFlags.None, [keyword]);
            writer.Write("X-IMAPbase: 1 0000000002 mine\r\n\r\n"u8);
            writer.End();
        }

        var file = Encoding.ASCII.GetString(output.WrittenSpan);
        Assert.StartsWith("From MAILER-DAEMON Fri Aug  2 13:52:59 2002\nX-IMAPbase: 7 0000000012 a b\nStatus: O\nX-Status: \nX-Keywords: a\nX-IMAPbase: 1 ", file, StringComparison.Ordinal);
        Assert.Equal(
            [("X-IMAPbase: 1 0000000002 mine\r\n\r\n", "a"), ("X-IMAPbase: 1 0000000002 mine\r\n\r\n", "b")],
            (await ReadAsync(file)).Select(message => (message.Message, string.Join(' ', message.Keywords))));
    }

    [Theory]
    [InlineData(MboxStatus.BlockBytesMax - 1000, true)]
    [InlineData(MboxStatus.BlockBytesMax + 1000, false)]
    public async Task A_block_of_flags_has_a_longest_length(int length, bool isTaken)
    {
        var word = new string('k', 98);
        var block = "Status: RO\nX-Status: \nX-Keywords: " + string.Concat(Enumerable.Repeat(word + "  ", length / 100)) + "end\n";
        var read = await ReadAsync("From a@b Thu Aug 22 13:52:59 2002\n" + block + "Subject: x\n\n");

        Assert.Equal(isTaken, read[0].Message.StartsWith("Subject", StringComparison.Ordinal));
        Assert.Equal(FileFlags.Seen, read[0].Flags);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Pieces_make_no_difference(int piece)
    {
        const string Message = "Subject: x\r\n\r\nFrom me\r\n>>From you\r\n\r\r\nx\ry\r\n>>Fro";
        var output = new ArrayBufferWriter<byte>();
        var writer = new MboxWriter(output);
        writer.Start(Date, FileFlags.None, []);
        for (var at = 0; at < Message.Length; at += piece)
        {
            writer.Write(Encoding.ASCII.GetBytes(Message[at..Math.Min(Message.Length, at + piece)]));
        }

        writer.End();
        Assert.Equal(Write(Message, FileFlags.None), Encoding.ASCII.GetString(output.WrittenSpan));
    }

    private static string Write(string message, FileFlags flags, params string[] keywords)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MboxWriter(output);
        writer.Start(Date, flags, keywords);
        writer.Write(Encoding.ASCII.GetBytes(message));
        writer.End();
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }

    private static async Task<List<(string Message, FileFlags Flags, string[] Keywords, DateTimeOffset? Date)>> ReadAsync(string file)
    {
        var messages = new List<(string Message, FileFlags Flags, string[] Keywords, DateTimeOffset? Date)>();
        var status = new MboxStatus();
        var (text, date) = ("", (DateTimeOffset?)null);
        var count = 0;
        await foreach (var piece in MboxReader.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(file)), MboxQuoting.Remove, TestContext.Current.CancellationToken))
        {
            if (!piece.IsStart)
            {
                text += Encoding.ASCII.GetString(status.Feed(piece.Bytes.Span));
                continue;
            }

            End();
            (text, date) = ("", piece.Date);
            count++;
            status.Clear();
        }

        End();
        return messages;

        void End()
        {
            if (count > 0)
            {
                text += Encoding.ASCII.GetString(status.Finish());
                messages.Add((text, status.Flags, [.. status.Keywords], date));
            }
        }
    }
}
