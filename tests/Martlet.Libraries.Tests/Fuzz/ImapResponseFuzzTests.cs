using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>The corpus of responses and seeded mutations of it, and repetitions that must stay linear.</summary>
public sealed class ImapResponseFuzzTests
{
    [Fact]
    public void Responses_never_break_the_reader() => ImapFuzzTests.Replay("imap-response", 21, ImapResponseTarget.Run);

    [Fact]
    public void Commands_as_responses_never_break_the_reader() => ImapFuzzTests.Replay("imap-command", 22, ImapResponseTarget.Run);

    [Theory]
    [InlineData("* 1 FETCH (ENVELOPE (NIL NIL (", "(NIL NIL {1}\r\na \"b\")")]
    [InlineData("* 1 FETCH (BODYSTRUCTURE (", "(\"a\" \"b\" (\"c\" \"d\") NIL NIL \"7BIT\" 1)")]
    [InlineData("* 1 FETCH (BODYSTRUCTURE ", "(")]
    [InlineData("* 1 FETCH (", "BODY[1] {1}\r\nx ")]
    [InlineData("* 1 FETCH (", "BODY[HEADER.FIELDS (A B)] \"x\" ")]
    [InlineData("* 1 FETCH (X ", "(")]
    [InlineData("* 1 FETCH (FLAGS (", "a ")]
    [InlineData("* 1 FETCH (FLAGS (", "\\Seen ")]
    [InlineData("* 1 FETCH (INTERNALDATE ", "\" ")]
    [InlineData("* LIST () NIL \"", "\\\\")]
    [InlineData("* LIST () NIL \"", "&AOk-")]
    [InlineData("* LIST (", "\\X ")]
    [InlineData("* SEARCH", " 1")]
    [InlineData("* ESEARCH ALL ", "1,")]
    [InlineData("* VANISHED ", "1:2,")]
    [InlineData("* METADATA x (", "/a {1}\r\nx ")]
    [InlineData("* OK [", "x ")]
    [InlineData("* OK [X ", "\"")]
    [InlineData("* OK [BADCHARSET (", "{1}\r\nx ")]
    [InlineData("* CAPABILITY", " X")]
    [InlineData("* NAMESPACE (", "(\"\" \"/\")")]
    [InlineData("* ", " ")]
    public void Long_repetition_stays_linear(string start, string repeated)
    {
        var text = new StringBuilder(start);
        while (text.Length < 200_000)
        {
            text.Append(repeated);
        }

        ImapResponseTarget.Run(Encoding.UTF8.GetBytes(text.Append("\r\n").ToString()));
    }
}
