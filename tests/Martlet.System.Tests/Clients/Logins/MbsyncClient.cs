namespace Martlet.SystemTests.Clients.Logins;

/// <summary>mbsync, which lists the mailboxes.</summary>
internal static class MbsyncClient
{
    public static async Task<bool> TryAsync(LoginTry attempt)
    {
        if (!attempt.Way.IsImap || LoginMechanism.IsPlus(attempt.Mechanism))
        {
            return false;
        }

        var near = Directory.CreateDirectory(Path.Combine(attempt.Server.Folder, "near")).FullName;
        // An empty line would end the account.
        var keyLines = attempt.Key is { } key ? $"\nClientCertificate {key.Certificate}\nClientKey {key.Key}" : "";
        var settings = attempt.WriteFile("mbsyncrc", $"""
            IMAPAccount martlet
            Host localhost
            Port {attempt.Port}
            User {LoginServer.Address}
            Pass "{LoginServer.Password}"
            SSLType {(attempt.Way.IsStartTls ? "STARTTLS" : "IMAPS")}
            SSLVersions TLSv{attempt.Way.Tls}
            CertificateFile {attempt.Server.CertificatePath}
            AuthMechs {(attempt.Mechanism == LoginMechanism.Key ? "*" : attempt.Mechanism)}{keyLines}

            IMAPStore far
            Account martlet

            MaildirStore near
            Path {near}/
            Inbox {near}/INBOX

            Channel all
            Far :far:
            Near :near:
            SyncState *

            """);
        return await attempt.RunAsync("mbsync", ["--config", settings, "--list", "all"]);
    }
}
