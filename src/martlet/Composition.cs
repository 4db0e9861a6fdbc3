using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Smtp;
using Martlet.Store;
using Martlet.Store.Consistency;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Martlet.Web.Hosting;
using Microsoft.Extensions.Logging;

namespace Martlet.Cli;

/// <summary>The object graph, written by hand: which engine, which protocols, which clock.</summary>
internal static class Composition
{
    /// <summary>The log of this process, on standard error.</summary>
    public static LogOutput Log(LogLevels levels, LogFormat? format = null) => new(Console.Error, levels, TimeProvider.System, format);

    /// <summary>The parts of a server.</summary>
    public static HostParts Parts(LogOutput log, IReadOnlyDictionary<MailProtocol, ServiceFactory> services) => new()
    {
        OpenStore = OpenStore,
        Services = services,
        StartWeb = WebHost.StartAsync,
        Passwords = new PasswordHasher(),
        HideableCapabilities = ImapService.HideableCapabilities,
        Time = TimeProvider.System,
        Log = log,
        ExportMetrics = OtlpExport.Start,
    };

    /// <summary>Opens a data folder for the administrator's commands, without a server.</summary>
    /// <exception cref="DataFolderBusyException">Another process works on it.</exception>
    public static LocalAdmin OpenAdmin(BootConfig config)
    {
        var folder = DataFolder.Open(config.DataFolder);
        try
        {
            var log = Log(LogLevels.Same(LogLevel.Warning));
            var store = OpenStore(config, folder, log);
            var journal = HostObservation.OpenJournal(folder, config.JournalBytesMax, TimeProvider.System, log);
            if (journal is not null)
            {
                store.Observer = new StoreJournal(journal, TimeProvider.System);
            }

            var passwords = new PasswordEncoder(new PasswordHasher(), config.OffersCramMd5);
            var context = new AdminContext(store, passwords, ImapService.HideableCapabilities, TimeProvider.System) { Config = config, TransferFolder = folder.Transfer, Journal = journal };
            return new LocalAdmin(context, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>How each protocol is made for <c>serve</c>.</summary>
    public static IReadOnlyDictionary<MailProtocol, ServiceFactory> Services() => new Dictionary<MailProtocol, ServiceFactory>
    {
        [MailProtocol.Smtp] = context => Smtp(context, new SmtpOptions { Hostname = context.Config.Hostname, Role = SmtpRole.Incoming }),
        [MailProtocol.Submissions] = context => Smtp(context, new SmtpOptions { Hostname = context.Config.Hostname, Role = SmtpRole.Submission }),
        [MailProtocol.Submission] = context => Smtp(context, new SmtpOptions { Hostname = context.Config.Hostname, Role = SmtpRole.Submission }),
        [MailProtocol.Imap] = context => Imap(context, new ImapOptions { Hostname = context.Config.Hostname, AllowUnauthenticate = context.Config.AllowUnauthenticate }),
        [MailProtocol.Imaps] = context => Imap(context, new ImapOptions { Hostname = context.Config.Hostname, AllowUnauthenticate = context.Config.AllowUnauthenticate }),
    };

    /// <summary>How each protocol is made for localserve: passwords in the clear, and any recipient into one account.</summary>
    /// <param name="address">An address of that account.</param>
    public static IReadOnlyDictionary<MailProtocol, ServiceFactory> LocalServices(string address)
    {
        SmtpService Local(ServiceContext context, SmtpRole role) => Smtp(context, new SmtpOptions
        {
            Hostname = context.Config.Hostname,
            Role = role,
            AllowPlainWithoutTls = true,
            AcceptAnyRecipientInto = context.Store.Directory.FindAddress(address)?.Id,
        });
        ImapService LocalImap(ServiceContext context) => Imap(context, new ImapOptions { Hostname = context.Config.Hostname, AllowPlainWithoutTls = true });
        return new Dictionary<MailProtocol, ServiceFactory>
        {
            [MailProtocol.Smtp] = context => Local(context, SmtpRole.Incoming),
            [MailProtocol.Submissions] = context => Local(context, SmtpRole.Submission),
            [MailProtocol.Submission] = context => Local(context, SmtpRole.Submission),
            [MailProtocol.Imap] = LocalImap,
            [MailProtocol.Imaps] = LocalImap,
        };
    }

    /// <summary>Checks a data folder that no server uses.</summary>
    /// <exception cref="DataFolderBusyException">A server uses it.</exception>
    public static StoreReport Check(string path, CheckDepth depth, bool repair)
    {
        using var folder = DataFolder.Open(path);
        return SqliteStore.Verify(folder.Store, depth, repair, new StoreLimits());
    }

    private static SmtpService Smtp(ServiceContext context, SmtpOptions options) =>
        new(options, context.Store, context.Authenticator, context.Tls, context.Log.Area("smtp")) { Observation = context.Observation };

    private static ImapService Imap(ServiceContext context, ImapOptions options) =>
        new(context.Store, context.Authenticator, options, context.Tls, context.Time, context.Log.Area("imap")) { Observation = context.Observation };

    private static MailStore OpenStore(BootConfig config, DataFolder folder, LogOutput log) =>
        SqliteStore.Open(folder.Store, new StoreLimits { MessageBytesMax = config.MessageBytesMax }, TimeProvider.System, log.Area("store"));
}
