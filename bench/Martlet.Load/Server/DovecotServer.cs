using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Martlet.Load.Clients;

namespace Martlet.Load.Server;

/// <summary>Dovecot as a child process with a configuration, sockets and mail in one folder. Accounts come into being when they log in.</summary>
internal sealed class DovecotServer : IImapServer
{
    private readonly Process _master;

    private DovecotServer(Process master, int port, int tlsPort) => (_master, ImapPort, ImapsPort) = (master, port, tlsPort);

    public int ImapPort { get; }

    public int ImapsPort { get; }

    public double CpuMilliseconds => Posix.TreeCpuMilliseconds(_master.Id);

    public string Password => Accounts.Password;

    public string Address(int number) => Accounts.Address(number);

    public Task<long> MemoryAsync() => Task.FromResult(Posix.Tree(_master.Id).Sum(id => Posix.Memory(id).Pss));

    /// <summary>Where the program is, or a refusal that says what to install.</summary>
    public static string Find() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Append("/usr/local/sbin")
            .Select(folder => Path.Combine(folder, "dovecot")).FirstOrDefault(File.Exists)
        ?? throw new UsageException("--peer needs Dovecot 2.3: no dovecot in PATH or /usr/sbin (Debian: apt-get install dovecot-imapd). Without --peer only Martlet is measured.");

    /// <param name="program">Where it is.</param>
    /// <param name="folder">Everything of it.</param>
    /// <param name="format">Of mail.</param>
    /// <param name="isFilling">Whether flushes are left out.</param>
    /// <param name="hash">Argon2id hash of the accounts' password, for figures of logins: TLS and more mechanisms then; null for the others.</param>
    public static async Task<DovecotServer> StartAsync(string program, string folder, string format, bool isFilling, string? hash = null)
    {
        var (port, tlsPort) = (FreePort(), hash is null ? 0 : FreePort());
        var path = Path.Combine(folder, "dovecot.conf");
        await File.WriteAllTextAsync(path, DovecotConfig.Make(folder, format, port, tlsPort, isFilling, hash));
        if (hash is not null)
        {
            using var certificate = ServerMode.MakeCertificate();
            await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        }

        var home = Directory.CreateDirectory(Path.Combine(folder, "home")).FullName;
        if (DovecotConfig.IsRoot)
        {
            using var chown = Process.Start("chown", [DovecotConfig.MailUser.ToString(CultureInfo.InvariantCulture), home]);
            await chown.WaitForExitAsync();
        }

        var server = new DovecotServer(Process.Start(new ProcessStartInfo(program, ["-F", "-c", path]) { UseShellExecute = false })!, port, tlsPort);
        while (true)
        {
            try
            {
                using var probe = await Wire.ConnectAsync(port);
                await probe.LineAsync();
                return server;
            }
            catch (SocketException) when (!server._master.HasExited)
            {
                await Task.Delay(5);
            }
            catch (SocketException)
            {
                throw new UsageException($"Dovecot ended; {folder}/log says why.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Dovecot's own children end with it; their last commands are over, as each was waited for.
        using var kill = Process.Start("kill", ["-TERM", _master.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _master.WaitForExitAsync();
        _master.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
