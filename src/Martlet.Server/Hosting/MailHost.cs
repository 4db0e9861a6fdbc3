using System.Net.Sockets;
using System.Security.Cryptography;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Protocols.Sasl;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Control;
using Martlet.Server.Delivery;
using Martlet.Store;
using Microsoft.Extensions.Logging;

namespace Martlet.Server.Hosting;

/// <summary>
/// A running server. Starts from the inside out (folder and its lock, store, certificate, listeners, control socket) and stops from the outside in: no new
/// connections, goodbyes, then the store. What is started is stopped, also when a later step fails.
/// </summary>
public sealed partial class MailHost : IAsyncDisposable
{
    /// <summary>How long sessions may take to say goodbye.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private const int TicksPerCertificateCheck = 10;

    private readonly HostParts _parts;
    private readonly ILogger _logger;
    private readonly List<Listener> _listeners = [];
    private readonly Lock _certificateLock = new();
    private DataFolder? _folder;
    private MailStore? _store;
    private HostObservation? _observation;
    private LogLevelKeeper? _logLevels;
    private LoginJournal? _journal;
    private QuotaWarner? _quotaWarner;
    private Heartbeat? _heartbeat;
    private CertificateFiles? _certificate;
    private ControlServer? _control;
    private IAsyncDisposable? _web;
    private int _ticks;

    private MailHost(HostParts parts)
    {
        _parts = parts;
        _logger = parts.Log.Area("host");
    }

    /// <summary>The open store.</summary>
    public MailStore Store => _store ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Metrics, health, journal.</summary>
    public HostObservation Observation => _observation ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Path of the certificate in use.</summary>
    public string CertificatePath { get; private set; } = "";

    /// <summary>Starts a server; when the task completes, every listener accepts.</summary>
    /// <exception cref="HostException">It cannot start; nothing is left running.</exception>
    /// <exception cref="DataFolderBusyException">Another process works on the data folder.</exception>
    /// <exception cref="Store.Model.StoreException">The store cannot be opened.</exception>
    public static async Task<MailHost> StartAsync(BootConfig config, HostParts parts, Func<MailStore, Task>? prepare = null)
    {
        var host = new MailHost(parts);
        try
        {
            await host.OpenAsync(config, prepare);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Looks at the certificate files now: SIGHUP.</summary>
    public void Reload()
    {
        LogReload(_logger);
        CheckCertificate();
    }

    /// <summary>Stops: sessions say goodbye, then the store is closed and the folder is free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_listeners.Count > 0 || _web is not null)
        {
            LogStopping(_logger, _heartbeat?.Count ?? 0);
        }

        if (_control is not null)
        {
            await _control.DisposeAsync();
        }

        await Task.WhenAll([.. _listeners.Select(listener => listener.StopAsync(StopPatience)), StopWebAsync()]);
        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        _heartbeat?.Dispose();
        if (_journal is not null)
        {
            await _journal.DisposeAsync();
        }

        if (_quotaWarner is not null)
        {
            await _quotaWarner.DisposeAsync();
        }

        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        // After the store: what it did last is written.
        if (_observation is not null)
        {
            await _observation.DisposeAsync();
        }

        _folder?.Dispose();
        if (_listeners.Count > 0 || _web is not null)
        {
            LogStopped(_logger);
        }
    }

    private async Task OpenAsync(BootConfig config, Func<MailStore, Task>? prepare)
    {
        _folder = DataFolder.Open(config.DataFolder);
        _store = _parts.OpenStore(config, _folder, _parts.Log);
        if (prepare is not null)
        {
            await prepare(_store);
        }

        _logLevels = new LogLevelKeeper(_parts.Log, _store.Directory, _parts.UsesStoredLogLevels);
        _observation = new HostObservation(config, _folder, _store, _parts);
        _certificate = OpenCertificate(config, _folder);
        _heartbeat = new Heartbeat(_parts.Time) { OnTick = OnTick };
        var limits = new ConnectionLimits { ConnectionsMax = config.ConnectionsMax, ConnectionsPerAddressMax = config.ConnectionsPerAddressMax };
        var listening = new ListenerContext(_heartbeat, limits, _certificate.Source, _parts.Time, _parts.Log.Area("network")) { Counters = _observation.Connections };
        _quotaWarner = new QuotaWarner(_store, config.Hostname, _parts.Time, _parts.Log.Area("delivery"));
        _journal = new LoginJournal(_store, _parts.Time, _parts.Log.Area("accounts")) { Metrics = new LoginMetrics(_observation.Observation.Metrics) };
        _observation.Watch(_folder, _journal, _certificate.Source, () => [.. _listeners.Select(listener => ($"{listener.Name} {listener.EndPoint}", listener.IsAccepting))]);
        var passwords = new PasswordEncoder(_parts.Passwords, config.OffersCramMd5);
        var authenticator = new Authenticator(_store, passwords, _journal, _parts.Time, _parts.Log.Area("accounts"), new AuthenticatorOptions
        {
            Hostname = config.Hostname,
            OffersCramMd5 = config.OffersCramMd5,
            Throttle = _parts.LoginLimits,
            Decoy = new SaslDecoy(_folder.Secret("decoy.key", SaslDecoy.KeyBytesMin), Authenticator.Normalize),
        });
        var services = new ServiceContext(config, _store, authenticator, _certificate.Source, _parts.Time, _parts.Log) { Observation = _observation.Observation, Metrics = _observation.Metrics };
        var admin = new AdminContext(_store, passwords, _parts.HideableCapabilities, _parts.Time)
        {
            Config = config,
            TransferFolder = _folder.Transfer,
            Logins = authenticator,
            Journal = _observation.Observation.Journal,
            Log = _parts.Log,
            Health = _observation.Health,
        };
        StartListeners(config, services, listening);
        await StartWebAsync(config, new WebContext(services, admin, limits, []));
        if (_listeners.Count == 0 && _web is null)
        {
            throw new HostException("None of the configured addresses is there to listen on.");
        }

        try
        {
            _control = ControlServer.Start(_folder.Control, admin, _parts.Time, _parts.Log.Area("control"));
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new HostException($"Cannot make the control socket {_folder.Control}: {e.Message}", e);
        }

        LogStarted(_logger, Observe.Versions.Program, config.Hostname, config.DataFolder);
    }

    private void StartListeners(BootConfig config, ServiceContext context, ListenerContext listening)
    {
        var services = new Dictionary<MailProtocol, IConnectionService>();
        foreach (var address in config.Listeners.Where(address => !address.Protocol.IsHttp))
        {
            if (!services.TryGetValue(address.Protocol, out var service))
            {
                service = services[address.Protocol] = _parts.Services[address.Protocol](context);
            }

            if (Listeners.Start(address, service, listening, _logger) is { } listener)
            {
                _listeners.Add(listener);
            }
        }
    }

    private async Task StartWebAsync(BootConfig config, WebContext context)
    {
        if (_parts.StartWeb is not { } start)
        {
            return;
        }

        var listeners = new List<WebListener>();
        try
        {
            foreach (var address in config.Listeners.Where(address => address.Protocol.IsHttp))
            {
                if (Listeners.Bind(address, _logger) is { } listener)
                {
                    listeners.Add(listener);
                }
            }

            _web = listeners.Count > 0 ? await start(context with { Listeners = listeners }) : null;
        }
        finally
        {
            if (_web is null)
            {
                listeners.ForEach(listener => listener.Socket.Dispose());
            }
        }
    }

    private async Task StopWebAsync()
    {
        if (_web is not null)
        {
            await _web.DisposeAsync();
        }
    }

    private CertificateFiles OpenCertificate(BootConfig config, DataFolder folder)
    {
        var files = config.Tls;
        try
        {
            if (files is null)
            {
                var tls = Directory.CreateDirectory(Path.Combine(folder.Path, "tls")).FullName;
                files = new TlsFiles(Path.Combine(tls, "certificate.pem"), Path.Combine(tls, "key.pem"));
                CertificateFiles.EnsureSelfSigned(files.Certificate, files.Key, [config.Hostname], _parts.Time.GetUtcNow());
                LogSelfSigned(_logger, files.Certificate);
            }

            CertificatePath = files.Certificate;
            return CertificateFiles.Open(files.Certificate, files.Key, _logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HostException($"The certificate {files?.Certificate} with key {files?.Key} cannot be used: {e.Message}", e);
        }
    }

    private void OnTick()
    {
        _logLevels?.Check();
        if (++_ticks % TicksPerCertificateCheck == 0)
        {
            CheckCertificate();
        }
    }

    // The ticker and SIGHUP may come at the same time.
    private void CheckCertificate()
    {
        lock (_certificateLock)
        {
            _certificate?.Check();
        }
    }

    [LoggerMessage(EventId = 1403, Level = LogLevel.Information, Message = "started version={Version} hostname={Hostname} data={Data}")]
    private static partial void LogStarted(ILogger logger, string version, string hostname, string data);

    [LoggerMessage(EventId = 1404, Level = LogLevel.Information, Message = "stopping connections={Connections}")]
    private static partial void LogStopping(ILogger logger, int connections);

    [LoggerMessage(EventId = 1405, Level = LogLevel.Information, Message = "stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 1406, Level = LogLevel.Information, Message = "looking at the certificate files, as asked by SIGHUP")]
    private static partial void LogReload(ILogger logger);

    [LoggerMessage(EventId = 1407, Level = LogLevel.Information, Message = "using a self-signed certificate; programs will warn until 'tls' names a real one file={File}")]
    private static partial void LogSelfSigned(ILogger logger, string file);
}
