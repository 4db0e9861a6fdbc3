namespace Martlet.SystemTests.Clients.Logins;

/// <summary>The clients of the page.</summary>
internal static class LoginClients
{
    /// <summary>All, in the page's order.</summary>
    public static IReadOnlyList<LoginClient> All { get; } =
    [
        new("openssl", "openssl", () => VersionAsync("openssl", ["version"], 1), OpenSslAsync, "`s_client` with the lines of EXTERNAL typed in, and each kind of key; it has no passwords.")
        {
            Keys = ["rsa:2048", "rsa:3072", LoginClient.EllipticKey, "ec -pkeyopt ec_paramgen_curve:P-384", "ec -pkeyopt ec_paramgen_curve:P-521", "ed25519"],
        },
        new("curl", "curl", () => VersionAsync("curl", ["--version"], 1), CurlAsync, "No SCRAM in Debian's build, which is without GNU SASL."),
        new("imtest", "imtest", CyrusVersionAsync, attempt => CyrusAsync(attempt, "imtest"), CyrusNote) { NameInLog = CyrusName },
        new("smtptest", "smtptest", CyrusVersionAsync, attempt => CyrusAsync(attempt, "smtptest"), CyrusNote) { NameInLog = CyrusName },
        new("gsasl", "gsasl", () => VersionAsync("gsasl", ["--version"], 3), GsaslAsync, "TLS by STARTTLS only; it always begins a login, so no key alone. Without -PLUS it logs in with `--no-cb` only."),
        new("msmtp", "msmtp", () => VersionAsync("msmtp", ["--version"], 2), MsmtpAsync, "No -PLUS in this version."),
        new("mutt", "mutt", () => VersionAsync("mutt", ["-v"], 1), MuttClient.TryMuttAsync,
            "IMAP only here. No -PLUS. CRAM-MD5 begins with `AUTHENTICATE CRAM-MD5 ` and a space behind it, which RFC 9051 §6.2.2 does not have."),
        new("neomutt", "neomutt", () => VersionAsync("neomutt", ["-v"], 1), MuttClient.TryNeomuttAsync, "IMAP only here. Debian's falls back to PLAIN whatever mechanism it is told."),
        new("mbsync", "mbsync", () => VersionAsync("mbsync", ["--version"], 1), MbsyncClient.TryAsync, "IMAP only. No -PLUS: it does not tell Cyrus SASL of the channel."),
        new("swaks", "swaks", () => VersionAsync("swaks", ["--version"], 2), SwaksAsync, "SMTP only. No EXTERNAL, no SCRAM."),
        new("MailKit", "", () => Task.FromResult(MailKitClient.Version), MailKitClient.TryAsync, "No EXTERNAL. -PLUS is bound with tls-server-end-point."),
        new("Python", "python3", () => VersionAsync("python3", ["--version"], 1), PythonAsync,
            "imaplib and smtplib; SCRAM by `hmac` in the test. -PLUS is bound with tls-unique on TLS 1.2 and tls-server-end-point on 1.3: `ssl` has no tls-exporter."),
    ];

    private const string CyrusNote =
        "With TLS from the first byte no key is shown. libsasl binds by tls-unique only, which TLS 1.3 does not have: there -PLUS is refused (`badbinding`). It names the mechanism without -PLUS.";

    private static async Task<string> VersionAsync(string program, string[] arguments, int word)
    {
        var (_, output) = await ForeignProgram.RunAsync(program, arguments);
        return output.Split('\n')[0].Split(' ')[word].Trim();
    }

    // imtest tells no version; its protocol code is Cyrus SASL's.
    private static Task<string> CyrusVersionAsync() => Task.FromResult("of cyrus-clients");

    private static string CyrusName(string mechanism) => LoginMechanism.IsPlus(mechanism) ? mechanism[..^"-PLUS".Length] : mechanism;

    private static async Task<bool> OpenSslAsync(LoginTry attempt)
    {
        if (!LoginMechanism.UsesKey(attempt.Mechanism))
        {
            return false;
        }

        var login = attempt.Mechanism == LoginMechanism.External;
        var input = attempt.Way.IsImap
            ? (login ? "a AUTHENTICATE EXTERNAL =\n" : "") + "b LOGOUT\n"
            : "EHLO client.example\n" + (login ? "AUTH EXTERNAL =\n" : "") + $"MAIL FROM:<{LoginServer.Address}>\nQUIT\n";
        // -ign_eof: it stays until the server closes.
        return await attempt.RunAsync(
            "openssl",
            [
                "s_client", "-quiet", "-crlf", "-ign_eof", "-connect", $"localhost:{attempt.Port}", attempt.Way.Tls == "1.2" ? "-tls1_2" : "-tls1_3", "-CAfile", attempt.Server.CertificatePath,
                "-verify_return_error", "-cert", attempt.Key!.Certificate, "-key", attempt.Key.Key,
                .. attempt.Way.IsStartTls ? ["-starttls", attempt.Way.IsImap ? "imap" : "smtp"] : Array.Empty<string>(),
            ],
            input);
    }

    private static async Task<bool> CurlAsync(LoginTry attempt)
    {
        if (attempt.Mechanism.StartsWith("SCRAM", StringComparison.Ordinal))
        {
            return false;
        }

        var scheme = (attempt.Way.IsImap ? "imap" : "smtp") + (attempt.Way.IsStartTls ? "" : "s");
        return await attempt.RunAsync(
            "curl",
            [
                "-sS", "--cacert", attempt.Server.CertificatePath, "--max-time", "20", "--ssl-reqd", $"--tlsv{attempt.Way.Tls}", "--tls-max", attempt.Way.Tls,
                .. attempt.Mechanism == LoginMechanism.Key ? Array.Empty<string>()
                    : ["--login-options", "AUTH=" + attempt.Mechanism, "-u", $"{LoginServer.Address}:{(attempt.Key is null ? LoginServer.Password : "")}"],
                .. attempt.Key is { } key ? ["--cert", key.Certificate, "--key", key.Key] : Array.Empty<string>(),
                $"{scheme}://localhost:{attempt.Port}/",
                .. attempt.Way.IsImap ? ["-X", "NOOP"] : new[] { "--mail-from", LoginServer.Address, "--mail-rcpt", LoginServer.Address, "-T", attempt.Server.MessagePath },
            ]);
    }

    private static async Task<bool> CyrusAsync(LoginTry attempt, string program)
    {
        if (attempt.Way.IsImap != (program == "imtest") || attempt.Mechanism == LoginMechanism.Key || (attempt.Key is not null && !attempt.Way.IsStartTls))
        {
            return false;
        }

        return await attempt.RunAsync(
            LoginClient.Find(program)!,
            [
                "-p", $"{attempt.Port}", "-m", attempt.Mechanism, "-a", LoginServer.Address, "-u", LoginServer.Address, "-w", LoginServer.Password,
                .. attempt.Way.IsStartTls ? ["-t", attempt.Key?.Both ?? ""] : new[] { "-s" },
                "localhost",
            ],
            attempt.Way.IsImap ? "b LOGOUT\r\n" : "QUIT\r\n");
    }

    private static async Task<bool> GsaslAsync(LoginTry attempt) =>
        attempt.Way.IsStartTls && attempt.Mechanism != LoginMechanism.Key && await attempt.RunAsync(
            "gsasl",
            [
                attempt.Way.IsImap ? "--imap" : "--smtp", "-m", attempt.Mechanism, "--x509-ca-file=" + attempt.Server.CertificatePath, "--priority=" + attempt.GnuTlsPriority,
                .. attempt.Key is { } key ? ["-z", LoginServer.Address, "--x509-cert-file=" + key.Certificate, "--x509-key-file=" + key.Key]
                    : new[] { "-a", LoginServer.Address, "-p", LoginServer.Password },
                .. LoginMechanism.IsPlus(attempt.Mechanism) ? Array.Empty<string>() : ["--no-cb"],
                "--connect", $"localhost:{attempt.Port}", "localhost",
            ]);

    private static async Task<bool> MsmtpAsync(LoginTry attempt) =>
        !attempt.Way.IsImap && !LoginMechanism.IsPlus(attempt.Mechanism) && await attempt.RunAsync(
            "msmtp",
            [
                "--file=/dev/null", "--host=localhost", $"--port={attempt.Port}", "--tls=on", "--tls-starttls=" + (attempt.Way.IsStartTls ? "on" : "off"),
                "--tls-trust-file=" + attempt.Server.CertificatePath, "--tls-priorities=" + attempt.GnuTlsPriority, "--user=" + LoginServer.Address,
                $"--passwordeval=echo '{LoginServer.Password}'", "--auth=" + (attempt.Mechanism == LoginMechanism.Key ? "off" : attempt.Mechanism.ToLowerInvariant()),
                .. attempt.Key is { } key ? ["--tls-cert-file=" + key.Certificate, "--tls-key-file=" + key.Key] : Array.Empty<string>(),
                "--from=" + LoginServer.Address, LoginServer.Address,
            ],
            "Subject: hello\n\nhello\n");

    private static async Task<bool> SwaksAsync(LoginTry attempt) =>
        !attempt.Way.IsImap
        && (attempt.Mechanism is LoginMechanism.Key or LoginMechanism.Plain or LoginMechanism.Login or LoginMechanism.CramMd5)
        && await attempt.RunAsync(
            "swaks",
            [
                "--server", "localhost", "--port", $"{attempt.Port}", attempt.Way.IsStartTls ? "--tls" : "--tls-on-connect", "--tls-protocol", "tlsv" + attempt.Way.Tls.Replace('.', '_'),
                "--from", LoginServer.Address, "--to", LoginServer.Address,
                .. attempt.Key is { } key ? ["--tls-cert", key.Certificate, "--tls-key", key.Key]
                    : new[] { "--auth", attempt.Mechanism, "--auth-user", LoginServer.Address, "--auth-password", LoginServer.Password },
            ]);

    private static async Task<bool> PythonAsync(LoginTry attempt) => await attempt.RunAsync(
        "python3",
        [
            Path.Combine(ForeignProgram.Folder, "Logins", "logins.py"), attempt.Way.IsImap ? "imap" : "smtp", attempt.Way.IsStartTls ? "starttls" : "tls", attempt.Way.Tls, $"{attempt.Port}",
            attempt.Server.CertificatePath, attempt.Mechanism, LoginServer.Address, LoginServer.Password, attempt.Key?.Both ?? "",
        ]);
}
