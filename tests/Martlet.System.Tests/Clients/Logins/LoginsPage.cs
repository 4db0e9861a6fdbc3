using Martlet.SystemTests.Cli;
using Xunit;

namespace Martlet.SystemTests.Clients.Logins;

/// <summary>
/// The two tables in docs/clients-auth.md: a row for each client and kind of connection, and one for each client. The test of a client compares its rows with what
/// happened, but for its version, which differs between machines; MARTLET_UPDATE=1 writes them anew.
/// </summary>
internal static class LoginsPage
{
    public const string Ok = "ok";

    /// <summary>The client has no way to ask for it.</summary>
    public const string CannotAsk = "–";

    /// <summary>The client was told to, and said nothing to the server that begins a login by that mechanism.</summary>
    public const string NotTried = "gives up";

    private static readonly string PagePath = Path.Combine(MartletProgram.Root, "docs", "clients-auth.md");

    /// <summary>Holds the results of a client against the page, or writes them into it.</summary>
    /// <param name="client">The client.</param>
    /// <param name="version">Its version.</param>
    /// <param name="rows">A row for each kind of connection, with a cell for each mechanism.</param>
    /// <param name="failures">What is not ok, at length.</param>
    public static async Task CheckAsync(LoginClient client, string version, IReadOnlyList<(LoginWay Way, string[] Cells)> rows, IReadOnlyList<string> failures)
    {
        // A kind of connection that the client cannot make has no row.
        var logins = rows.Where(row => row.Cells.Any(cell => cell != CannotAsk))
            .Select(row => Row([client.Name, row.Way.Text, .. row.Cells]))
            .ToList();
        var page = await File.ReadAllTextAsync(PagePath);
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            page = With(page, "logins", ["Client", "Connection", .. LoginMechanism.All], client.Name, logins);
            page = With(page, "versions", ["Client", "Version", "Cannot, and why"], client.Name, [Row([client.Name, version, client.Note])]);
            await File.WriteAllTextAsync(PagePath, page);
        }

        Assert.True(
            RowsOf(page, "logins", client.Name).SequenceEqual(logins, StringComparer.Ordinal),
            $"docs/clients-auth.md says otherwise; these are the rows now:\n{string.Join('\n', logins)}\n\n{string.Join("\n\n", failures)}");
        Assert.Equal(client.Note, RowsOf(page, "versions", client.Name).Select(row => row.Split('|')[3].Trim()).SingleOrDefault());
    }

    private static List<string> RowsOf(string page, string table, string client) => [.. Rows(page, table).Where(row => ClientOf(row) == client)];

    private static string With(string page, string table, string[] heading, string client, IEnumerable<string> rows)
    {
        var order = LoginClients.All.Select(known => known.Name).ToList();
        // The sort is stable: the rows of a client stay in their order.
        var all = Rows(page, table).Skip(2).Where(row => ClientOf(row) != client).Concat(rows).OrderBy(row => order.IndexOf(ClientOf(row)));
        var (begin, end) = Bounds(page, table);
        return $"{page[..begin]}\n{string.Join('\n', [Row(heading), $"|{string.Concat(Enumerable.Repeat("---|", heading.Length))}", .. all])}\n{page[end..]}";
    }

    private static string[] Rows(string page, string table)
    {
        var (begin, end) = Bounds(page, table);
        return page[begin..end].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static (int Begin, int End) Bounds(string page, string table)
    {
        var mark = $"<!-- {table}: written by the tests -->";
        var begin = page.IndexOf(mark, StringComparison.Ordinal) + mark.Length;
        return (begin, page.IndexOf($"<!-- end of {table} -->", begin, StringComparison.Ordinal));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string ClientOf(string row) => row.Split('|')[1].Trim();
}
