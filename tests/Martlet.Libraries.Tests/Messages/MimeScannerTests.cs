using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class MimeScannerTests
{
    [Fact]
    public void An_empty_message_is_one_empty_text_part() => Assert.Equal("Leaf text/plain 0:0:0 0", Structures.Tree(""));

    [Fact]
    public void A_plain_message_has_a_header_and_a_body()
    {
        Assert.Equal("Leaf text/plain 0:15:20 1", Structures.Tree("Subject: hi\n\nyou\n"));
    }

    [Fact]
    public void A_header_without_a_body_ends_with_the_message() => Assert.Equal("Leaf text/plain 0:13:13 0", Structures.Tree("Subject: hi\n"));

    [Fact]
    public void The_line_end_before_a_boundary_belongs_to_the_boundary()
    {
        Assert.Equal("""
            Multipart multipart/mixed 0:47:105 6
              Leaf text/plain 59:61:64 0
              Leaf text/html 73:96:96 0
            """, Structures.Tree("""
            Content-Type: multipart/mixed; boundary=bbb

            pre
            --bbb

            one
            --bbb
            Content-Type: text/html
            --bbb--
            """));
    }
}
