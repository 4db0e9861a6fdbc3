using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>The corpus of replies and seeded mutations of it, and repetitions that must stay linear.</summary>
public sealed class SmtpReplyFuzzTests
{
    [Fact]
    public void Replies_never_break_the_reader() => ImapFuzzTests.Replay("smtp-reply", 31, SmtpReplyTarget.Run);

    [Fact]
    public void Commands_as_replies_never_break_the_reader() => ImapFuzzTests.Replay("smtp", 32, SmtpReplyTarget.Run);

    [Theory]
    [InlineData("250 ")]
    [InlineData("250-a\r\n")]
    [InlineData("250 a\r\n")]
    [InlineData(".\r")]
    [InlineData("\n.\n")]
    public void Long_repetition_stays_linear(string repeated) => SmtpReplyTarget.Run(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length))));
}
