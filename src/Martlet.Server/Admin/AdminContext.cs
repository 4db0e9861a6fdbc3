using Martlet.Server.Accounts;
using Martlet.Server.Config;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Transfer;
using Martlet.Store;
using Martlet.Store.Changes;

namespace Martlet.Server.Admin;

/// <summary>What requests work on.</summary>
/// <param name="Store">The open store.</param>
/// <param name="Passwords">Makes what is stored of a password.</param>
/// <param name="HideableCapabilities">IMAP capabilities that can be hidden from an account's clients, as they are announced.</param>
/// <param name="Time">Clock.</param>
public sealed record AdminContext(MailStore Store, PasswordEncoder Passwords, IReadOnlyList<string> HideableCapabilities, TimeProvider Time)
{
    /// <summary>Configuration of the server; one that has only a data folder does not know its name.</summary>
    public BootConfig Config { get; init; } = new() { Hostname = "localhost", DataFolder = "" };

    /// <summary>Who asks, for the store's record of changes.</summary>
    public static ChangeOrigin Origin { get; } = new("admin", "");

    /// <summary>Journal of mail; null when none is kept.</summary>
    public MailJournal? Journal { get; init; }

    /// <summary>The log of the running server; null when none runs.</summary>
    public LogOutput? Log { get; init; }

    /// <summary>Health of the running server; null when none runs.</summary>
    public HealthMonitor? Health { get; init; }

    /// <summary>The server's own name.</summary>
    public string Hostname => Config.Hostname;

    /// <summary>The file that comes with an import; null for other requests. Read without blocking, at most to its end; whoever asked keeps it.</summary>
    public Stream? Input { get; init; }

    /// <summary>Checks logins; null where nobody logs in, as on a data folder without a server.</summary>
    public Authenticator? Logins { get; init; }

    /// <summary>Checks administrators; null where nobody signs in, as on a data folder without a server.</summary>
    public AdministratorGate? Administrators => Logins is { } logins ? new AdministratorGate(Store, Passwords.Hasher, logins) : null;

    /// <summary>Who asks, where it is a user: wrong passwords count for their network. Null for an administrator.</summary>
    public LoginContext? Client { get; init; }

    /// <summary>Where an export is written to; null for other requests. Written without blocking; whoever asked keeps it.</summary>
    public Stream? Output { get; init; }

    /// <summary>Gets news of an import or export, which waits for it.</summary>
    public Func<TransferProgress, ValueTask> Progress { get; init; } = static _ => ValueTask.CompletedTask;

    /// <summary>Folder for what must be kept while it is read; made when it is needed. Null: there is none, and transfers are refused.</summary>
    public string? TransferFolder { get; init; }

    /// <summary>Limits of imports and exports.</summary>
    public TransferLimits TransferLimits { get; init; } = new();

    /// <summary>Which imports are running.</summary>
    public TransferGate Gate { get; init; } = new();
}
