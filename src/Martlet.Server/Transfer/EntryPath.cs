namespace Martlet.Server.Transfer;

/// <summary>Paths in archives. They name mailboxes and never files of ours; still, one that points outside is refused rather than interpreted.</summary>
internal static class EntryPath
{
    /// <summary>Splits a path.</summary>
    /// <param name="path">As the archive has it.</param>
    /// <param name="depthMax">Most levels.</param>
    /// <param name="parts">Its parts, without empty ones and ".".</param>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Split(string path, int depthMax, out string[] parts)
    {
        parts = [];
        if (path.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            return "its name has a control character in it";
        }

        var all = path.Split('/');
        if (all.Length > depthMax + 2)
        {
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"it is more than {depthMax} folders deep");
        }

        parts = [.. all.Where(part => part is not "" and not ".")];
        return parts.Contains("..", StringComparer.Ordinal) ? "its name points out of the archive" : null;
    }

    /// <summary>A path for people: without what a terminal would take for a command.</summary>
    public static string Show(string path)
    {
        var text = path.Length > 200 ? path[..200] + "…" : path;
        return text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '?' : c)) : text;
    }
}
