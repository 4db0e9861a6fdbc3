using System.Diagnostics;
using System.Text;
using Martlet.Protocols.Smtp;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Smtp;

public sealed class DataReaderTests
{
    [Theory]
    [InlineData(".\r\n", "", false)]
    [InlineData("\r\n.\r\n", "\r\n", false)]
    [InlineData("a\r\n.\r\n", "a\r\n", false)]
    [InlineData("..\r\n.\r\n", ".\r\n", false)]
    [InlineData(".a\r\n.\r\n", "a\r\n", false)]
    [InlineData("...\r\n.\r\n", "..\r\n", false)]
    [InlineData("a.\r\n.\r\n", "a.\r\n", false)]
    [InlineData("\0\r\n\0.\r\n.\r\n", "\0\r\n\0.\r\n", false)]
    [InlineData("a\n.\r\nb\r\n.\r\n", null, true)]
    [InlineData("a\n.\nb\r\n.\r\n", null, true)]
    [InlineData("a\r.\rb\r\n.\r\n", null, true)]
    [InlineData("a\r\n.\nb\r\n.\r\n", null, true)]
    [InlineData("a\r\n.\rb\r\n.\r\n", null, true)]
    [InlineData("a\r\n.\r\r\nb\r\n.\r\n", null, true)]
    [InlineData("a\r\r\n.\r\n", null, true)]
    [InlineData("\n.\r\n\r\n.\r\n", null, true)]
    public void The_end_is_CRLF_dot_CRLF_at_every_split(string wire, string? content, bool hasBareLineBreak)
    {
        var bytes = Encoding.Latin1.GetBytes(wire + "NOOP\r\n");
        for (var split = 0; split <= bytes.Length; split++)
        {
            var result = Read(bytes, split);
            Assert.True(result.IsComplete);
            Assert.Equal(wire.Length, result.Consumed);
            Assert.Equal(hasBareLineBreak, result.HasBareLineBreak);
            if (content is not null)
            {
                Assert.Equal(content, result.Content);
            }
        }
    }

    [Fact]
    public void Any_bytes_are_read_as_the_standard_says_however_they_are_cut()
    {
        var random = new Random(5321);
        const string alphabet = "\r\n\r\n\r\n...a\0";
        for (var round = 0; round < 50_000; round++)
        {
            var wire = new string([.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            var expected = Oracle(wire);
            var bytes = Encoding.Latin1.GetBytes(wire);
            foreach (var result in new[] { Read(bytes, random.Next(bytes.Length + 1)), ReadBytewise(bytes) })
            {
                Assert.Equal(expected.IsComplete, result.IsComplete);
                if (expected.IsComplete)
                {
                    Assert.Equal(expected.Consumed, result.Consumed);
                    Assert.Equal(expected.HasBareLineBreak, result.HasBareLineBreak);
                    Assert.True(expected.HasBareLineBreak || expected.Content == result.Content, $"{wire}: {expected.Content} and {result.Content}");
                }
            }
        }
    }

    [Fact]
    public void Fifty_megabytes_are_quick_with_short_and_with_endless_lines()
    {
        var lines = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 70) + "\r\n", 700_000)) + ".\r\n");
        var oneLine = Encoding.ASCII.GetBytes(new string('x', 50_000_000) + "\r\n.\r\n");
        foreach (var bytes in new[] { lines, oneLine })
        {
            var watch = Stopwatch.StartNew();
            var reader = default(DataReader);
            var total = 0L;
            for (var at = 0; at < bytes.Length;)
            {
                total += reader.Read(bytes.AsSpan(at, Math.Min(4096, bytes.Length - at)), out var consumed).Length;
                at += consumed;
            }

            Assert.True(reader.IsComplete);
            Assert.Equal(bytes.Length - 3, total);
            // Far above what it takes, so that a busy machine passes, and far below what a byte at a time would take there.
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
            TestContext.Current.TestOutputHelper?.WriteLine($"{bytes.Length / watch.Elapsed.TotalSeconds / 1e6:F0} MB/s");
        }
    }

    // What RFC 5321 §4.1.1.4 and §4.5.2 say, in the plainest words.
    private static Result Oracle(string wire)
    {
        var all = "\r\n" + wire;
        var end = all.IndexOf("\r\n.\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return new Result("", 0, IsComplete: false, HasBareLineBreak: false);
        }

        var content = all[..(end + 2)];
        var withoutPairs = content.Replace("\r\n", "", StringComparison.Ordinal);
        var unstuffed = content.Replace("\r\n.", "\r\n", StringComparison.Ordinal)[2..];
        return new Result(unstuffed, end + 3, IsComplete: true, withoutPairs.AsSpan().ContainsAny('\r', '\n'));
    }

    private static Result Read(byte[] bytes, int split)
    {
        var reader = default(DataReader);
        var content = new StringBuilder();
        var consumed = Feed(ref reader, bytes.AsSpan(0, split), content);
        consumed += Feed(ref reader, bytes.AsSpan(split), content);
        return new Result(content.ToString(), consumed, reader.IsComplete, reader.HasBareLineBreak);
    }

    private static Result ReadBytewise(byte[] bytes)
    {
        var reader = default(DataReader);
        var content = new StringBuilder();
        var consumed = 0;
        for (var i = 0; i < bytes.Length && !reader.IsComplete; i++)
        {
            consumed += Feed(ref reader, bytes.AsSpan(i, 1), content);
        }

        return new Result(content.ToString(), consumed, reader.IsComplete, reader.HasBareLineBreak);
    }

    private static int Feed(ref DataReader reader, ReadOnlySpan<byte> input, StringBuilder content)
    {
        var total = 0;
        while (total < input.Length && !reader.IsComplete)
        {
            content.Append(Encoding.Latin1.GetString(reader.Read(input[total..], out var consumed)));
            Assert.True(consumed > 0);
            total += consumed;
        }

        return total;
    }

    private sealed record Result(string Content, int Consumed, bool IsComplete, bool HasBareLineBreak);
}
