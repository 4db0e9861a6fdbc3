using System.Text;

namespace Martlet.Server.Config;

/// <summary>Splits a line into words: spaces and tabs separate, <c>"…"</c> holds spaces together, <c>\"</c> and <c>\\</c> inside quotes, # begins a comment.</summary>
internal static class ConfigWords
{
    /// <summary>Longest line, in characters.</summary>
    public const int LineCharsMax = 4096;

    /// <summary>The words of a line; null with the problem when the quoting is wrong.</summary>
    public static List<string>? Split(string line, out string problem)
    {
        problem = "";
        if (line.Length > LineCharsMax)
        {
            problem = $"the line is longer than {LineCharsMax} characters.";
            return null;
        }

        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t')
            {
                at++;
            }
            else if (line[at] == '#')
            {
                break;
            }
            else if (line[at] == '"')
            {
                if (Quoted(line, ref at) is not { } word)
                {
                    problem = "a quote is opened and not closed.";
                    return null;
                }

                words.Add(word);
                if (at < line.Length && line[at] is not (' ' or '\t' or '#'))
                {
                    problem = "a space is missing after the closing quote.";
                    return null;
                }
            }
            else
            {
                var end = line.AsSpan(at).IndexOfAny(' ', '\t');
                end = end < 0 ? line.Length : at + end;
                words.Add(line[at..end]);
                at = end;
            }
        }

        return words;
    }

    /// <summary>A word as it is written so that <see cref="Split"/> gives it back; it holds no line ends.</summary>
    public static string Quote(string word) => word.Length > 0 && !word.AsSpan().ContainsAny(" \t\"#")
        ? word
        : $"\"{word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? Quoted(string line, ref int at)
    {
        var word = new StringBuilder();
        for (at++; at < line.Length; at++)
        {
            if (line[at] == '"')
            {
                at++;
                return word.ToString();
            }

            if (line[at] == '\\' && at + 1 < line.Length && line[at + 1] is ('"' or '\\'))
            {
                at++;
            }

            word.Append(line[at]);
        }

        return null;
    }
}
