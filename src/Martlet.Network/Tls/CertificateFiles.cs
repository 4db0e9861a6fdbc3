using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Martlet.Network.Tls;

/// <summary>A certificate in PEM files, read again when they change, so that renewing it needs no restart.</summary>
public sealed partial class CertificateFiles
{
    private readonly string _certificatePath;
    private readonly string _keyPath;
    private readonly ILogger _logger;
    private (DateTime Certificate, DateTime Key) _stamp;

    private CertificateFiles(string certificatePath, string keyPath, ILogger logger)
    {
        _certificatePath = certificatePath;
        _keyPath = keyPath;
        _logger = logger;
        _stamp = Stamp();
        var (certificate, chain) = Load();
        Source = new TlsSource(certificate, chain);
    }

    /// <summary>The certificate in use.</summary>
    public TlsSource Source { get; }

    /// <summary>Reads the files.</summary>
    /// <param name="certificatePath">PEM with the certificate first, then its chain.</param>
    /// <param name="keyPath">PEM with the private key; may be the same file.</param>
    /// <param name="logger">Told about each change.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no certificate or key, or they do not belong together.</exception>
    public static CertificateFiles Open(string certificatePath, string keyPath, ILogger logger) => new(certificatePath, keyPath, logger);

    /// <summary>Looks whether the files changed and takes them over; a bad file leaves the old certificate in use and is logged. Called by the heartbeat.</summary>
    public void Check()
    {
        try
        {
            var stamp = Stamp();
            if (stamp == _stamp)
            {
                return;
            }

            _stamp = stamp;
            var (certificate, chain) = Load();
            Source.Use(certificate, chain);
            LogReloaded(_logger, _certificatePath, certificate.NotAfter);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            LogReloadFailed(_logger, _certificatePath, e.Message);
        }
    }

    /// <summary>Makes a self-signed certificate for local use (P-256, ten years) unless the files are there.</summary>
    /// <param name="certificatePath">PEM file of the certificate.</param>
    /// <param name="keyPath">PEM file of the key; made readable by the owner only.</param>
    /// <param name="names">DNS names; localhost adds the loopback addresses.</param>
    /// <param name="now">Start of validity.</param>
    public static void EnsureSelfSigned(string certificatePath, string keyPath, IReadOnlyList<string> names, DateTimeOffset now)
    {
        if (File.Exists(certificatePath) && File.Exists(keyPath))
        {
            return;
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
            if (name == "localhost")
            {
                alternatives.AddIpAddress(System.Net.IPAddress.Loopback);
                alternatives.AddIpAddress(System.Net.IPAddress.IPv6Loopback);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));

        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var writer = new StreamWriter(keyPath, options))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
            writer.Write('\n');
        }

        File.WriteAllText(certificatePath, certificate.ExportCertificatePem() + "\n");
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_certificatePath), File.GetLastWriteTimeUtc(_keyPath));

    private (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load()
    {
        var certificate = X509Certificate2.CreateFromPemFile(_certificatePath, _keyPath);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_certificatePath);
        return (certificate, chain);
    }

    [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "certificate reloaded file={File} expires={Expires:yyyy-MM-dd}")]
    private static partial void LogReloaded(ILogger logger, string file, DateTime expires);

    [LoggerMessage(EventId = 1102, Level = LogLevel.Error, Message = "certificate not reloaded, the old one stays in use file={File} reason={Reason}")]
    private static partial void LogReloadFailed(ILogger logger, string file, string reason);
}
