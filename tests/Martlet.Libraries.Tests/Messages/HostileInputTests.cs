using System.Text;
using Martlet.Messages.Headers;
using Martlet.Messages.Mime;
using Martlet.Messages.Text;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>What attackers send (CLIENTS.md section 3, rows 3 and 4). Work is counted in bytes looked at, so no clock decides.</summary>
public sealed class HostileInputTests
{
    private const int Size = 200_000;

    public static TheoryData<string> Fragments { get; } =
    [
        "a@b, ", "(", "(((a)", ")", "\"", "\"a", "\\", "(\\", "\"\\", "<", ">", "<a", "<@a,", "<@a:", "[", "[a", "@[", "@", ":", ";", "a:;", ",", "=", ";=",
        ";a=",
        ";a=1 b(", ";=1 b(", ";a=\"", ";a=b c", ";a=b c=d", "a=", ";a*0*=x", "/", " ", "\r\n ", "\0", "=?", "=?utf-8?q?a?= ", "=?utf-8?b?",
    ];

    [Theory]
    [MemberData(nameof(Fragments))]
    public void Structured_fields_are_read_in_linear_time(string fragment)
    {
        var value = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(fragment, Size / fragment.Length)));
        var addresses = new AddressListReader(new MimeLimits { AddressesMax = 1_000_000 });
        addresses.Write(value, new MetaWriter());
        Assert.InRange(addresses.Work, 0, 8L * Size);

        var cursor = new HeaderCursor(value);
        ParameterParser.Write(ref cursor, new MetaWriter(), new MetaWriter(), new MimeLimits { ParametersMax = 100_000 });
        Assert.InRange(cursor.Work, 0, 8L * Size);
        Assert.NotNull(HeaderDecoder.Decode(value));
    }

    [Theory]
    [InlineData("To: a@b\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n")]
    [InlineData("x")]
    [InlineData(" \n")]
    [InlineData("--b\n")]
    [InlineData("\n--b\n")]
    [InlineData("--b--\n")]
    [InlineData("--b\n\n")]
    [InlineData("--b\nContent-Type: message/rfc822\n\n")]
    [InlineData("--b\nContent-Type: multipart/mixed; boundary=b\n\n")]
    [InlineData("-")]
    [InlineData("\n-")]
    [InlineData("\r")]
    public void A_megabyte_of_anything_is_a_legal_structure(string fragment)
    {
        var bytes = Structures.Wire("Content-Type: multipart/mixed; boundary=b\n" + (fragment[0] is 'T' or 'C' or ' ' or 'x' ? "" : "\n")
            + string.Concat(Enumerable.Repeat(fragment, (1 << 20) / fragment.Length)));
        var structure = Structures.Scan(bytes, chunk: 1000);
        Assert.InRange(structure.PartCount, 1, MimeLimits.Default.PartsMax);
        Assert.Equal(bytes.Length, structure.TotalBytes);
        var encoded = structure.Encode(0);
        Assert.True(MessageMeta.TryRead(encoded, out var meta));
        Assert.Equal(bytes.Length, meta.Root.End);
    }

    [Fact]
    public void A_long_header_costs_no_more_memory_than_allowed()
    {
        var scanner = new MimeScanner(MimeLimits.Default);
        var field = Encoding.ASCII.GetBytes("X-Filler: " + new string('x', 64 << 10) + "\r\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1600; i++)
        {
            scanner.Feed(field);
        }

        scanner.Feed("\r\nbody"u8);
        var structure = scanner.Finish();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L << 20);
        Assert.Equal(structure.HeaderBytes + 4, structure.TotalBytes);
        Assert.InRange(structure.HeaderBytes, 100L << 20, 110L << 20);
    }

    [Fact]
    public void A_long_line_is_not_kept()
    {
        var scanner = new MimeScanner(MimeLimits.Default);
        scanner.Feed("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: a/b\r\n\r\n--"u8);
        var piece = new byte[1 << 20];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            scanner.Feed(piece);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2, scanner.Finish().PartCount);
    }

    [Fact]
    public void Stored_bytes_that_nest_without_end_stop_at_the_depth_limit()
    {
        var record = new MetaWriter();
        record.Raw([0, 0, 0, 0, 0, 0]);
        for (var i = 0; i < 5000; i++)
        {
            var outer = new MetaWriter();
            outer.Raw([1, 0, 0, 0, 0, 0]);
            outer.Bytes(record.Written);
            record = outer;
        }

        var meta = new MetaWriter();
        meta.Raw([MetaCodec.Version, 0, 0]);
        meta.Bytes(record.Written);
        Assert.Equal(MetaCodec.DepthMax, Structures.Tree(meta.Written).Split('\n').Length);
    }

    [Fact]
    public void Another_version_is_not_read()
    {
        var encoded = Structures.Encode("Subject: x\n\n");
        encoded[0]++;
        Assert.False(MessageMeta.TryRead(encoded, out _));
        Assert.False(MessageMeta.TryRead([], out _));
    }

    [Fact]
    public void Every_truncation_of_stored_bytes_is_refused()
    {
        var encoded = Structures.Encode("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--a--");
        for (var length = 0; length < encoded.Length; length++)
        {
            Assert.False(MessageMeta.TryRead(encoded.AsSpan(0, length), out _));
        }
    }

    [Fact]
    public void Reading_stored_bytes_allocates_nothing()
    {
        var encoded = Structures.Encode("""
            From: A <a@b>, c@d
            Content-Type: multipart/mixed; boundary=a

            --a
            Content-Type: message/rfc822

            Subject: x

            b
            --a--
            """);
        int[] path = [1, 1];
        Assert.True(Sum(encoded, path) > 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Sum(encoded, path);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static int Sum(byte[] encoded, int[] path)
        {
            MessageMeta.TryRead(encoded, out var meta);
            PartPath.TryFind(meta.Root, path, out var part);
            return meta.Envelope.Sender.Count + meta.Root.ChildCount + meta.Root.Parameters.Count + part.Type.Length + meta.Root.Languages.Count;
        }
    }
}
