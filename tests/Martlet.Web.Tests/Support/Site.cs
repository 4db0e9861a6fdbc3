using System.Net;
using System.Net.Sockets;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Admin;
using Martlet.Server.Config;
using Martlet.Server.Hosting;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Store.Model;
using Martlet.Store.Operations;
using Martlet.Testing;
using Martlet.Web.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Martlet.Web.Tests.Support;

/// <summary>The web front over a server of the test's own, on free loopback ports, with alice and bob.</summary>
public sealed class Site : IAsyncDisposable
{
    public const string Hostname = "mail.example.org";

    private readonly WebHost _host;
    private readonly StringWriter _log;
    private readonly IReadOnlyList<WebListener> _listeners;

    private Site(TestServer server, WebHost host, IReadOnlyList<WebListener> listeners, StringWriter log)
    {
        Server = server;
        _host = host;
        _listeners = listeners;
        _log = log;
    }

    public TestServer Server { get; }

    /// <summary>Log lines so far.</summary>
    public string Log => _log.ToString();

    /// <summary>Routes by the protocol of their listener: "GET /path".</summary>
    internal IEnumerable<(MailProtocol Protocol, Routing.WebRoute Route)> Routes => _host.Surfaces.SelectMany(surface => surface.Routes.Select(route => (surface.Protocol, route)));

    public static async Task<Site> StartAsync(SiteOptions? options = null)
    {
        options ??= new SiteOptions();
        var server = await TestServer.StartAsync(options.Server);
        try
        {
            var log = new StringWriter();
            var transfer = Directory.CreateDirectory(Path.Combine(server.StoreFolder, "..", "transfer")).FullName;
            var listeners = options.Protocols.Select(protocol => new WebListener(protocol, Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0)))).ToList();
            var config = new BootConfig { Hostname = Hostname, DataFolder = server.StoreFolder };
            var output = new LogOutput(TextWriter.Synchronized(log), LogLevels.Same(LogLevel.Information), server.Time);
            var services = new ServiceContext(config, server.Store, server.Authenticator, TestServer.Tls, server.Time, output)
            {
                Metrics = server.Metrics,
            };
            var health = new HealthMonitor(
                server.Store, Path.GetDirectoryName(server.StoreFolder)!, TestServer.Tls, () => [("imap", options.Listening)], journal: null, TimeProvider.System, new HealthLimits { DiskFreeBytesWarning = 0, DiskFreeBytesMin = 0 });
            var admin = new AdminContext(server.Store, server.Passwords, ImapService.HideableCapabilities, server.Time)
            {
                Config = config,
                Logins = server.Authenticator,
                TransferFolder = transfer,
                Health = health,
                Log = output,
            };
            var host = await WebHost.StartAsync(new WebContext(services, admin, options.Connections, listeners), options.Limits);
            return new Site(server, host, listeners, log);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a protocol is served.</summary>
    public int Port(MailProtocol protocol) => _listeners.First(listener => listener.Protocol == protocol).EndPoint.Port;

    /// <summary>A browser without cookies.</summary>
    public Browser NewBrowser(MailProtocol? protocol = null) => new((protocol ?? MailProtocol.Https).IsImplicitTls ? "https" : "http", Port(protocol ?? MailProtocol.Https));

    /// <summary>A browser in which an account is signed in.</summary>
    public async Task<Browser> SignInAsync(string address, string password = TestServer.Password)
    {
        var browser = NewBrowser();
        var page = await browser.SubmitAsync("/sign-in", "/sign-in", ("name", address), ("password", password));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (page.Status, page.Location));
        return browser;
    }

    /// <summary>Completes when an import from the pages has ended.</summary>
    public Task WhenImportedAsync(string address) => _host.Services.Imports.WhenEndedAsync(Server.Account(address).Id).WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Lets fake time go on.</summary>
    public void Advance(TimeSpan time) => ((Microsoft.Extensions.Time.Testing.FakeTimeProvider)Server.Time).Advance(time);

    /// <summary>Puts small messages into the inbox of an account.</summary>
    public async Task AddMailAsync(string address, int count)
    {
        var account = Server.Account(address);
        for (var i = 0; i < count; i++)
        {
            using var spool = Server.Store.NewSpool();
            spool.Write("Subject: Hello\r\n\r\nIt works.\r\n"u8);
            spool.Complete();
            var added = await Server.Store.AddMessagesAsync([new NewMessage { Mailbox = account.FindMailbox(MailboxPath.Inbox)!, Content = spool, Received = TestServer.Start }]);
            Assert.True(added.IsDone);
        }
    }

    /// <summary>Logs in with a key, as a mail program does.</summary>
    public async Task<LoginGrant?> LogInByKeyAsync(ClientIdentity identity)
    {
        var context = new LoginContext("imap", "c9", IPAddress.Loopback)
            .WithTls(new TlsInfo(System.Security.Authentication.SslProtocols.Tls13, default, "") { ClientKey = identity.Key }, static () => Protocols.Sasl.ChannelBindings.None);
        return (await Server.Authenticator.ByKeyAsync(context, CancellationToken.None)).Grant;
    }

    /// <summary>A connection for requests that no browser sends.</summary>
    public async Task<NetworkStream> ConnectAsync(MailProtocol protocol)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Port(protocol)));
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Sends text as it is to a listener without TLS and gives all that comes back until it closes.</summary>
    public async Task<string> RawAsync(MailProtocol protocol, string request)
    {
        await using var stream = await ConnectAsync(protocol);
        await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await Server.DisposeAsync();
        await _log.DisposeAsync();
    }
}

/// <summary>How a <see cref="Site"/> is set up.</summary>
public sealed record SiteOptions
{
    public TestServerOptions Server { get; init; } = new() { UsesFakeTime = true };

    /// <summary>What health says of the listeners.</summary>
    public bool Listening { get; init; } = true;

    public WebLimits Limits { get; init; } = new();

    public ConnectionLimits Connections { get; init; } = new();

    public IReadOnlyList<MailProtocol> Protocols { get; init; } = [MailProtocol.Https, MailProtocol.Http];
}
