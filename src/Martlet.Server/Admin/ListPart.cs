namespace Martlet.Server.Admin;

/// <summary>Gives long lists in parts.</summary>
internal static class ListPart
{
    /// <summary>Rows of one part at most.</summary>
    public const int LimitMax = 10_000;

    /// <summary>Why a limit is none, or null.</summary>
    public static AdminReply? Problem(int? limit) => limit is < 1 or > LimitMax ? AdminReply.Refused($"The limit is a number from 1 to {LimitMax}.") : null;

    /// <summary>Whether a row is looked for: one of its texts has the words in it, whatever the case.</summary>
    public static bool IsFound(string? search, params ReadOnlySpan<string?> texts)
    {
        if (string.IsNullOrEmpty(search))
        {
            return true;
        }

        foreach (var text in texts)
        {
            if (text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A part of a list.</summary>
    /// <param name="sorted">All rows, by name.</param>
    /// <param name="name">Name of a row.</param>
    /// <param name="after">The part begins after this name; null for the first one.</param>
    /// <param name="limit">Rows of the part at most; null for all.</param>
    /// <param name="next">Name of the part's last row when more come after it; null otherwise.</param>
    public static List<T> Take<T>(IEnumerable<T> sorted, Func<T, string> name, string? after, int? limit, out string? next)
    {
        var part = new List<T>();
        next = null;
        foreach (var row in sorted)
        {
            if (after is not null && string.CompareOrdinal(name(row), after) <= 0)
            {
                continue;
            }

            if (part.Count == limit)
            {
                next = name(part[^1]);
                break;
            }

            part.Add(row);
        }

        return part;
    }
}
