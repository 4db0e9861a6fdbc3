using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>The corpus of requests and seeded mutations of it, and repetitions that must stay linear.</summary>
public sealed class AutodiscoverFuzzTests
{
    [Fact]
    public void Requests_never_break_the_reader() => ImapFuzzTests.Replay("autodiscover", 41, AutodiscoverTarget.Run);

    [Theory]
    [InlineData("<a>")]
    [InlineData("<a b='c'/>")]
    [InlineData("&amp;")]
    [InlineData("<![CDATA[a]]>")]
    public void Long_repetition_stays_linear(string repeated) =>
        AutodiscoverTarget.Run(Encoding.ASCII.GetBytes("<Autodiscover><Request><EMailAddress>" + string.Concat(Enumerable.Repeat(repeated, 16_000 / repeated.Length))));
}
