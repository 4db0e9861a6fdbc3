using Martlet.Messages.Files;
using Xunit;

namespace Martlet.Libraries.Tests.Messages.Files;

public sealed class MaildirNameTests
{
    [Theory]
    [InlineData("1041379200.M5P7.host,S=1234:2,FS", FileFlags.Flagged | FileFlags.Seen, 0u, 1041379200L)]
    [InlineData("1041379200.M5P7.host:2,", FileFlags.None, 0u, 1041379200L)]
    [InlineData("1041379200.M5P7.host", FileFlags.None, 0u, 1041379200L)]
    [InlineData("1041379200.x:2,DFRSTaz", FileFlags.Draft | FileFlags.Flagged | FileFlags.Answered | FileFlags.Seen | FileFlags.Deleted, (1u << 25) | 1, 1041379200L)]
    [InlineData("1041379200.x;2,S", FileFlags.Seen, 0u, 1041379200L)]
    [InlineData("1041379200.x!2,S", FileFlags.Seen, 0u, 1041379200L)]
    [InlineData("1041379200.x:2,S,U=5", FileFlags.Seen, 0u, 1041379200L)]
    [InlineData("1041379200.x:1,S", FileFlags.None, 0u, 1041379200L)]
    [InlineData("1041379200.2,S", FileFlags.None, 0u, 1041379200L)]
    [InlineData("x:2,SS?9", FileFlags.Seen, 0u, null)]
    [InlineData("00000001.eml", FileFlags.None, 0u, null)]
    [InlineData("99999999999999999999.x", FileFlags.None, 0u, null)]
    [InlineData("9999999999.x", FileFlags.None, 0u, null)]
    [InlineData("1041379200", FileFlags.None, 0u, null)]
    [InlineData("", FileFlags.None, 0u, null)]
    public void A_name_says_flags_keywords_and_date(string name, FileFlags flags, uint letters, long? seconds)
    {
        var read = MaildirName.Parse(name);
        Assert.Equal((flags, letters, seconds), (read.Flags, read.Letters, read.Date?.ToUnixTimeSeconds()));
    }

    [Fact]
    public void P_is_passed_on() => Assert.True(MaildirName.Parse("1041379200.x:2,PS") is { IsForwarded: true, Flags: FileFlags.Seen });

    [Fact]
    public void What_is_written_is_read()
    {
        var date = DateTimeOffset.FromUnixTimeSeconds(1041379200);
        for (var flags = 0; flags < 32; flags++)
        {
            var name = MaildirName.Format(date, "V1U2.martlet", 10, 12, (FileFlags)flags, 0x2000005);
            Assert.Equal(new MaildirName((FileFlags)flags, false, 0x2000005, date), MaildirName.Parse(name));
        }

        Assert.Equal("1041379200.V1U2.martlet,S=10,W=12:2,DFSac", MaildirName.Format(date, "V1U2.martlet", 10, 12, FileFlags.Draft | FileFlags.Flagged | FileFlags.Seen, 5));
    }

    [Fact]
    public void Keywords_have_numbers_and_what_is_none_is_told()
    {
        var refused = new List<string>();
        var keywords = DovecotKeywords.Parse("0 $Forwarded\n1 Work\r\n25 last\n26 nobody\nx y\n3 two words\n4 (\n\n5"u8, refused);

        Assert.Equal("$Forwarded", keywords[0]);
        Assert.Equal("Work", keywords[1]);
        Assert.Equal("last", keywords[25]);
        Assert.Equal(3, keywords.Count(keyword => keyword is not null));
        Assert.Equal(["x y", "3 two words", "4 (", "5"], refused);
        Assert.Equal("0 a\n1 b\n"u8, DovecotKeywords.Format(["a", "b"]));
    }

    [Theory]
    [InlineData("a\nb\n", "a\r\nb\r\n")]
    [InlineData("a\nb", "a\r\nb")]
    [InlineData("a\n\rb\r\nc\n", "a\r\n\rb\r\nc\r\n")]
    [InlineData("a\r\nb\n", "a\r\nb\n")]
    [InlineData("\n", "\r\n")]
    [InlineData("a\rb", "a\rb")]
    [InlineData("", "")]
    public void The_first_line_end_says_what_the_others_are(string file, string message)
    {
        for (var piece = 1; piece <= Math.Max(1, file.Length); piece++)
        {
            var content = new MaildirContent();
            var read = "";
            for (var at = 0; at < file.Length; at += piece)
            {
                read += System.Text.Encoding.ASCII.GetString(content.Feed(System.Text.Encoding.ASCII.GetBytes(file[at..Math.Min(file.Length, at + piece)])));
            }

            Assert.Equal(message, read);
        }
    }
}
