using System.Text;
using Martlet.Fuzz.Targets;
using Xunit;

namespace Martlet.Libraries.Tests.Fuzz;

/// <summary>The corpus of journal files and seeded mutations of it, and repetitions that must stay linear.</summary>
public sealed class JournalFuzzTests
{
    [Fact]
    public void Files_never_break_the_reader() => ImapFuzzTests.Replay("journal", 41, JournalTarget.Run);

    [Theory]
    [InlineData("{\"k\":\"moved\",\"n\":2,\"m\":1,\"b\":\"a\",\"m2\":1,\"b2\":\"a\",\"u\":\"1:4294967295>0\"}\n")]
    [InlineData("{\"k\":\"added\",\"at\":[{\"n\":2,\"m\":1,\"b\":\"a\",\"u\":1}]}\n")]
    [InlineData("{")]
    [InlineData("\n")]
    [InlineData("1,")]
    public void Long_repetition_stays_linear(string repeated) => JournalTarget.Run(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(repeated, 200_000 / repeated.Length))));
}
