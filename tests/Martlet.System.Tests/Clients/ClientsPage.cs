using Martlet.SystemTests.Cli;
using Xunit;

namespace Martlet.SystemTests.Clients;

/// <summary>
/// The table in docs/clients.md: a row for each task, a column for each client. The tests of the clients compare their column with what happened, but for the
/// client's version, which differs between machines; MARTLET_UPDATE=1 writes the column anew.
/// </summary>
internal static class ClientsPage
{
    private const string Begin = "<!-- table: written by the tests -->", End = "<!-- end of table -->";
    private const int FixedColumns = 2;

    private static readonly string PagePath = Path.Combine(MartletProgram.Root, "docs", "clients.md");

    /// <summary>Holds the results against the page, or writes them into it.</summary>
    /// <param name="client">The client's name, one word.</param>
    /// <param name="version">Its version.</param>
    /// <param name="results">One for each task, in their order.</param>
    public static async Task CheckAsync(string client, string version, IReadOnlyList<TaskResult> results)
    {
        Assert.Equal(ClientTask.All.Select(task => task.Name), results.Select(result => result.Task));
        Assert.False(results.Any(result => result.Outcome == TaskResult.No), TaskResult.Text(results));
        var page = await File.ReadAllTextAsync(PagePath);
        var (before, table, after) = Split(page);
        if (Environment.GetEnvironmentVariable("MARTLET_UPDATE") == "1")
        {
            table = WithColumn(table, client, version, results);
            await File.WriteAllTextAsync(PagePath, before + Text(table) + after);
        }

        var column = Column(table, client);
        Assert.True(column >= FixedColumns, $"docs/clients.md has no column for {client}: run with MARTLET_UPDATE=1.");
        for (var i = 0; i < results.Count; i++)
        {
            Assert.Equal($"{results[i].Task} {Cell(results[i])}", $"{table[i + 1][0]} {table[i + 1][column]}");
        }
    }

    private static (string Before, List<List<string>> Table, string After) Split(string page)
    {
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, StringComparison.Ordinal);
        var rows = page[begin..end].Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToList());
        return (page[..begin], [.. rows], page[end..]);
    }

    // The rows follow the tasks; the other clients keep what they have.
    private static List<List<string>> WithColumn(List<List<string>> old, string client, string version, IReadOnlyList<TaskResult> results)
    {
        var clients = old.Count > 0 ? old[0].Skip(FixedColumns).ToList() : [];
        var mine = clients.FindIndex(name => IsOf(name, client));
        if (mine < 0)
        {
            mine = clients.Count;
            clients.Add("");
        }

        clients[mine] = $"{client} {version}";
        var table = new List<List<string>> { new(["Task", "What", .. clients]) };
        foreach (var (task, result) in ClientTask.All.Zip(results))
        {
            var row = old.Find(row => row[0] == task.Name);
            var cells = clients.Select((_, i) => i == mine ? Cell(result) : row is not null && i + FixedColumns < row.Count ? row[i + FixedColumns] : "?");
            table.Add([task.Name, task.What, .. cells]);
        }

        return table;
    }

    private static int Column(List<List<string>> table, string client) => table.Count == 0 ? -1 : table[0].FindIndex(name => IsOf(name, client));

    private static bool IsOf(string heading, string client) => heading.StartsWith(client + " ", StringComparison.Ordinal);

    private static string Cell(TaskResult result) => result.Outcome switch
    {
        TaskResult.NotInClient => "–",
        TaskResult.NotInServer => "not yet",
        _ => result.Outcome,
    };

    private static string Text(List<List<string>> table)
    {
        var lines = table.Select(row => $"| {string.Join(" | ", row)} |").ToList();
        lines.Insert(1, $"|{string.Concat(Enumerable.Repeat("---|", table[0].Count))}");
        return $"\n{string.Join('\n', lines)}\n";
    }
}
