using System.Text;

namespace Martlet.Server.Config;

/// <summary>The description of the configuration file, from the same table that reads it.</summary>
public static class ConfigDocs
{
    /// <summary>All options with unit, default and example, as plain text.</summary>
    public static string Describe()
    {
        var text = new StringBuilder("""
            One option a line: its name, then its values. Spaces separate; "..." holds a value with spaces together.
            A # begins a comment. Wrong lines are reported with their number, all at once: martlet config test --config FILE.


            """);
        return text.Append(Describe(ConfigTable.Options)).ToString();
    }

    /// <summary>All options as values.</summary>
    public static IReadOnlyList<ConfigOptionSummary> All() =>
        [.. ConfigTable.Options.Select(option => new ConfigOptionSummary(option.Name, option.Form, option.About, option.Unit, option.Default, option.Example, option.IsRepeatable))];

    /// <summary>The options of any table.</summary>
    internal static string Describe<TDraft>(IEnumerable<ConfigOption<TDraft>> options)
    {
        var text = new StringBuilder();
        foreach (var option in options)
        {
            text.Append(option.Form).Append(option.IsRepeatable ? "    (any number of lines)\n" : "\n");
            foreach (var line in Wrap(option.About, 100))
            {
                text.Append("    ").Append(line).Append('\n');
            }

            text.Append("    unit      ").Append(option.Unit).Append('\n');
            text.Append("    default   ").Append(option.Default).Append('\n');
            text.Append("    example   ").Append(option.Example).Append("\n\n");
        }

        text.Length--;
        return text.ToString();
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length == 0 ? "" : " ").Append(word);
        }

        yield return line.ToString();
    }
}

/// <summary>One option of the configuration file.</summary>
/// <param name="Name">First word or words of its line.</param>
/// <param name="Form">The whole line, with names for the values.</param>
/// <param name="About">What it is for.</param>
/// <param name="Unit">What the value is counted in or made of.</param>
/// <param name="Default">What holds without a line.</param>
/// <param name="Example">A whole line.</param>
/// <param name="IsRepeatable">Whether several lines add up.</param>
public sealed record ConfigOptionSummary(string Name, string Form, string About, string Unit, string Default, string Example, bool IsRepeatable);
