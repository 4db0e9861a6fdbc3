using System.Globalization;
using System.Net;
using System.Runtime;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Martlet.Network.Connections;
using Martlet.Network.Tls;
using Martlet.Server.Accounts;
using Martlet.Server.Imap;
using Martlet.Server.Observe;
using Martlet.Server.Observe.Journal;
using Martlet.Server.Observe.Metrics;
using Martlet.Server.Smtp;
using Martlet.Store.Model;
using Martlet.Store.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Martlet.Load.Server;

/// <summary>
/// The tool's own server process: the services of the library on free ports, no log. Prints where it listens, then obeys lines on its input: <c>gc</c>
/// collects and answers, the end of input stops it.
/// </summary>
internal static class ServerMode
{
    public static async Task<int> RunAsync(Arguments arguments)
    {
        var time = TimeProvider.System;
        var log = NullLogger.Instance;
        await using var store = SqliteStore.Open(arguments.Text("store")!, new StoreLimits(), time, log);
        if (arguments.Number("users", 0) is > 0 and var users)
        {
            await Accounts.EnsureAsync(store, users);
        }

        if (arguments.Text("key") is { } key)
        {
            var first = store.Directory.FindAddress(Accounts.Address(0))!;
            await store.AddKeyAsync(new LoginKey(key, first.Id, first.Name, "load", "ecdsa-p256", MayPreauth: true, Added: 0));
        }

        using var metrics = new MetricSet();
        var observe = arguments.Text("observe") ?? "none";
        await using var journalOfMail = observe == "all" ? new MailJournal(Path.Combine(arguments.Text("store")!, "..", "journal"), new JournalLimits(), time, log) : null;
        using var collector = observe == "none" ? null : new MetricsCollector(metrics);
        var observation = observe == "none" ? Observation.None : new Observation(metrics, journalOfMail);
        if (observe != "none")
        {
            store.Observer = journalOfMail is null ? new StoreMetrics(metrics, store) : new StoreObservers(new StoreMetrics(metrics, store), new StoreJournal(journalOfMail, time));
        }

        using var hasher = new PasswordHasher();
        using var heartbeat = new Heartbeat(time);
        var tls = new TlsSource(MakeCertificate());
        await using var journal = new LoginJournal(store, time, log);
        var authenticator = new Authenticator(store, new PasswordEncoder(hasher, withCramMd5: true), journal, time, log, new AuthenticatorOptions { OffersCramMd5 = true });
        var context = new ListenerContext(heartbeat, new ConnectionLimits { ConnectionsMax = 200_000 }, tls, time, log);
        var imap = new ImapService(store, authenticator, new ImapOptions { Hostname = "mail.example.org", AllowPlainWithoutTls = true }, tls, time, log) { Observation = observation };
        var smtp = new SmtpService(new SmtpOptions { Hostname = "mail.example.org", Role = SmtpRole.Incoming }, store, authenticator, tls, log) { Observation = observation };
        await using var smtpListener = Listener.Start(Any, smtp, context, implicitTls: false);
        await using var imapListener = Listener.Start(Any, imap, context, implicitTls: false);
        await using var imapsListener = Listener.Start(Any, imap, context, implicitTls: true, asksForClientKey: true);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready {smtpListener.EndPoint.Port} {imapListener.EndPoint.Port} {imapsListener.EndPoint.Port}"));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            if (line == "gc")
            {
                GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
                GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                Console.WriteLine("collected " + GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture));
            }
            else if (line == "batches")
            {
                Console.WriteLine("batches " + store.Batches.ToString(CultureInfo.InvariantCulture));
            }
        }

        return 0;
    }

    private static IPEndPoint Any => new(IPAddress.Loopback, 0);

    public static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), password: null, X509KeyStorageFlags.Exportable);
    }
}
