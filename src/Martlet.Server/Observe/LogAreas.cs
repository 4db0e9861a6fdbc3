namespace Martlet.Server.Observe;

/// <summary>The areas of the log: a closed set, so that a level for an area that does not exist is told.</summary>
public static class LogAreas
{
    /// <summary>All of them with what they tell.</summary>
    public static IReadOnlyList<LogArea> All { get; } =
    [
        new("host", "start, stop, listeners, certificate", 1401, 1499),
        new("network", "connections opened and closed", 1001, 1099),
        new("accounts", "logins, passwords", 2001, 2099),
        new("smtp", "mail from other servers and submissions", 2101, 2209),
        new("delivery", "owners told how full their accounts are", 2210, 2299),
        new("imap", "IMAP sessions", 3000, 3099),
        new("store", "writing, recovery, housekeeping", 1201, 1299),
        new("control", "the administrator's commands", 1301, 1399),
        new("observe", "journal of mail, health, metrics", 1501, 1599),
        new("web", "web pages and the HTTP API", 6001, 6099),
    ];

    /// <summary>Whether there is an area of that name.</summary>
    public static bool Has(string name) => All.Any(area => area.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>An area of the log.</summary>
/// <param name="Name">Its name in lines and options.</param>
/// <param name="About">What it tells.</param>
/// <param name="FirstEvent">First number of its events. Those of certificate files, 1101 and on, are told by host.</param>
/// <param name="LastEvent">Last number.</param>
public sealed record LogArea(string Name, string About, int FirstEvent, int LastEvent);
