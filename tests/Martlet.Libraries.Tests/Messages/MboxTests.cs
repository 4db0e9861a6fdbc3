using System.Globalization;
using System.Text;
using Martlet.Messages.Files;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class MboxTests
{
    private const string Separator = "From a@b Thu Aug 22 13:52:59 2002\n";

    [Theory]
    [InlineData("From a@b Thu Aug 22 13:52:59 2002", "2002-08-22 13:52:59 +00:00")]
    [InlineData("From a@b Thu Aug  2 13:52:59 2002\r\n", "2002-08-02 13:52:59 +00:00")]
    [InlineData("From a b c Thu Aug 22 13:52 2002", "2002-08-22 13:52:00 +00:00")]
    [InlineData("From a@b Thu Aug 22 13:52:59 MET DST 2002", "2002-08-22 13:52:59 +00:00")]
    [InlineData("From a@b Thu Aug 22 13:52:59 2002 +0200", "2002-08-22 13:52:59 +02:00")]
    [InlineData("From a@b Thu Aug 22 13:52:59 -0730 2002", "2002-08-22 13:52:59 -07:30")]
    [InlineData("From - 22 Aug 13:52:59 2002", "2002-08-22 13:52:59 +00:00")]
    [InlineData("From me to you", null)]
    [InlineData("From a@b Thu Feb 30 13:52:59 2002", null)]
    [InlineData("From a@b Thu Aug 22 25:52:59 2002", null)]
    [InlineData("From a@b Thu Aug 22 13:52:59", null)]
    [InlineData("from a@b Thu Aug 22 13:52:59 2002", null)]
    public void A_separator_has_a_date(string line, string? expected) => Assert.Equal(
        expected,
        MboxDate.TryParse(Encoding.ASCII.GetBytes(line), out var date) ? date.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture) : null);

    [Fact]
    public async Task Messages_are_separated_and_get_CRLF() =>
        Assert.Equal(["a\r\n\r\nb\r\n", "c\r\n"], await ReadAsync(Separator + "a\n\nb\n\n" + Separator + "c\r\n\r\n"));

    [Fact]
    public async Task A_separator_needs_an_empty_line_before_it() =>
        Assert.Equal(["a\r\n" + Separator.TrimEnd() + "\r\nb"], await ReadAsync(Separator + "a\n" + Separator + "b"));

    [Fact]
    public async Task A_line_that_begins_with_From_but_has_no_date_is_text() =>
        Assert.Equal(["a\r\n\r\nFrom me\r\n"], await ReadAsync(Separator + "a\n\nFrom me\n"));

    [Fact]
    public async Task Quoted_lines_are_kept_or_unquoted()
    {
        const string File = Separator + ">From x\n>>From y\n>Fro\n> From\n\n>From z\n";
        Assert.Equal([">From x\r\n>>From y\r\n>Fro\r\n> From\r\n\r\n>From z\r\n"], await ReadAsync(File));
        Assert.Equal(["From x\r\n>From y\r\n>Fro\r\n> From\r\n\r\nFrom z\r\n"], await ReadAsync(File, MboxQuoting.Remove));
    }

    [Fact]
    public async Task Bytes_before_the_first_separator_are_skipped() => Assert.Equal(["a\r\n"], await ReadAsync("junk\n\n" + Separator + "a\n"));

    [Fact]
    public async Task Empty_files_and_messages_are_no_trouble()
    {
        Assert.Empty(await ReadAsync(""));
        Assert.Empty(await ReadAsync("junk\n"));
        Assert.Equal(["", ""], await ReadAsync(Separator + "\n" + Separator));
    }

    [Fact]
    public async Task A_line_of_a_megabyte_comes_in_pieces()
    {
        var line = new string('x', 1 << 20) + "\r";
        var file = new MemoryStream(Encoding.ASCII.GetBytes(Separator + line));
        await foreach (var piece in MboxReader.ReadAsync(file, MboxQuoting.Keep, TestContext.Current.CancellationToken))
        {
            Assert.InRange(piece.Bytes.Length, 0, 32 << 10);
        }

        Assert.Equal([line], await ReadAsync(Separator + line));
    }

    private static async Task<List<string>> ReadAsync(string file, MboxQuoting quoting = MboxQuoting.Keep)
    {
        var messages = new List<string>();
        await foreach (var piece in MboxReader.ReadAsync(new MemoryStream(Encoding.Latin1.GetBytes(file)), quoting, TestContext.Current.CancellationToken))
        {
            if (piece.IsStart)
            {
                messages.Add("");
            }

            messages[^1] += Encoding.Latin1.GetString(piece.Bytes.Span);
        }

        return messages;
    }
}
