using System.Text;
using System.Text.RegularExpressions;

namespace Martlet.Testing.Transcripts;

/// <summary>
/// A line that is expected: literal, but for <c>*</c> (to the end of the token, or of the line when it stands last) and <c>{name}</c> (captured at first, the
/// captured text later). A star at the start of the line and one after a backslash are stars; braces around digits are a literal header.
/// </summary>
internal static class LinePattern
{
    private static readonly Regex Placeholder = new(@"\{(?<name>[a-zA-Z]\w*)\}", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Matches a line and keeps what it captures.</summary>
    public static bool Matches(string pattern, string line, Dictionary<string, string> captures)
    {
        var match = Regex.Match(line, ToRegex(pattern, captures), RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        if (!match.Success)
        {
            return false;
        }

        foreach (Group group in match.Groups)
        {
            if (group.Name != "0")
            {
                captures[group.Name] = group.Value;
            }
        }

        return true;
    }

    /// <summary>Puts captured texts into a line to send.</summary>
    public static string Fill(string text, Dictionary<string, string> captures) =>
        Placeholder.Replace(text, match => captures.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    private static string ToRegex(string pattern, Dictionary<string, string> captures)
    {
        var regex = new StringBuilder("^");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*' && i > 0 && pattern[i - 1] != '\\')
            {
                regex.Append(i == pattern.Length - 1 ? ".*" : "[^ ]*");
            }
            else if (pattern[i] == '{' && Placeholder.Match(pattern, i) is { Success: true } match && match.Index == i)
            {
                var name = match.Groups["name"].Value;
                regex.Append(captures.TryGetValue(name, out var known) ? Regex.Escape(known) : seen.Add(name) ? $"(?<{name}>[^ \\])]+)" : $"\\k<{name}>");
                i += match.Length - 1;
            }
            else
            {
                regex.Append(Regex.Escape(pattern[i].ToString()));
            }
        }

        return regex.Append('$').ToString();
    }
}
