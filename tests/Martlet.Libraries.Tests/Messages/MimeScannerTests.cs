using System.Text;
using Martlet.Messages.Mime;
using Xunit;

namespace Martlet.Libraries.Tests.Messages;

public sealed class MimeScannerTests
{
    private const string Two = """
        Content-Type: multipart/mixed; boundary=bbb

        pre
        --bbb

        one
        --bbb
        Content-Type: text/html

        two
        --bbb--
        epilogue
        """;

    [Fact]
    public void An_empty_message_is_one_empty_text_part() => Assert.Equal("Leaf text/plain 0:0:0 0", Structures.Tree(""));

    [Fact]
    public void A_plain_message_has_a_header_and_a_body() => Assert.Equal("Leaf text/plain 0:15:20 1", Structures.Tree("Subject: hi\n\nyou\n"));

    [Fact]
    public void A_header_without_a_body_ends_with_the_message() => Assert.Equal("Leaf text/plain 0:13:13 0", Structures.Tree("Subject: hi\n"));

    [Fact]
    public void A_message_may_begin_with_its_body() => Assert.Equal("Leaf text/plain 0:2:7 1", Structures.Tree("\nyou\n"));

    [Fact]
    public void A_last_line_without_a_line_end_is_not_counted() => Assert.Equal("Leaf text/plain 0:2:10 1", Structures.Tree("\nyou\nyou"));

    [Fact]
    public void The_line_end_before_a_boundary_belongs_to_the_boundary() =>
        Assert.Equal(["Multipart multipart/mixed", "  Leaf text/plain 'one'", "  Leaf text/html 'two'"], Structures.Bodies(Two));

    [Fact]
    public void A_part_cut_off_in_its_header_has_an_empty_body() => Assert.Equal("""
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

    [Fact]
    public void Bare_line_feeds_end_lines_too()
    {
        var bytes = Encoding.ASCII.GetBytes(Two.ReplaceLineEndings("\n"));
        Assert.Equal(["Multipart multipart/mixed", "  Leaf text/plain 'one'", "  Leaf text/html 'two'"], Structures.Bodies(bytes));
    }

    [Fact]
    public void Every_split_gives_the_same_structure()
    {
        var bytes = Structures.Wire(Two);
        var whole = Structures.Scan(bytes).Encode(0);
        for (var split = 0; split <= bytes.Length; split++)
        {
            var scanner = new MimeScanner(MimeLimits.Default);
            scanner.Feed(bytes.AsSpan(0, split));
            scanner.Feed(bytes.AsSpan(split));
            Assert.Equal(whole, scanner.Finish().Encode(0));
        }
    }

    [Fact]
    public void An_outer_boundary_ends_inner_parts() => Assert.Equal(
        ["Multipart multipart/mixed", "  Multipart multipart/alternative", "    Leaf text/plain 'in'", "  Leaf text/plain 'out'"],
        Structures.Bodies("""
            Content-Type: multipart/mixed; boundary=out

            --out
            Content-Type: multipart/alternative; boundary=in

            --in

            in
            --out

            out
            --out--
            """));

    [Fact]
    public void A_boundary_may_be_a_prefix_of_another() => Assert.Equal(
        ["Multipart multipart/mixed", "  Multipart multipart/alternative", "    Leaf text/plain 'a'", "    Leaf text/plain 'b'", "  Leaf text/plain 'c'"],
        Structures.Bodies("""
            Content-Type: multipart/mixed; boundary=x

            --x
            Content-Type: multipart/alternative; boundary=xy

            --xy

            a
            --xy

            b
            --xy--
            --x

            c
            --x--
            """));

    [Fact]
    public void The_same_boundary_twice_belongs_to_the_inner_part_until_that_is_closed() => Assert.Equal(
        ["Multipart multipart/mixed", "  Multipart multipart/mixed", "    Leaf text/plain 'x'", "  Leaf text/plain 'y'"],
        Structures.Bodies("""
            Content-Type: multipart/mixed; boundary=q

            --q
            Content-Type: multipart/mixed; boundary=q

            --q

            x
            --q--
            --q

            y
            --q--
            """));

    [Fact]
    public void A_missing_end_boundary_ends_the_part_with_the_message() => Assert.Equal(
        ["Multipart multipart/mixed", "  Leaf text/plain 'x\r\n'"], Structures.Bodies("Content-Type: multipart/mixed; boundary=q\n\n--q\n\nx\n"));

    [Fact]
    public void White_space_after_a_boundary_is_transport_padding() => Assert.Equal(
        ["Multipart multipart/mixed", "  Leaf text/plain 'x'"], Structures.Bodies("Content-Type: multipart/mixed; boundary=q\n\n--q \t\n\nx\n--q--  \nend"));

    [Fact]
    public void A_line_that_only_begins_like_a_boundary_is_text() => Assert.Equal(
        ["Multipart multipart/mixed", "  Leaf text/plain '--qq\r\n--q-\r\n -- q\r\n--q--x'"],
        Structures.Bodies("Content-Type: multipart/mixed; boundary=q\n\n--q\n\n--qq\n--q-\n -- q\n--q--x\n--q--"));

    [Theory]
    [InlineData("multipart/mixed")]
    [InlineData("multipart/mixed; boundary=\"\"")]
    [InlineData("multipart/mixed; boundary=q")]
    public void A_multipart_without_parts_is_plain_text(string type) =>
        Assert.Equal(["Leaf text/plain 'no parts\r\n'"], Structures.Bodies($"Content-Type: {type}\n\nno parts\n"));

    [Fact]
    public void A_nested_message_has_a_root_of_its_own() => Assert.Equal("""
        Message message/rfc822 0:32:47 2
          Leaf text/plain 32:46:47 0
        """, Structures.Tree("Content-Type: message/rfc822\n\nSubject: x\n\nb"));

    [Theory]
    [InlineData("base64")]
    [InlineData("Quoted-Printable")]
    public void An_encoded_nested_message_is_a_leaf(string encoding) => Assert.Equal(
        ["Leaf application/octet-stream 'Subject: x\r\n'"],
        Structures.Bodies($"Content-Type: message/rfc822\nContent-Transfer-Encoding: {encoding}\n\nSubject: x\n"));

    [Fact]
    public void Parts_of_a_digest_are_messages() => Assert.Equal(
        ["Multipart multipart/digest", "  Message message/rfc822", "    Leaf text/plain 'b'", "  Leaf text/plain 'c'"],
        Structures.Bodies("""
            Content-Type: multipart/digest; boundary=q

            --q

            Subject: x

            b
            --q
            Content-Type: text/plain

            c
            --q--
            """));

    [Fact]
    public void A_malformed_type_is_plain_text() => Assert.Equal(["Leaf text/plain 'x'"], Structures.Bodies("Content-Type: html\n\nx"));

    [Fact]
    public void A_boundary_in_pieces_is_put_together() => Assert.Equal(
        ["Multipart multipart/mixed", "  Leaf text/plain 'x'"],
        Structures.Bodies("Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\nx\n--ab--"));

    [Fact]
    public void A_shift_moves_all_but_the_begin()
    {
        var bytes = Structures.Wire(Two);
        Assert.Equal("""
            Multipart multipart/mixed 0:147:222 9
              Leaf text/plain 159:161:164 0
              Leaf text/html 173:200:203 0
            """, Structures.Tree(Structures.Scan(bytes).Encode(100)));
    }

    [Fact]
    public void A_report_is_no_attachment_but_a_named_file_is()
    {
        Assert.False(Structures.Scan(Structures.Wire(Two)).HasAttachment);
        Assert.True(Structures.Scan(Structures.Wire("Content-Type: application/pdf\n\nx")).HasAttachment);
        Assert.True(Structures.Scan(Structures.Wire("Content-Type: text/plain\nContent-Disposition: Attachment\n\nx")).HasAttachment);
        Assert.False(Structures.Scan(Structures.Wire("Content-Type: image/png\nContent-ID: <x>\n\nx")).HasAttachment);
    }

    [Fact]
    public void References_are_kept_for_threading()
    {
        Assert.Equal("<a>\t<b>", Structures.Scan(Structures.Wire("References: <a>\n\t<b>\n\n")).References.Text());
        Assert.Equal("NIL", Structures.Scan(Structures.Wire("Subject: x\n\n")).References.Text());
    }

    [Fact]
    public void A_scanner_scans_one_message()
    {
        var scanner = new MimeScanner(MimeLimits.Default);
        scanner.Finish();
        Assert.Throws<InvalidOperationException>(() => scanner.Finish());
        Assert.Throws<InvalidOperationException>(() => scanner.Feed([]));
    }
}
