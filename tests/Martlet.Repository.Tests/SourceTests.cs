using System.Text.RegularExpressions;
using Xunit;

namespace Martlet.RepositoryTests;

/// <summary>Rules of the tree that no compiler checks.</summary>
public sealed partial class SourceTests
{
    private const int LinesMax = 500;

    // What an area of the server must not use: protocols do not know each other, and what both need lies below them.
    private static readonly (string Area, string[] MustNotUse)[] Edges =
    [
        ("Imap", ["Smtp", "Delivery", "Control", "Hosting", "Config", "Admin"]),
        ("Smtp", ["Imap", "Control", "Hosting", "Config", "Admin"]),
        ("Delivery", ["Imap", "Control", "Hosting", "Config", "Admin"]),
        ("Accounts", ["Imap", "Smtp", "Delivery", "Control", "Hosting", "Config", "Admin"]),
        ("Admin", ["Imap", "Smtp", "Hosting"]),
        ("Transfer", ["Imap", "Smtp", "Delivery", "Control", "Hosting", "Config", "Admin"]),
    ];

    [Fact]
    public void Files_stay_small()
    {
        var long_ = new[] { "src", "tests", "bench", "fuzz" }.SelectMany(folder => Tree.Files(folder, "*.cs"))
            .Where(path => File.ReadLines(path).Count() > LinesMax).Select(Tree.Name);
        Assert.Empty(long_);
    }

    [Fact]
    public void Areas_of_the_server_use_only_what_is_below_them()
    {
        var broken = from edge in Edges
                     from path in Tree.Files(Path.Combine("src", "Martlet.Server", edge.Area), "*.cs")
                     from other in edge.MustNotUse
                     where Regex.IsMatch(File.ReadAllText(path), $@"\bMartlet\.Server\.{other}\b", RegexOptions.None, TimeSpan.FromSeconds(5))
                     select $"{Tree.Name(path)} uses {other}";
        Assert.Empty(broken);
    }

    [Fact]
    public void Nothing_is_left_for_later_without_an_issue()
    {
        var marks = from folder in new[] { "src", "bench", "fuzz" }
                    from path in Tree.Files(folder, "*.cs")
                    from line in File.ReadLines(path)
                    where line.Contains("TODO", StringComparison.Ordinal) || line.Contains("FIXME", StringComparison.Ordinal) || line.Contains("NotImplementedException", StringComparison.Ordinal)
                    where !IssueNumber().IsMatch(line)
                    select $"{Tree.Name(path)}: {line.Trim()}";
        Assert.Empty(marks);
    }

    [Fact]
    public void A_suppression_has_its_reason_on_the_line()
    {
        var bare = from folder in new[] { "src", "tests", "bench", "fuzz" }
                   from path in Tree.Files(folder, "*.cs")
                   where !path.EndsWith("SourceTests.cs", StringComparison.Ordinal)
                   from line in File.ReadLines(path)
                   where BareSuppression().IsMatch(line)
                   select $"{Tree.Name(path)}: {line.Trim()}";
        Assert.Empty(bare);
    }

    [Fact]
    public void Every_cited_RFC_is_in_the_table_of_standards()
    {
        var standards = Tree.Read("docs/standards.md");
        var missing = Tree.Files("src", "*.cs").SelectMany(path => CitedRfc().Matches(File.ReadAllText(path)).Select(match => match.Groups["number"].Value)).Distinct(StringComparer.Ordinal)
            .Where(number => !standards.Contains($"RFC {number}", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_announced_capability_is_in_the_table_of_standards()
    {
        var standards = Tree.Read("docs/standards.md");
        var names = Regex.Matches(Tree.Read("src/Martlet.Server/Imap/Capabilities.cs"), @"Capability\.(?<name>\w+)", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        var values = Regex.Matches(Tree.Read("src/Martlet.Protocols/Imap/Capability.cs"), @"const string (?<name>\w+) = ""(?<value>[^""]+)""", RegexOptions.None, TimeSpan.FromSeconds(5))
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
        Assert.All(names.Where(values.ContainsKey).Select(name => values[name].TrimEnd('=')), value => Assert.Contains(value, standards, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_package_is_listed_with_licence_and_reason()
    {
        var listed = Tree.Read("docs/dependencies.md");
        var packages = Regex.Matches(Tree.Read("Directory.Packages.props"), @"Include=""(?<name>[^""]+)""", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value);
        Assert.All(packages, package => Assert.Contains(package, listed, StringComparison.Ordinal));
    }

    [Fact]
    public void Migrations_are_numbered_without_gaps()
    {
        var numbers = Tree.Files("src/Martlet.Store.Sqlite/Migrations", "*.sql").Select(path => int.Parse(Path.GetFileName(path).Split('_')[0])).Order();
        Assert.Equal(Enumerable.Range(1, numbers.Count()), numbers);
    }

    [Fact]
    public void Every_decision_has_a_status_and_all_its_parts()
    {
        foreach (var path in Tree.Files("docs/adr", "0*.md"))
        {
            var text = File.ReadAllText(path);
            foreach (var part in new[] { "\nStatus: ", "\n## Context", "\n## Decision", "\n## Consequences", "\n## Alternatives" })
            {
                Assert.True(text.Contains(part, StringComparison.Ordinal), $"{Tree.Name(path)} has no{part.Replace('\n', ' ')}");
            }
        }
    }

    [GeneratedRegex(@"#\d+", RegexOptions.None, 1000)]
    private static partial Regex IssueNumber();

    [GeneratedRegex(@"#pragma warning disable [A-Z0-9, ]+$", RegexOptions.None, 1000)]
    private static partial Regex BareSuppression();

    [GeneratedRegex(@"RFC (?<number>\d{3,5})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CitedRfc();
}
