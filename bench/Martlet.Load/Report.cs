using System.Globalization;
using System.Text.Json;

namespace Martlet.Load;

/// <summary>Rows of figures: on the terminal as a table as they come, in a file as JSON lines.</summary>
internal sealed class Report(Arguments arguments, params string[] columns)
{
    private const int FirstWidth = 34;

    private readonly int[] _widths = [.. columns.Select((column, i) => Math.Max(column.Length, i == 0 ? FirstWidth : 9))];
    private bool _hasHead;

    public void Add(params object[] values)
    {
        if (!_hasHead)
        {
            _hasHead = true;
            Print(columns);
        }

        Print([.. values.Select(Text)]);
        if (arguments.Text("json") is { } path)
        {
            var row = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["command"] = arguments.Command,
                ["time"] = TimeProvider.System.GetUtcNow().ToString("s", CultureInfo.InvariantCulture),
                ["note"] = arguments.Text("note") ?? "",
            };
            for (var i = 0; i < columns.Length; i++)
            {
                row[columns[i]] = values[i];
            }

            File.AppendAllText(path, JsonSerializer.Serialize(row) + "\n");
        }
    }

    private static string Text(object value) => value switch
    {
        double number => number.ToString(Math.Abs(number) switch { >= 1000 => "N0", >= 100 => "F0", >= 10 => "F1", _ => "F2" }, CultureInfo.InvariantCulture),
        int or long => ((IFormattable)value).ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private void Print(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            _widths[i] = Math.Max(_widths[i], cells[i].Length);
        }

        Console.WriteLine(string.Join("  ", cells.Select((cell, i) => i == 0 ? cell.PadRight(_widths[i]) : cell.PadLeft(_widths[i]))));
    }
}
