using Martlet.SystemTests.Cli;
using Xunit;

namespace Martlet.SystemTests.Browser;

/// <summary>The tables in docs/pages.md: all pages as they were seen, all routes as they were reached. MARTLET_UPDATE=1 writes them anew.</summary>
internal static class PagesPage
{
    private static readonly string PagePath = Path.Combine(MartletProgram.Root, "docs", "pages.md");

    /// <summary>Holds a walk against the page, or writes it into it.</summary>
    public static async Task CheckAsync(WalkResult walk)
    {
        var page = await File.ReadAllTextAsync(PagePath);
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            page = With(With(page, "pages", WalkResult.PageHeadings, walk.Pages), "routes", WalkResult.RouteHeadings, walk.Routes);
            await File.WriteAllTextAsync(PagePath, page);
        }

        Assert.Equal(walk.Pages, Rows(page, "pages"));
        Assert.Equal(walk.Routes, Rows(page, "routes"));
    }

    private static string[] Rows(string page, string table)
    {
        var (begin, end) = Bounds(page, table);
        return [.. page[begin..end].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2)];
    }

    private static string With(string page, string table, string[] headings, IEnumerable<string> rows)
    {
        var (begin, end) = Bounds(page, table);
        return $"{page[..begin]}\n{string.Join('\n', [WalkResult.Row(headings), $"|{string.Concat(Enumerable.Repeat("---|", headings.Length))}", .. rows])}\n{page[end..]}";
    }

    private static (int Begin, int End) Bounds(string page, string table)
    {
        var mark = $"<!-- {table}: written by the tests -->";
        var begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return (begin, page.IndexOf($"<!-- end of {table} -->", begin, StringComparison.Ordinal));
    }
}
