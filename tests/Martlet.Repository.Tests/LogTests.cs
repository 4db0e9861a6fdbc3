using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Martlet.RepositoryTests;

/// <summary>Numbers of events and areas of the log, over all sources.</summary>
public sealed partial class LogTests
{
    [Fact]
    public void Every_event_has_a_number_of_its_own()
    {
        var numbers = Tree.Files("src", "*.cs").SelectMany(path => EventNumber().Matches(File.ReadAllText(path)).Select(match => (Number: match.Groups["number"].Value, Name: Tree.Name(path)))).ToList();
        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(one => one.Number).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(one => one.Name))}"));
    }

    [Fact]
    public void Every_event_is_in_the_range_of_an_area()
    {
        var ranges = Areas().Select(area => (First: Number(area.Groups["first"].Value), Last: Number(area.Groups["last"].Value))).Append((First: 1101, Last: 1199)).ToList();
        var outside = from path in Tree.Files("src", "*.cs")
                      from Match match in EventNumber().Matches(File.ReadAllText(path))
                      let number = Number(match.Groups["number"].Value)
                      where !ranges.Any(range => number >= range.First && number <= range.Last)
                      select $"{Tree.Name(path)}: {number}";
        Assert.Empty(outside);
    }

    [Fact]
    public void Every_area_that_is_logged_to_is_known_and_in_the_manual()
    {
        var known = Areas().Select(area => area.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var used = Tree.Files("src", "*.cs").SelectMany(path => AreaUse().Matches(File.ReadAllText(path)).Select(match => match.Groups["name"].Value)).Distinct(StringComparer.Ordinal);
        Assert.All(used, name => Assert.Contains(name, known));
        var manual = Tree.Read("docs/manual/logs.md");
        Assert.All(Areas(), area => Assert.Contains($"| {area.Groups["name"].Value} | ", manual, StringComparison.Ordinal));
        Assert.All(Areas(), area => Assert.Contains($"{area.Groups["first"].Value}-{area.Groups["last"].Value}", manual, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_line_of_a_connection_has_its_name()
    {
        // Sessions and what serves them: each of their events is about one connection. What owners are told of their quota is about none.
        var bare = from folder in new[] { "Imap", "Smtp", "Delivery" }
                   from path in Tree.Files(Path.Combine("src", "Martlet.Server", folder), "*.cs").Where(path => !path.EndsWith("QuotaWarner.cs", StringComparison.Ordinal))
                   from Match match in MessageText().Matches(File.ReadAllText(path))
                   where !match.Value.Contains("cid={Cid}", StringComparison.Ordinal)
                   select $"{Tree.Name(path)}: {match.Value}";
        Assert.Empty(bare);
    }

    private static MatchCollection Areas() => AreaRow().Matches(Tree.Read("src/Martlet.Server/Observe/LogAreas.cs"));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"EventId = (?<number>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EventNumber();

    [GeneratedRegex(@"new\(""(?<name>[a-z]+)"", ""[^""]*"", (?<first>\d+), (?<last>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AreaRow();

    [GeneratedRegex(@"\.Area\(""(?<name>[^""]+)""\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex AreaUse();

    [GeneratedRegex(@"Message = ""[^""]*""", RegexOptions.None, 1000)]
    private static partial Regex MessageText();
}
