namespace Martlet.Web.Pages;

/// <summary>What browsers say they are, in words for people: "Firefox 140 on Linux". A guess from anybody's text, for display only.</summary>
public static class Browsers
{
    // The more telling word first: most browsers name others too.
    private static readonly (string Mark, string Name)[] Names =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Version/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("Windows", "Windows"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Mac OS X", "Mac"), ("Linux", "Linux"), ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"),
    ];

    /// <summary>Describes one; a text that is none comes back as it is.</summary>
    public static string Describe(string userAgent)
    {
        if (!userAgent.StartsWith("Mozilla/5.0 (", StringComparison.Ordinal))
        {
            return userAgent;
        }

        var (mark, name) = Names.FirstOrDefault(entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal));
        if (mark is null)
        {
            return userAgent;
        }

        var version = userAgent.AsSpan(userAgent.IndexOf(mark, StringComparison.Ordinal) + mark.Length);
        var digits = version.IndexOfAnyExceptInRange('0', '9');
        version = digits < 0 ? version : version[..digits];
        var system = Systems.FirstOrDefault(entry => userAgent.Contains(entry.Mark, StringComparison.Ordinal)).Name;
        return $"{name} {version}".TrimEnd() + (system is null ? "" : $" on {system}");
    }
}
