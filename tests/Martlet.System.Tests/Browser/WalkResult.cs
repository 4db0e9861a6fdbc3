using System.Text.Json;

namespace Martlet.SystemTests.Browser;

/// <summary>What the script told of its walk through the pages.</summary>
/// <param name="Checks">Checks, by their group and name, with what went wrong; empty for nothing.</param>
/// <param name="Pages">Rows of the table of pages.</param>
/// <param name="Routes">Rows of the table of routes.</param>
/// <param name="HasEnded">Whether it came to its end.</param>
internal sealed record WalkResult(IReadOnlyList<WalkCheck> Checks, IReadOnlyList<string> Pages, IReadOnlyList<string> Routes, bool HasEnded)
{
    // The order of the table's columns.
    private static readonly string[] Modes = ["phone light", "phone dark", "desktop light", "desktop dark", "without JavaScript"];

    /// <summary>Headings of the table of pages.</summary>
    public static string[] PageHeadings { get; } = ["Where", "Page", "Heading", "Status", .. Modes, "axe"];

    /// <summary>Headings of the table of routes.</summary>
    public static string[] RouteHeadings { get; } = ["Where", "Route", "For", "Reached"];

    /// <summary>Reads what was printed: a JSON value a line.</summary>
    public static WalkResult Read(string output)
    {
        var (checks, pages, routes, hasEnded) = (new List<WalkCheck>(), new List<string>(), new List<string>(), false);
        foreach (var line in output.Split('\n').Where(line => line.StartsWith('{')))
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.TryGetProperty("row", out var row))
            {
                pages.Add(Row([
                    Text(row, "surface"), $"`{Text(row, "page")}`", Text(row, "title"), row.GetProperty("status").ToString(),
                    .. Modes.Select(mode => row.GetProperty("modes").TryGetProperty(mode, out var cell) ? cell.GetString()! : "–"),
                    $"{row.GetProperty("axe")} objections",
                ]));
            }
            else if (root.TryGetProperty("route", out var route))
            {
                routes.Add(Row([Text(route, "surface"), $"`{Text(route, "method")} {Text(route, "pattern")}`", Text(route, "access"), Text(route, "reached")]));
            }
            else if (root.TryGetProperty("group", out _))
            {
                checks.Add(new WalkCheck(Text(root, "group"), Text(root, "name"), root.GetProperty("ok").GetBoolean(), Text(root, "detail")));
            }

            hasEnded |= root.TryGetProperty("end", out _);
        }

        return new WalkResult(checks, pages, routes, hasEnded);
    }

    /// <summary>A row of a table.</summary>
    public static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Group">Part of the walk.</param>
/// <param name="Name">What must be so.</param>
/// <param name="IsOk">Whether it is.</param>
/// <param name="Detail">What is instead.</param>
internal sealed record WalkCheck(string Group, string Name, bool IsOk, string Detail)
{
    public override string ToString() => $"{Group}: {Name}: {Detail}";
}
