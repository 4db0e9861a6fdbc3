using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Server.Observe;
using Martlet.Store;

namespace Martlet.Server.Hosting;

/// <summary>What the composition gives the host: everything the server library does not choose itself.</summary>
public sealed record HostParts
{
    /// <summary>Opens the store in the data folder.</summary>
    public required Func<BootConfig, DataFolder, LogOutput, MailStore> OpenStore { get; init; }

    /// <summary>How each protocol is made that is not HTTP.</summary>
    public required IReadOnlyDictionary<MailProtocol, ServiceFactory> Services { get; init; }

    /// <summary>Starts what serves HTTP; null for a server without it, whatever is configured.</summary>
    public WebFactory? StartWeb { get; init; }

    /// <summary>Whether log levels of the settings go before those the log starts with; not when somebody gave those on the command line.</summary>
    public bool UsesStoredLogLevels { get; init; } = true;

    /// <summary>Sends the metrics to an OpenTelemetry collector at that address until it is disposed; null when this program cannot.</summary>
    public Func<Uri, IDisposable>? ExportMetrics { get; init; }

    /// <summary>Password hashes for the administrator's commands.</summary>
    public required PasswordHasher Passwords { get; init; }

    /// <summary>How much failing of logins is let through.</summary>
    public LoginThrottleLimits LoginLimits { get; init; } = new();

    /// <summary>IMAP capabilities that the administrator can hide from an account's clients.</summary>
    public required IReadOnlyList<string> HideableCapabilities { get; init; }

    /// <summary>Clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Log.</summary>
    public required LogOutput Log { get; init; }
}
