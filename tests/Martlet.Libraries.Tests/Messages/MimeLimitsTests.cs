using System.Text;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

/// <summary>Each limit at and over: the structure becomes coarser, it never fails.</summary>
public sealed class MimeLimitsTests
{
    [Theory]
    [InlineData(3, "Multipart multipart/mixed|  Multipart multipart/mixed|    Leaf text/plain 'x'")]
    [InlineData(2, "Multipart multipart/mixed|  Leaf text/plain '--b\r\n\r\nx\r\n--b--'")]
    [InlineData(1, "Leaf text/plain '--a\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--a--'")]
    public void Too_deep_multiparts_are_text(int depth, string expected) => Assert.Equal(
        expected.Split('|'),
        Structures.Bodies("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n--a--",
            new MimeLimits { DepthMax = depth }));

    [Theory]
    [InlineData(2, "Message message/rfc822|  Leaf text/plain 'x'")]
    [InlineData(1, "Leaf application/octet-stream '\r\nx'")]
    public void Too_deep_messages_are_bytes(int depth, string expected) =>
        Assert.Equal(expected.Split('|'), Structures.Bodies("Content-Type: message/rfc822\n\n\nx", new MimeLimits { DepthMax = depth }));

    [Theory]
    [InlineData(3, "Multipart multipart/mixed|  Leaf text/plain 'x'|  Leaf text/plain 'y'")]
    [InlineData(2, "Multipart multipart/mixed|  Leaf text/plain 'x\r\n--a\r\n\r\ny\r\n--a--'")]
    [InlineData(1, "Leaf text/plain '--a\r\n\r\nx\r\n--a\r\n\r\ny\r\n--a--'")]
    public void The_rest_belongs_to_the_last_part(int parts, string expected) => Assert.Equal(
        expected.Split('|'), Structures.Bodies("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--a\n\ny\n--a--", new MimeLimits { PartsMax = parts }));

    [Theory]
    [InlineData(29, "one")]
    [InlineData(28, "NIL")]
    public void A_field_that_crosses_the_header_limit_is_not_read(int bytes, string subject)
    {
        var encoded = Structures.Encode("X-Y: 1234567\nSubject: one\n\nbody", new MimeLimits { RootHeaderBytesMax = bytes });
        Assert.True(MessageMeta.TryRead(encoded, out var meta));
        Assert.Equal(subject, meta.Envelope.Subject.Text());
        Assert.Equal((30, 34), (meta.Root.BodyBegin, meta.Root.End));
    }

    [Theory]
    [InlineData(2, "one")]
    [InlineData(1, "NIL")]
    public void Fields_beyond_the_limit_are_not_read(int fields, string subject)
    {
        var encoded = Structures.Encode("X: 1\nSubject: one\n\n", new MimeLimits { HeaderFieldsMax = fields });
        Assert.True(MessageMeta.TryRead(encoded, out var meta));
        Assert.Equal(subject, meta.Envelope.Subject.Text());
    }

    [Theory]
    [InlineData(250, PartKind.Multipart)]
    [InlineData(251, PartKind.Leaf)]
    public void A_long_boundary_is_not_usable(int length, PartKind kind)
    {
        var boundary = new string('b', length);
        Assert.True(MessageMeta.TryRead(Structures.Encode($"Content-Type: multipart/mixed; boundary={boundary}\n\n--{boundary}\n\nx"), out var meta));
        Assert.Equal(kind, meta.Root.Kind);
    }

    [Fact]
    public void Values_are_cut_and_lists_end()
    {
        var limits = new MimeLimits { ValueBytesMax = 3, ParametersMax = 1, AddressesMax = 2, LanguagesMax = 1 };
        Assert.True(MessageMeta.TryRead(Structures.Encode("""
            Subject: subject
            From: longname <longlocal@longhost>, b@c, d@e
            Content-Type: text/plain; aaaa=bbbb; c=d
            Content-Language: de, en

            """, limits), out var meta));
        Assert.Equal("sub", meta.Envelope.Subject.Text());
        Assert.Equal("lon|lon|lon, NIL|b|c", meta.Envelope.From.Text());
        Assert.Equal("aaa=bbb", meta.Root.Parameters.Text());
        Assert.Equal(1, meta.Root.Languages.Count);
    }

    [Fact]
    public void Beyond_the_limit_of_all_values_parts_keep_their_kind_and_offsets()
    {
        var encoded = Structures.Encode("Content-Type: multipart/mixed; boundary=a\n\n--a\n\nx\n--a--", new MimeLimits { MetaBytesMax = 5 });
        Assert.True(MessageMeta.TryRead(encoded, out var meta));
        Assert.Equal(PartKind.Multipart, meta.Root.Kind);
        Assert.Equal("multipart/mixed ", $"{meta.Root.Type.Text()}/{meta.Root.Subtype.Text()} {meta.Root.Parameters.Text()}");
        Assert.Equal(1, meta.Root.ChildCount);
    }

    [Fact]
    public void A_preview_has_at_most_256_characters()
    {
        Assert.True(MessageMeta.TryRead(Structures.Encode("\n" + new string('x', 300)), out var meta));
        Assert.Equal(new string('x', 256), Encoding.UTF8.GetString(meta.Preview));
        Assert.True(MessageMeta.TryRead(Structures.Encode("\n" + new string('x', 300), new MimeLimits { PreviewBytesMax = 10 }), out meta));
        Assert.Equal(new string('x', 10), Encoding.UTF8.GetString(meta.Preview));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(251)]
    public void A_limit_out_of_range_is_refused(int depth) => Assert.Throws<ArgumentOutOfRangeException>(() => new MimeLimits { DepthMax = depth });

    [Fact]
    public void Ten_thousand_levels_are_a_hundred()
    {
        var message = new StringBuilder();
        for (var i = 0; i < 10_000; i++)
        {
            message.Append("Content-Type: multipart/mixed; boundary=b").Append(i).Append("\n\n--b").Append(i).Append('\n');
        }

        var structure = Structures.Scan(Structures.Wire(message.ToString()));
        Assert.Equal(100, structure.PartCount);
        Assert.Equal(100, Structures.Tree(structure.Encode(0)).Split('\n').Length);
    }

    [Fact]
    public void Ten_thousand_nested_messages_are_a_hundred() =>
        Assert.Equal(100, Structures.Scan(Structures.Wire(string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 10_000)))).PartCount);
}
