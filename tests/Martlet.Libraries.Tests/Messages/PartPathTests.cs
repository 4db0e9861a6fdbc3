using System.Text;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class PartPathTests
{
    /// <summary>The example of RFC 9051 §6.4.5.1, shortened.</summary>
    private static readonly byte[] Example = Structures.Wire("""
        Subject: all
        Content-Type: multipart/mixed; boundary=a

        --a

        part 1
        --a
        Content-Type: message/rfc822

        Subject: inner
        Content-Type: multipart/mixed; boundary=b

        --b

        part 2.1
        --b
        Content-Type: application/x

        part 2.2
        --b--
        --a
        Content-Type: multipart/mixed; boundary=c

        --c
        Content-Type: image/gif

        part 3.1
        --c
        Content-Type: message/rfc822

        Subject: leaf

        part 3.2.1
        --c--
        --a--
        """);

    [Theory]
    [InlineData("1", "part 1")]
    [InlineData("2.1", "part 2.1")]
    [InlineData("2.2", "part 2.2")]
    [InlineData("3.1", "part 3.1")]
    [InlineData("3.2.1", "part 3.2.1")]
    [InlineData("3.2", "Subject: leaf\r\n\r\npart 3.2.1")]
    public void A_part_number_is_the_body(string path, string body) => Assert.Equal(body, Range(path, part => part.BodyRange));

    [Theory]
    [InlineData("1", "\r\n")]
    [InlineData("2.2", "Content-Type: application/x\r\n\r\n")]
    [InlineData("3.2", "Content-Type: message/rfc822\r\n\r\n")]
    public void MIME_is_the_header_of_the_part(string path, string header) => Assert.Equal(header, Range(path, part => part.MimeHeaderRange));

    [Fact]
    public void HEADER_and_TEXT_are_those_of_the_nested_message()
    {
        Assert.Equal("Subject: leaf\r\n\r\n", Range("3.2", part => part.NestedHeaderRange));
        Assert.Equal("part 3.2.1", Range("3.2", part => part.NestedTextRange));
        Assert.Equal("", Range("1", part => part.NestedHeaderRange));
    }

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("1.1")]
    [InlineData("2.3")]
    [InlineData("2.1.1")]
    [InlineData("3.2.2")]
    [InlineData("3.2.1.1")]
    public void There_is_no_such_part(string path) => Assert.Null(Range(path, part => part.BodyRange));

    [Fact]
    public void A_message_that_is_no_multipart_has_a_part_1()
    {
        var message = Structures.Wire("Subject: x\n\nbody");
        Assert.Equal("body", Range("1", part => part.BodyRange, message));
        Assert.Null(Range("2", part => part.BodyRange, message));
        Assert.Null(Range("1.1", part => part.BodyRange, message));
    }

    [Fact]
    public void A_message_that_is_a_message_has_it_as_part_1()
    {
        var message = Structures.Wire("Content-Type: message/rfc822\n\nSubject: x\n\nbody");
        Assert.Equal("Subject: x\r\n\r\nbody", Range("1", part => part.BodyRange, message));
        Assert.Equal("body", Range("1.1", part => part.BodyRange, message));
        Assert.Null(Range("1.1.1", part => part.BodyRange, message));
    }

    [Fact]
    public void The_envelope_of_a_nested_message_is_with_its_part()
    {
        Assert.True(MessageMeta.TryRead(Structures.Scan(Example).Encode(0), out var meta));
        Assert.Equal("all", meta.Envelope.Subject.Text());
        Assert.True(PartPath.TryFind(meta.Root, [2], out var part));
        Assert.Equal("inner", part.Envelope.Subject.Text());
    }

    private static string? Range(string path, Func<PartView, (long Begin, long End)> range, byte[]? message = null)
    {
        message ??= Example;
        Assert.True(MessageMeta.TryRead(Structures.Scan(message).Encode(0), out var meta));
        if (!PartPath.TryFind(meta.Root, [.. path.Split('.').Select(int.Parse)], out var part))
        {
            return null;
        }

        var (begin, end) = range(part);
        return Encoding.Latin1.GetString(message, (int)begin, (int)(end - begin));
    }
}
