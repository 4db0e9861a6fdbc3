using System.Text;
using Martlet.Protocols.Imap;
using Xunit;

namespace Martlet.Libraries.Tests.Protocols.Imap;

public sealed class ImapWriterTests
{
    [Fact]
    public void A_response_is_one_chain()
    {
        var text = Wire.Written(static w => w.Raw("* "u8).Number(12).Raw(" FETCH (FLAGS "u8).Flags([Flag.Seen]).Space().Atom("UID").Space().Number(uint.MaxValue)
            .Raw(" X "u8).Nil().Raw(")"u8).CrLf());
        Assert.Equal("* 12 FETCH (FLAGS (\\Seen) UID 4294967295 X NIL)\r\n", text);
    }

    [Theory]
    [InlineData("", false, "\"\"")]
    [InlineData("a b", false, "\"a b\"")]
    [InlineData("a\"b\\", false, "\"a\\\"b\\\\\"")]
    [InlineData("\"\"", false, "\"\\\"\\\"\"")]
    [InlineData("a\tb\u007f", false, "\"a\tb\u007f\"")]
    [InlineData("a\r\nb", false, "{4}\r\na\r\nb")]
    [InlineData("é", false, "{2}\r\né")]
    [InlineData("é\\", true, "\"é\\\\\"")]
    [InlineData("é\n", true, "{3}\r\né\n")]
    public void A_string_is_quoted_if_it_can_be(string value, bool utf8, string expected)
    {
        Assert.Equal(expected, Wire.Written(w => w.String(value), utf8));
        Assert.Equal(expected, Wire.Written(w => w.NString(value), utf8));
        Assert.Equal(expected, Wire.Written(w => w.NString(Encoding.UTF8.GetBytes(value), isNil: false), utf8));
    }

    [Fact]
    public void Strings_have_edges()
    {
        Assert.Equal("NIL", Wire.Written(static w => w.NString(null)));
        Assert.Equal("NIL", Wire.Written(static w => w.NString("x"u8, isNil: true)));
        Assert.StartsWith("\"", Wire.Written(static w => w.String(new string('a', ImapWriter.QuotedBytesMax))), StringComparison.Ordinal);
        Assert.StartsWith("{4097}\r\n", Wire.Written(static w => w.String(new string('a', ImapWriter.QuotedBytesMax + 1))), StringComparison.Ordinal);
        Assert.StartsWith("{1}\r\n", Wire.Written(static w => w.String([0xff]), utf8: true), StringComparison.Ordinal);
        Assert.Equal("~{5}\r\n", Wire.Written(static w => w.LiteralHeader(5, isBinary: true)));
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a]", "a]")]
    [InlineData("", "\"\"")]
    [InlineData("nil", "\"nil\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a*", "\"a*\"")]
    public void An_astring_is_an_atom_if_it_can_be(string value, string expected) => Assert.Equal(expected, Wire.Written(w => w.AString(value)));

    [Theory]
    [InlineData("inbox", "INBOX", "INBOX")]
    [InlineData("Sent Items", "\"Sent Items\"", "\"Sent Items\"")]
    [InlineData("R&D", "R&-D", "R&D")]
    [InlineData("été", "&AOk-t&AOk-", "\"été\"")]
    [InlineData("", "\"\"", "\"\"")]
    public void A_mailbox_name_is_written_by_mode(string name, string utf7, string utf8)
    {
        Assert.Equal(utf7, Wire.Written(w => w.Mailbox(new MailboxName(name))));
        Assert.Equal(utf8, Wire.Written(w => w.Mailbox(new MailboxName(name)), utf8: true));
    }

    [Fact]
    public void Text_stays_on_its_line()
    {
        Assert.Equal("a  b?", Wire.Written(static w => w.Text("a\r\nbé")));
        Assert.Equal("a  bé", Wire.Written(static w => w.Text("a\r\nbé"), utf8: true));
    }

    [Fact]
    public void What_is_written_can_be_read()
    {
        var random = new Random(5);
        string[] pieces = ["a", " ", "\"", "\\", "\r\n", "é", "&", "-", "台", "\U0001F600", "{3}", "(", "*", "%", "/", "]", "NIL", "\u007f", "\t"];
        for (var i = 0; i < 3_000; i++)
        {
            var value = string.Concat(Enumerable.Range(0, random.Next(0, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var utf8 in (bool[])[false, true])
            {
                Assert.Equal(value, Wire.Piece(static (ref ImapReader r, out string v) => r.StringText(out v!), Wire.Written(w => w.String(value), utf8)));
                Assert.Equal(value, Wire.Piece(static (ref ImapReader r, out string v) => r.AStringText(out v!), Wire.Written(w => w.AString(value), utf8)));
                if (!value.Contains('\n', StringComparison.Ordinal))
                {
                    var written = Wire.Written(w => w.Mailbox(new MailboxName(value)), utf8);
                    Assert.True(Wire.TryPiece(static (ref ImapReader r, out MailboxName v) => r.Mailbox(out v), written, out var name, utf8), written);
                    Assert.Equal(value, name.Value);
                }
            }
        }
    }

    [Fact]
    public void Sets_round_trip()
    {
        var random = new Random(6);
        for (var i = 0; i < 500; i++)
        {
            var set = NumSet.OfNumbers([.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => (uint)random.Next(1, 90))]);
            var read = Wire.Piece(static (ref ImapReader r, out NumSet v) => r.SequenceSet(out v!), Wire.Written(w => w.Set(set)));
            Assert.Equal(set, read);
            Assert.Equal(set, read!.Resolve(1));
        }
    }
}
