using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Server.Smtp;
using Martlet.Store;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging;

namespace Martlet.Cli;

/// <summary>The object graph, written by hand: which engine, which protocols, which clock.</summary>
internal static class Composition
{
    /// <summary>The log of this process, on standard error.</summary>
    public static LogOutput Log(LogLevels levels) => new(Console.Error, levels, TimeProvider.System);

    /// <summary>The parts of a server.</summary>
    public static HostParts Parts(LogOutput log, IReadOnlyDictionary<MailProtocol, ServiceFactory> services) => new()
    {
        OpenStore = OpenStore,
        Services = services,
        Passwords = new PasswordHasher(),
        Time = TimeProvider.System,
        Log = log,
    };

    /// <summary>Opens a data folder for the administrator's commands, without a server.</summary>
    /// <exception cref="DataFolderBusyException">Another process works on it.</exception>
    public static LocalAdmin OpenAdmin(BootConfig config)
    {
        var folder = DataFolder.Open(config.DataFolder);
        try
        {
            var store = OpenStore(config, folder, Log(LogLevels.Same(LogLevel.Warning)));
            return new LocalAdmin(new AdminContext(store, new PasswordHasher()), folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>How each protocol is made for <c>serve</c>.</summary>
    public static IReadOnlyDictionary<MailProtocol, ServiceFactory> Services() =>
        MailProtocol.All.ToDictionary(protocol => protocol, protocol => Service(protocol, catchAll: null));

    /// <summary>How each protocol is made for localserve: passwords in the clear, and any recipient into one account.</summary>
    /// <param name="address">An address of that account.</param>
    public static IReadOnlyDictionary<MailProtocol, ServiceFactory> LocalServices(string address) =>
        MailProtocol.All.ToDictionary(protocol => protocol, protocol => Service(protocol, address));

    /// <summary>Checks a data folder that no server uses.</summary>
    /// <returns>What is wrong.</returns>
    public static async Task<IReadOnlyList<string>> CheckAsync(string path)
    {
        using var folder = DataFolder.Open(path);
        await using var store = SqliteStore.Open(folder.Store, new StoreLimits(), TimeProvider.System, Log(LogLevels.Same(LogLevel.Warning)).Area("store"));
        return [];
    }

    private static ServiceFactory Service(MailProtocol protocol, string? catchAll) => context =>
    {
        if (protocol == MailProtocol.Imap || protocol == MailProtocol.Imaps)
        {
            var imap = new ImapOptions { Hostname = context.Config.Hostname, AllowPlainWithoutTls = catchAll is not null };
            return new ImapService(context.Store, context.Authenticator, imap, context.Tls, context.Time, context.Log.Area("imap"));
        }

        var smtp = new SmtpOptions
        {
            Hostname = context.Config.Hostname,
            Role = protocol == MailProtocol.Smtp ? SmtpRole.Incoming : SmtpRole.Submission,
            AllowPlainWithoutTls = catchAll is not null,
            AcceptAnyRecipientInto = catchAll is null ? null : context.Store.Directory.FindAddress(catchAll)?.Id,
        };
        return new SmtpService(smtp, context.Store, context.Authenticator, context.Tls, context.Log.Area("smtp"));
    };

    private static MailStore OpenStore(BootConfig config, DataFolder folder, LogOutput log) =>
        SqliteStore.Open(folder.Store, new StoreLimits { MessageBytesMax = config.MessageBytesMax }, TimeProvider.System, log.Area("store"));
}
